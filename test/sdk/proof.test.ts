// A database that was put back from a copy: help is shown at once, all else waits for a proof.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { CHANGED, UNAUTHORIZED } from "../../protocol/coap.ts";
import { WORD_TAKEN } from "../../protocol/messages.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import type { PlatformOptions } from "../../sdk/platform.ts";
import { RESTORE_JUMP, type Store } from "../../sdk/store/store.ts";
import { type AddedPager, closeRigs, eventsOf, HERE, openRig, type Rig } from "./rig.ts";
import type { Asked, Said } from "./test-pager.ts";

test.after.each(closeRigs);

const THIEF: Source = { carrier: "udp", address: "203.0.113.66", port: 666 };
const CALLS = ["s", "F", "Z", "N", "L", "Q", "m", "r", "x"];

interface Scene {
  rig: Rig;
  pager: AddedPager;
  /** Puts the database back as it was at the beginning. */
  putBack(): Promise<void>;
}

async function scene(change: Partial<PlatformOptions> = {}): Promise<Scene> {
  const rig = await openRig(change);
  const pager = await rig.addPager();
  return { rig, pager, putBack: await rig.backup() };
}

/** The same behind a return: no replay window is known any more. */
async function lost(change?: Partial<PlatformOptions>): Promise<Scene> {
  const made = await scene(change);
  await made.putBack();
  return made;
}

/** What the platform asked in its answer to `said`, the only thing that it sent. */
async function askedFor({ rig, pager }: Scene, said: Said): Promise<Asked> {
  await rig.deliver(said.bytes);
  const sent = rig.takeSent();
  assert.is(sent.length, 1);
  const asked = pager.asked(said, sent[0].bytes);
  assert.ok(asked);
  return asked as Asked;
}

async function prove(given: Scene): Promise<Said> {
  given.pager.bring((await askedFor(given, given.pager.poll())).echo);
  const poll = given.pager.poll();
  await given.rig.deliver(poll.bytes);
  assert.ok(given.pager.open(poll, given.rig.takeSent()[0].bytes)?.content);
  given.pager.bring(undefined);
  return poll;
}

for (const letter of CALLS) {
  test(`a call under ${letter} is stored and shown at once, unproven, and asks Echo [wire §1.3]`, async () => {
    const given = await lost();
    const { rig, pager } = given;
    const asked = await askedFor(given, pager.report(letter as "s", { number: 7 }));
    assert.is(asked.code, CHANGED, "it is stored, and so delivered");
    assert.ok(asked.echo.length >= 8 && asked.echo.length <= 16);
    const [alarm] = await rig.platform.alarms.list();
    assert.is(alarm.stage, "delivered");
    assert.is(alarm.unproven, true);
    const raised = (await eventsOf(rig)).find((event) => event.kind === "alarmRaised");
    assert.is(raised?.kind === "alarmRaised" && raised.unproven, true);
    assert.is(rig.platform.counters()["stored-unproven"], 1);
  });
}

test("a call for help that can't be read is stored unproven too [wire §1.3]", async () => {
  const given = await lost();
  const asked = await askedFor(given, given.pager.say("s", Buffer.from("help")));
  assert.is(asked.code, CHANGED);
  assert.is((await given.rig.platform.alarms.list())[0].unproven, true);
  assert.is(given.rig.platform.counters().unread, 1);
});

const OTHERS: [string, (pager: AddedPager) => Said][] = [
  ["a check-in", (pager) => pager.report("c", { number: 7 })],
  ["a beat", (pager) => pager.beat({ battery: 3 })],
  ["a result", (pager) => pager.result(WORD_TAKEN, 7)],
  ["a poll", (pager) => pager.poll()],
  ["a poll with an open alarm", (pager) => pager.say("w", Uint8Array.of(0x81, 0x07))],
  ["what can't be read", (pager) => pager.say("c", Buffer.from("?"))],
];

for (const [name, make] of OTHERS) {
  test(`${name} waits for the proof: 4.01 with Echo, and nothing is stored [wire §1.3]`, async () => {
    const given = await lost();
    const { rig, pager } = given;
    const cursor = await rig.platform.cursor();
    const asked = await askedFor(given, make(pager));
    assert.is(asked.code, UNAUTHORIZED);
    assert.is(await rig.platform.cursor(), cursor);
    assert.is(rig.platform.counters().unproven, 1);
    assert.is((await rig.platform.pagers.get(pager.id))?.heardAtMs, undefined);
  });
}

test("the proof clears the mark, on disk, and is handled as usual itself [wire §1.3]", async () => {
  const given = await lost();
  const { rig, pager } = given;
  pager.bring((await askedFor(given, pager.report("s", { number: 7 }))).echo);
  const checkIn = pager.report("c", { number: 8 });
  await rig.deliver(checkIn.bytes);
  assert.is(pager.open(checkIn, rig.takeSent()[0].bytes)?.octets, 16);
  const [alarm] = await rig.platform.alarms.list();
  assert.is(alarm.unproven, undefined);
  const kinds = (await eventsOf(rig)).map((event) => event.kind);
  assert.equal(kinds, ["pagerRegistered", "alarmRaised", "alarmProven", "checkedIn"]);
  pager.bring(undefined);
  await rig.restart();
  const beat = pager.beat();
  await rig.deliver(beat.bytes);
  assert.ok(pager.open(beat, rig.takeSent()[0].bytes)?.content, "nothing is asked any more");
});

test("a proof is told of marked alarms only, each by its id [wire §1.3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 6 }).bytes);
  const putBack = await rig.backup();
  await putBack();
  await rig.deliver(pager.report("s", { number: 7 }).bytes, pager.report("s", { number: 8 }).bytes);
  rig.takeSent();
  await prove({ rig, pager, putBack });
  const proven = (await eventsOf(rig)).filter((event) => event.kind === "alarmProven");
  assert.equal(
    proven.map((event) => event.kind === "alarmProven" && event.alarm),
    [7, 8].map((number) => `${pager.id}/${pager.kid}/${number}`),
  );
});

test("a proof clears the marks of its own key identifier only [wire §1.3]", async () => {
  const given = await lost();
  const { rig, pager } = given;
  await rig.deliver(pager.spare.report("s", { number: 7 }).bytes);
  await rig.deliver(pager.report("s", { number: 7 }).bytes);
  rig.takeSent();
  await prove(given);
  const rows = await rig.platform.alarms.list();
  const marked = rows.filter((row) => row.unproven === true).map((row) => row.id);
  assert.equal(marked, [`${pager.id}/${pager.spare.kid}/7`]);
});

test("copies while the window is lost: one event, and the bare answer each time [wire §1.1, §1.3]", async () => {
  const { rig, pager } = await lost();
  const said = pager.report("s", { number: 7 });
  await rig.deliver(said.bytes, said.bytes);
  await rig.deliver(said.bytes);
  const [first, ...copies] = rig.takeSent();
  assert.ok(pager.asked(said, first.bytes));
  assert.equal(
    copies.map(({ bytes }) => pager.open(said, bytes)?.octets),
    [16, 16],
  );
  assert.is(await rig.platform.cursor(), 2);
  await rig.restart();
  await rig.deliver(said.bytes);
  assert.is(await rig.platform.cursor(), 2, "and the marks are on disk");
});

test("no Echo goes under a number of the request, and none twice under one [wire §1.1]", async () => {
  const given = await lost();
  const pivs: (number | undefined)[] = [];
  for (const said of [given.pager.poll(), given.pager.report("s", { number: 7 })]) {
    pivs.push((await askedFor(given, said)).piv);
  }
  assert.equal(pivs, [RESTORE_JUMP, RESTORE_JUMP + 1]);
});

test("below the number of the proof nothing is taken, nor told as delivered [wire §1.3]", async () => {
  const given = await lost();
  const { rig, pager } = given;
  const checkIn = pager.report("c", { number: 6 });
  const alarm = pager.report("s", { number: 7 });
  const unheard = pager.report("s", { number: 8 });
  await rig.deliver(checkIn.bytes, alarm.bytes);
  rig.takeSent();
  await prove(given);
  for (const restarts of [false, true]) {
    if (restarts) await rig.restart();
    const before = rig.platform.counters()["too-old"];
    await rig.deliver(checkIn.bytes, unheard.bytes);
    assert.is(rig.platform.counters()["too-old"], before + 2);
    assert.ok(rig.takeSent().every(({ bytes }) => pager.open(checkIn, bytes) === undefined));
    await rig.deliver(alarm.bytes);
    const [bare] = rig.takeSent();
    assert.is(pager.open(alarm, bare.bytes)?.octets, 16, "what was stored is answered as ever");
  }
  assert.is((await rig.platform.alarms.list()).length, 1);
});

test("what the copy had seen stays seen, and what came behind it waits [wire §1.2, §1.3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const before = pager.report("c", { number: 1 });
  await rig.deliver(before.bytes);
  const putBack = await rig.backup();
  const behind = pager.report("c", { number: 2 });
  await rig.deliver(behind.bytes);
  await putBack();
  const cursor = await rig.platform.cursor();
  await rig.deliver(before.bytes);
  assert.is(pager.open(before, rig.takeSent()[0].bytes)?.octets, 16);
  await rig.deliver(behind.bytes);
  assert.ok(pager.asked(behind, rig.takeSent()[0].bytes));
  assert.is(await rig.platform.cursor(), cursor);
});

test("an alarm that overtakes the proof is not heard twice behind it [wire §1.3]", async () => {
  const given = await lost();
  const { rig, pager } = given;
  pager.bring((await askedFor(given, pager.poll())).echo);
  const poll = pager.poll();
  pager.bring(undefined);
  const ahead = pager.report("s", { number: 9 });
  await rig.deliver(ahead.bytes, poll.bytes, ahead.bytes);
  const kinds = (await eventsOf(rig)).map((event) => event.kind);
  assert.equal(kinds, ["pagerRegistered", "alarmRaised", "alarmProven"]);
});

interface NoProof {
  name: string;
  spoil(given: Scene, echo: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

const NO_PROOFS: NoProof[] = [
  {
    name: "a value older than 300 s",
    async spoil({ rig }, echo) {
      await rig.pass(301_000);
      return echo;
    },
  },
  {
    name: "a value from a clock that was set back since",
    async spoil({ rig }, echo) {
      rig.clock.advanceBy(-5000);
      return echo;
    },
  },
  { name: "a value cut short", spoil: (_given, echo) => echo.subarray(0, -1) },
  { name: "no octets", spoil: () => new Uint8Array(0) },
  {
    name: "a value with another time in it",
    spoil(_given, echo) {
      const copy = Uint8Array.from(echo);
      copy[3] ^= 1;
      return copy;
    },
  },
  {
    name: "a value of another key identifier",
    async spoil({ rig, pager }) {
      const poll = pager.spare.poll();
      await rig.deliver(poll.bytes);
      return pager.spare.asked(poll, rig.takeSent()[0].bytes)?.echo as Uint8Array;
    },
  },
  {
    name: "a value from before the copy was put back once more",
    async spoil({ putBack }, echo) {
      await putBack();
      return echo;
    },
  },
];

for (const { name, spoil } of NO_PROOFS) {
  test(`${name} proves nothing, and is asked for anew [wire §1.3]`, async () => {
    const given = await lost();
    const asked = await askedFor(given, given.pager.poll());
    given.pager.bring(await spoil(given, asked.echo as Uint8Array));
    const again = await askedFor(given, given.pager.poll());
    assert.is(again.code, UNAUTHORIZED);
    given.pager.bring(again.echo);
    await given.rig.deliver(given.pager.poll().bytes);
    assert.is(given.rig.platform.counters().proven, 1);
  });
}

test("a value is good for 300 s, at another gateway of the same key file too [wire §1.3]", async () => {
  const given = await lost();
  const { rig, pager } = given;
  pager.bring((await askedFor(given, pager.poll())).echo);
  await rig.restart();
  await rig.pass(300_000);
  const poll = pager.poll();
  await rig.deliver(poll.bytes);
  assert.ok(pager.open(poll, rig.takeSent()[0].bytes)?.content);
});

test("what may be old moves neither the return address nor what is known of the pager [wire §4.3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 7, battery: 90 }).bytes);
  const putBack = await rig.backup();
  await putBack();
  await rig.deliverFrom(THIEF, pager.report("r", { number: 7, battery: 20 }).bytes);
  rig.takeSent();
  const [{ id }] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(id, "王芳");
  await rig.settle();
  assert.equal(rig.takeSent()[0].to, HERE);
  assert.is((await rig.platform.pagers.get(pager.id))?.batteryPercent, 90);
});

test("an alarm that was proven before the copy is not marked by what comes behind [wire §1.3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 7 }).bytes);
  const [{ id }] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(id, "王芳");
  await rig.platform.alarms.close(id, "王芳", "accidental");
  const putBack = await rig.backup();
  await putBack();
  await rig.deliver(pager.report("r", { number: 7 }).bytes);
  assert.is((await rig.platform.alarms.get(id))?.unproven, undefined);
  await rig.deliver(pager.report("m", { number: 7 }).bytes);
  assert.is((await rig.platform.alarms.get(id))?.unproven, true, "but its being open again is");
});

test("copies of old requests use up few numbers of the platform, and no alarm waits [wire §1.3, §3]", async () => {
  const { rig, pager } = await lost();
  const polls = Array.from({ length: 100 }, () => pager.poll().bytes);
  await rig.deliverFrom(THIEF, ...polls);
  assert.is(rig.takeSent().length, 8);
  assert.is(rig.platform.counters().unproven, 100);
  const said = pager.report("s", { number: 200 });
  await rig.deliverFrom(THIEF, said.bytes);
  assert.is(pager.asked(said, rig.takeSent()[0].bytes)?.code, CHANGED);
  const poll = pager.poll();
  await rig.deliver(poll.bytes);
  assert.ok(pager.asked(poll, rig.takeSent()[0].bytes), "nor does the wearer, elsewhere");
});

test("a proof that could not be stored is none [wire §1.3]", async () => {
  let isFull = false;
  const wrapStore = (store: Store): Store => ({
    ...store,
    commit: async (batch) => {
      if (isFull) throw Object.assign(new Error("full"), { code: "SQLITE_FULL" });
      return store.commit(batch);
    },
  });
  const given = await lost({ wrapStore });
  const { rig, pager } = given;
  pager.bring((await askedFor(given, pager.poll())).echo);
  isFull = true;
  await rig.deliver(pager.poll().bytes);
  assert.is(rig.takeSent().length, 0);
  isFull = false;
  pager.bring(undefined);
  assert.is((await askedFor(given, pager.poll())).code, UNAUTHORIZED);
});

test.run();
