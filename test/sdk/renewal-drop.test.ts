// Which context a renewal replaces, when it is dropped, and what is left of it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RENEW, TAKEN } from "../../protocol/messages.ts";
import type { OnekeyError } from "../../sdk/error.ts";
import { DATABASE_FILE } from "../../sdk/platform.ts";
import { fieldWorld, kinds, OPERATOR } from "./field-world.ts";
import { closeRigs, HERE, openRig } from "./rig.ts";
import { makeTestPager, type TestPager } from "./test-pager.ts";

test.after.each(closeRigs);

test("a context that was given up is what the renewal replaces [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, field } = made;
  rig.clock.advanceBy(1000);
  field.giveUp();
  field.checkIn(2);
  await made.live();
  const row = await made.renew();
  assert.is(row.values.slot, 0);
  await made.live();
  assert.ok(await made.accepts(made.spare));
  assert.not.ok(await made.accepts(made.first));
});

test("the pager changed over while its renewal was on its way: a new one takes its place", async () => {
  const made = await fieldWorld();
  const { rig, id, field } = made;
  await made.renew();
  // Nothing of it came through, and then its storage could not be read.
  rig.takeSent();
  rig.clock.advanceBy(1000);
  field.giveUp();
  field.checkIn(2);
  await made.live();
  assert.is((await rig.platform.commands.get(id, 1))?.state, "waiting", "it fits no more");
  const row = await made.renew();
  assert.equal([row.id, row.values.slot], [2, 0]);
  assert.is((await rig.platform.commands.get(id, 1))?.outcome, "withdrawn");
  await made.live();
  assert.is((await rig.platform.commands.get(id, 2))?.outcome, "done");
});

test("asked again while it waits, a renewal is the same one", async () => {
  const made = await fieldWorld();
  const row = await made.renew();
  assert.equal(await made.renew(), row);
});

test("a pager that was never heard can't be renewed: nobody knows which slot it uses", async () => {
  const rig = await openRig();
  const { id } = await rig.addPager();
  const code = await rig.platform.pagers.renew(id, OPERATOR).then(
    () => "",
    (error: OnekeyError) => error.code,
  );
  assert.is(code, "not-heard");
});

test("that a renewal is done counts under the new context only [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, id, first, spare } = made;
  await made.renew();
  await rig.deliver(first.result(RENEW.word, 1).bytes);
  assert.is((await rig.platform.commands.get(id, 1))?.state, "waiting");
  assert.ok(await made.accepts(spare));
  await rig.deliver(first.result(RENEW.word, 1, { outcome: 4 }).bytes);
  assert.is((await rig.platform.commands.get(id, 1))?.outcome, "busy");
  assert.ok(await made.accepts(spare), "nothing is dropped");
});

test("a renewal that was done behind its end replaces the old one all the same", async () => {
  const made = await fieldWorld();
  const { rig, id, field } = made;
  await made.renew();
  const [{ bytes }] = rig.takeSent();
  field.hear(bytes);
  await rig.pass(31 * 24 * 3600_000);
  assert.is((await rig.platform.commands.get(id, 1))?.outcome, "expired");
  rig.takeSent();
  await made.live();
  assert.is((await rig.platform.commands.get(id, 1))?.late?.outcome, "done");
  assert.ok(await made.accepts(field.inUse()));
  assert.not.ok(await made.accepts(made.spare));
});

test("words about an alarm go on under its own context, to where the pager is now [wire §2.1]", async () => {
  const made = await fieldWorld();
  const { rig, id, field, first } = made;
  field.raise(7);
  await made.live();
  await made.renew();
  await made.live();
  const elsewhere = { ...HERE, port: 40002 };
  const poll = field.inUse().poll();
  await rig.deliverFrom(elsewhere, poll.bytes);
  rig.takeSent();
  await rig.platform.alarms.take(`${id}/${first.kid}/7`, OPERATOR);
  await rig.settle();
  const [sent] = rig.takeSent();
  assert.equal(sent.to, elsewhere);
  assert.equal(first.obey(sent.bytes)?.word, { what: TAKEN.word, value: 7 });
});

test("a context with an open alarm is dropped when that alarm is closed [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, id, field, first } = made;
  field.raise(7);
  await made.live();
  rig.clock.advanceBy(1000);
  field.giveUp();
  field.checkIn(2);
  await made.live();
  await made.renew();
  await made.live();
  // What was sent before, by SMS perhaps, is still the same alarm.
  await rig.deliver(first.report("r", { number: 7 }).bytes);
  assert.is((await rig.platform.alarms.list()).length, 1);
  const alarm = `${id}/${first.kid}/7`;
  await rig.platform.alarms.take(alarm, OPERATOR);
  await rig.platform.alarms.close(alarm, OPERATOR, "real");
  await rig.settle();
  assert.equal(kinds(await made.events(), "contextDropped"), ["contextDropped"]);
  assert.not.ok(await made.accepts(first));
  rig.takeSent();
  await rig.pass(120_000);
  assert.is(rig.takeSent().length, 0, "and no word waits for it");
});

test("the secret of a dropped context is gone from the database [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, spare } = made;
  const file = join(rig.dir, DATABASE_FILE);
  const db = new Database(file, { readonly: true });
  const sealed = db.prepare("SELECT sealed FROM contexts WHERE kid = ?").pluck().get(spare.kid);
  db.close();
  await rig.restart();
  assert.ok(readFileSync(file).includes(sealed as Buffer), "it lay there");
  await made.renew();
  await made.live();
  await rig.restart();
  assert.not.ok(readFileSync(file).includes(sealed as Buffer));
  assert.not.ok(await made.accepts(spare));
});

test("no key of a renewal stands in the database, in an event or in the trace [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, field } = made;
  await made.renew();
  await made.live();
  await rig.restart();
  const octets = readFileSync(join(rig.dir, DATABASE_FILE));
  const texts = JSON.stringify(await made.events()) + rig.trace.join("\n");
  const { senderKey, recipientKey, commonIv } = field.inUse().context;
  for (const key of [senderKey, recipientKey, commonIv]) {
    const bytes = Buffer.from(key as Uint8Array);
    assert.not.ok(octets.includes(bytes) || octets.includes(bytes.toString("hex")));
    assert.not.ok(texts.includes(bytes.toString("hex")));
  }
});

test("other commands wait for no renewal, and go under the new context behind it", async () => {
  const made = await fieldWorld();
  const { rig, id, field } = made;
  await made.renew();
  await rig.platform.commands.send(id, { command: "ring", by: OPERATOR });
  await made.live();
  const rows = await rig.platform.commands.list(id);
  assert.equal(
    rows.map((row) => [row.command, row.outcome]),
    [
      ["ring", "done"],
      ["renew", "done"],
    ],
  );
  const ends = (await made.events()).filter((event) => event.kind === "commandEnded");
  const ring = ends.find((event) => event.id === 2);
  assert.is(ring !== undefined && "kid" in ring && ring.kid, field.inUse().kid);
});

test("provisioned again, a pager has new key identifiers and keys, and its old ones are refused [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, id, first, spare } = made;
  await made.renew();
  const { pager, provisioning } = await rig.platform.pagers.provision(id, OPERATOR);
  assert.is(pager.id, id);
  const fresh: TestPager[] = provisioning.contexts.map(makeTestPager);
  const kids = [first, spare, ...fresh].map((one) => one.kid);
  assert.is(new Set(kids).size, 4);
  for (const old of [first, spare]) assert.not.ok(await made.accepts(old));
  for (const one of fresh) assert.ok(await made.accepts(one));
  assert.is((await rig.platform.commands.get(id, 1))?.outcome, "withdrawn");
  const told = kinds(await made.events(), "pagerProvisioned", "commandEnded", "contextDropped");
  assert.equal(told, [
    "pagerProvisioned",
    "commandEnded",
    "contextDropped",
    "contextDropped",
    "contextDropped",
  ]);
});

test.run();
