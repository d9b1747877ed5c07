// One datagram through the gateway: opened, stored, answered, and recognised when it comes again.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { ACK, CON, NON } from "../../protocol/coap.ts";
import { WORD_TIME } from "../../protocol/messages.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import { closeRigs, HERE, openRig } from "./rig.ts";

test.after.each(closeRigs);

const PLACE = { latitude: 366512345, longitude: 1170345678, uncertaintyM: 30, ageS: 60 };

test("an alarm is stored and then answered by a bare answer of 16 octets [wire §1.1]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const said = pager.report("s", { number: 512, time: 200_000_000, battery: 85, ...PLACE });
  await rig.deliver(said.bytes);

  const [sent] = rig.takeSent();
  assert.equal(sent.to, HERE);
  assert.equal(pager.open(said, sent.bytes), { piv: undefined, type: ACK, octets: 16 });
  const [alarm] = await rig.platform.alarms.list();
  assert.is(alarm.id, `${pager.id}/${pager.kid}/512`);
  assert.is(alarm.stage, "delivered");
  assert.is(alarm.raisedAtMs, rig.clock.nowMs());
  assert.is(alarm.reportedTimeS, 200_000_000);
  assert.is(alarm.batteryPercent, 85);
  assert.equal(alarm.positions, [
    {
      latitude: PLACE.latitude,
      longitude: PLACE.longitude,
      source: "satellites",
      uncertaintyM: 30,
      ageS: 60,
      atMs: rig.clock.nowMs(),
    },
  ]);
});

test("a duplicate gets the same octets again and makes no second event [wire §1.1]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const said = pager.report("s", { number: 1 });
  await rig.deliver(said.bytes, said.bytes);
  await rig.deliver(said.bytes);

  const answers = rig.takeSent().map((one) => one.bytes);
  assert.is(answers.length, 3);
  assert.equal(answers[1], answers[0]);
  assert.equal(answers[2], answers[0]);
  assert.is(rig.platform.counters().replayed, 2);
  assert.is(await rig.platform.cursor(), 2, "registration and one alarm");
});

for (const letter of ["s", "m", "r", "x"] as const) {
  test(`the first report of an unknown number raises the alarm, also under ${letter}`, async () => {
    const rig = await openRig();
    const pager = await rig.addPager();
    await rig.deliver(pager.report(letter, { number: 7 }).bytes);
    const alarms = await rig.platform.alarms.list();
    assert.is(alarms.length, 1);
    assert.is(alarms[0].stage, "delivered");
    assert.is(alarms[0].mistake, letter === "x");
  });
}

test("one alarm in many exchanges stays one alarm, and keeps every position [wire §2.1]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(
    pager.report("s", { number: 9 }).bytes,
    pager.report("s", { number: 9, ...PLACE }).bytes,
    pager.report("r", { number: 9, ...PLACE, uncertaintyM: 2000, fromCells: 1 }).bytes,
    pager.report("m", { number: 9 }).bytes,
    pager.report("x", { number: 9 }).bytes,
  );
  const alarms = await rig.platform.alarms.list();
  assert.is(alarms.length, 1);
  const [alarm] = alarms;
  assert.equal(
    alarm.positions.map((position) => position.source),
    ["satellites", "cells"],
  );
  assert.is(alarm.repeats, 1);
  assert.is(alarm.mistake, true);
  assert.is(alarm.stage, "delivered", "a mistake closes nothing");
});

test("the same number under the spare context is another alarm [wire §1.5, §2.1]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(
    pager.report("s", { number: 5 }).bytes,
    pager.spare.report("s", { number: 5 }).bytes,
  );
  assert.is((await rig.platform.alarms.list()).length, 2);
});

test("a check-in in a new exchange makes no second event", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const first = pager.report("c", { number: 3, battery: 50 });
  const again = pager.report("c", { number: 3, battery: 50 });
  await rig.deliver(first.bytes, again.bytes);
  assert.is(await rig.platform.cursor(), 2);
  const [one, two] = rig.takeSent();
  assert.ok(pager.open(first, one.bytes));
  assert.ok(pager.open(again, two.bytes), "and is answered all the same");
  const [row] = await rig.platform.pagers.list();
  assert.is(row.checkedInAtMs, rig.clock.nowMs());
  assert.is(row.batteryPercent, 50);
});

test("a beat and a poll are answered with the time, under a new number of the platform each [wire §1.1, §3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const beat = pager.beat({ battery: 40, signalDbm: -101 });
  const poll = pager.poll();
  await rig.deliver(beat.bytes, poll.bytes);
  const timeS = (rig.clock.nowMs() - Date.UTC(2020, 0, 1)) / 1000;
  const [one, two] = rig.takeSent();
  const heardBeat = pager.open(beat, one.bytes);
  const heardPoll = pager.open(poll, two.bytes);
  assert.equal(heardBeat?.content, { what: WORD_TIME, value: timeS });
  assert.is(heardBeat?.type, NON);
  assert.is(heardBeat?.piv, 0);
  assert.is(heardPoll?.type, ACK);
  assert.is(heardPoll?.piv, 1);
  assert.ok((heardPoll?.octets ?? 99) <= 28);
  const [row] = await rig.platform.pagers.list();
  assert.is(row.signalDbm, -101);
});

test("a duplicate beat gets a bare answer, the same octets each time", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const beat = pager.beat();
  await rig.deliver(beat.bytes);
  await rig.deliver(beat.bytes);
  await rig.deliver(beat.bytes);
  const [content, bare, again] = rig.takeSent().map((one) => one.bytes);
  assert.ok(pager.open(beat, content)?.content);
  assert.equal(pager.open(beat, bare), { piv: undefined, type: NON, octets: 16 });
  assert.equal(again, bare);
});

test("nothing replayed is taken for new after a restart: alarm, check-in, beat, result, poll", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const said = [
    pager.report("s", { number: 1 }),
    pager.report("c", { number: 2 }),
    pager.beat(),
    pager.result(1, 1),
    pager.poll(),
  ];
  await rig.deliver(...said.map((one) => one.bytes));
  const cursor = await rig.platform.cursor();
  await rig.restart();
  rig.takeSent();
  const elsewhere: Source = { carrier: "udp", address: "203.0.113.66", port: 666 };
  await rig.deliverFrom(elsewhere, ...said.map((one) => one.bytes));
  assert.is(rig.platform.counters().replayed, said.length);
  assert.is(await rig.platform.cursor(), cursor);
  const bare = rig.takeSent();
  for (const [i, one] of said.entries()) {
    assert.is(pager.open(one, bare[i].bytes)?.content, undefined, "only the bare answer");
  }
});

test("the type in the clear is a hint: each is answered in kind, and stored whatever it is [wire §3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const alarm = pager.say("s", Uint8Array.of(0x81, 0x07), { type: NON });
  const beat = pager.say("b", Uint8Array.of(0x84, 0xf6, 0xf6, 0x00, 0x01), { type: CON });
  await rig.deliver(alarm.bytes, beat.bytes);
  const [one, two] = rig.takeSent();
  assert.is(pager.open(alarm, one.bytes)?.type, NON);
  assert.is(pager.open(beat, two.bytes)?.type, ACK);
  assert.is((await rig.platform.alarms.list()).length, 1);
});

test("the platform's own numbers go on after a restart and are never used twice [wire §1.2]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const numbers: (number | undefined)[] = [];
  for (let i = 0; i < 3; i++) {
    const poll = pager.poll();
    await rig.deliver(poll.bytes);
    numbers.push(pager.open(poll, rig.takeSent()[0].bytes)?.piv);
    await rig.restart();
  }
  assert.equal(numbers, [0, 1, 2]);
});

test("late copies within 128 numbers are admitted, earlier ones are too old [wire §1.6]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 1 }, 1000).bytes);
  await rig.deliver(pager.report("s", { number: 2 }, 873).bytes);
  await rig.deliver(pager.report("s", { number: 3 }, 872).bytes);
  assert.is((await rig.platform.alarms.list()).length, 2);
  assert.is(rig.platform.counters()["too-old"], 1);
});

const STANDINGS = [
  ["blocked", { person: { name: "张" }, standing: "blocked" }],
  ["unassigned", {}],
  ["neverActivated", { person: { name: "张" }, standing: "neverActivated" }],
] as const;

for (const [standing, pagerOptions] of STANDINGS) {
  test(`an alarm of a pager that is ${standing} is stored and shown as such [wire §2.6]`, async () => {
    const rig = await openRig();
    const pager = await rig.addPager(pagerOptions);
    const said = pager.report("s", { number: 1 });
    await rig.deliver(said.bytes);
    assert.ok(pager.open(said, rig.takeSent()[0].bytes));
    const [alarm] = await rig.platform.alarms.list();
    assert.is(alarm.standing, standing);
  });
}

test("a first beat puts a pager that was never activated into service", async () => {
  const rig = await openRig();
  const pager = await rig.addPager({ person: { name: "张" }, standing: "neverActivated" });
  await rig.deliver(pager.beat().bytes);
  assert.is((await rig.platform.pagers.get(pager.id))?.standing, "active");
});

test("each step is a line of the trace, the alarm's id first", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const said = pager.report("s", { number: 512, ...PLACE });
  await rig.deliver(said.bytes);
  const id = `${pager.id}/${pager.kid}/512`;
  assert.equal(rig.trace, [
    `- received ${said.bytes.length} octets`,
    `${id} opened alarm s piv 0`,
    `${id} stored seq 2 alarmRaised`,
    `${id} answered bare 16 octets`,
  ]);
});

test.run();
