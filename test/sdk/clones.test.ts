// Two pagers under one key identifier: told to people once a day, and help is heard all the same.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { ACTIVATION } from "../../protocol/messages.ts";
import type { Event } from "../../sdk/events.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { type AddedPager, closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";
import type { Said, TestPager } from "./test-pager.ts";

test.after.each(closeRigs);

const DAY_MS = 24 * 3600_000;
const NEVER_ACTIVATED = { person: { name: "张" }, standing: "neverActivated" } as const;

type Suspected = Extract<Event, { kind: "cloneSuspected" }>;

async function suspicionsOf(rig: Rig): Promise<Suspected[]> {
  return (await eventsOf(rig)).filter((event) => event.kind === "cloneSuspected");
}

/** Whether each of these is answered barely, and with nothing else. */
async function areBare(rig: Rig, pager: AddedPager, ...said: Said[]): Promise<boolean> {
  await rig.deliver(...said.map((one) => one.bytes));
  const sent = rig.takeSent();
  return said.every((one, i) => pager.open(one, sent[i].bytes)?.octets === 16);
}

test("a used number with other octets makes a case, and its call for help an alarm [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const first = pager.report("s", { number: 7 }, 40);
  const clone = pager.report("s", { number: 8 }, 40);
  assert.ok(await areBare(rig, pager, first, clone));
  const [suspected, ...more] = await suspicionsOf(rig);
  const { pager: id, kid } = { pager: pager.id, kid: pager.kid };
  const { seq, atMs, ...body } = suspected;
  assert.equal(body, { kind: "cloneSuspected", pager: id, kid, piv: 40, why: "number" });
  assert.is(more.length, 0);
  assert.is((await rig.platform.alarms.list()).length, 2);
  assert.is(rig.platform.counters()["used-numbers"], 1);
});

test("what is answered on a used number is stored, check-ins too [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const first = pager.beat();
  const clone = pager.report("c", { number: 8 }, first.piv);
  await rig.deliver(first.bytes);
  rig.takeSent();
  assert.ok(await areBare(rig, pager, clone, clone));
  const kinds = (await eventsOf(rig)).map((event) => event.kind);
  assert.equal(kinds, ["pagerRegistered", "beat", "cloneSuspected", "checkedIn"]);
});

test("content never goes out for a used number, not even the time [wire §1.1, §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const first = pager.report("c", { number: 8 }, 40);
  const clone = pager.say("w", new Uint8Array(0), { piv: 40 });
  assert.ok(await areBare(rig, pager, first, clone));
});

test("copies of either text are copies, and no case [wire §1.1, §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const first = pager.report("s", { number: 7 }, 40);
  const clone = pager.report("s", { number: 8 }, 40);
  await rig.deliver(first.bytes, clone.bytes);
  const cursor = await rig.platform.cursor();
  rig.takeSent();
  assert.ok(await areBare(rig, pager, first, clone, first));
  assert.is(await rig.platform.cursor(), cursor);
  assert.is(rig.platform.counters()["used-numbers"], 1);
});

test("one key identifier makes one case a day, also across a restart [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const spoil = async (): Promise<number> => {
    const said = pager.beat();
    const clone = pager.report("c", { number: said.piv }, said.piv);
    await rig.deliver(said.bytes, clone.bytes);
    return (await suspicionsOf(rig)).length;
  };
  assert.equal([await spoil(), await spoil()], [1, 1]);
  await rig.restart();
  rig.clock.advanceBy(DAY_MS - 1);
  assert.is(await spoil(), 1);
  rig.clock.advanceBy(1);
  assert.is(await spoil(), 2);
});

test("what nobody remembers counts as a copy: after a restart a used number is one [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 7 }, 40).bytes);
  await rig.restart();
  rig.takeSent();
  assert.ok(await areBare(rig, pager, pager.report("s", { number: 8 }, 40)));
  assert.is((await suspicionsOf(rig)).length, 0);
});

test("a forged text on a used number is a forgery, and no case [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const said = pager.report("s", { number: 7 });
  const forged = Uint8Array.from(said.bytes);
  forged[forged.length - 1] ^= 1;
  await rig.deliver(said.bytes, forged);
  assert.is(rig.platform.counters()["bad-tag"], 1);
  assert.is((await suspicionsOf(rig)).length, 0);
});

function activation(pager: TestPager, change: { chip?: string; iccid?: string } = {}): Said {
  const { chip = "0123456789abcdef", iccid = "89860000000000000001" } = change;
  const payload = encodeMessage(nodeMachine, ACTIVATION, {
    firmware: 3,
    board: 1,
    chip: Buffer.from(chip, "hex"),
    iccid: Buffer.from(iccid),
    imei: Buffer.from("868000000000001"),
  });
  return pager.say("a", payload);
}

test("first contact binds chip and SIM card, and puts the pager into service [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager(NEVER_ACTIVATED);
  assert.ok(await areBare(rig, pager, activation(pager), activation(pager)));
  const [, bound, ...more] = await eventsOf(rig);
  const { seq, atMs, ...body } = bound;
  assert.equal(body, {
    kind: "pagerBound",
    pager: pager.id,
    kid: pager.kid,
    piv: 0,
    firmware: 3,
    board: 1,
    chip: "0123456789abcdef",
    iccid: "89860000000000000001",
    imei: "868000000000001",
  });
  assert.is(more.length, 0, "the same again says nothing new");
  assert.is((await rig.platform.pagers.get(pager.id))?.standing, "active");
});

test("another chip under the same key identifier makes a case, and binds nothing [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager(NEVER_ACTIVATED);
  const other = { chip: "ffffffffffffffff", iccid: "89860000000000000009" };
  await rig.deliver(activation(pager).bytes, activation(pager, other).bytes);
  await rig.deliver(activation(pager, other).bytes, activation(pager).bytes);
  const kinds = (await eventsOf(rig)).map((event) => event.kind);
  assert.equal(kinds, ["pagerRegistered", "pagerBound", "cloneSuspected"]);
  const [suspected] = await suspicionsOf(rig);
  assert.equal([suspected.why, suspected.chip], ["chip", other.chip]);
});

test("another SIM card is said once, and the other context binds for itself [wire §1.5]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const other = { iccid: "89860000000000000002" };
  await rig.deliver(
    activation(pager).bytes,
    activation(pager, { iccid: "" }).bytes,
    activation(pager, other).bytes,
    activation(pager, other).bytes,
    activation(pager.spare, other).bytes,
  );
  const events = (await eventsOf(rig)).slice(1);
  assert.equal(
    events.map((event) => event.kind),
    ["pagerBound", "simChanged", "pagerBound"],
  );
  const [, changed] = events;
  assert.ok(changed.kind === "simChanged");
  if (changed.kind === "simChanged") {
    assert.equal([changed.before, changed.iccid], ["89860000000000000001", other.iccid]);
  }
});

test("provisioning again makes new key identifiers and keys, never old ones [wire §1.5]", async () => {
  const rig = await openRig();
  const pagers = [await rig.addPager(), await rig.addPager()];
  const contexts = pagers.flatMap((pager) => pager.registered.provisioning.contexts);
  assert.is(contexts.length, 4, "two contexts each");
  for (const name of ["kid", "senderKey", "recipientKey", "commonIv"] as const) {
    assert.is(new Set(contexts.map((context) => context[name])).size, 4, name);
  }
});

test.run();
