// One alarm, from the hold to its close, against a platform on the wire's own code.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { REPEATED } from "../../firmware/core/counts.ts";
import { toHex } from "../../protocol/bytes.ts";
import { PAGER_ENDS } from "./contexts.ts";
import { provisionedStorage } from "./storage.ts";
import { readyWorld, World } from "./world.ts";

function withoutSendingCues(world: World): string[] {
  return world.cues().filter((name) => name !== "sending");
}

test("a hold raises an alarm that is on flash before it is told and told before it is sent", () => {
  const world = readyWorld();
  world.input({ kind: "key", down: true });
  world.run(2999);
  const before = world.trace.length;
  world.run(1);
  const kinds = world.trace
    .slice(before)
    .flatMap(({ effect }) =>
      effect.kind === "log" ? [] : [effect.kind === "cue" ? `cue ${effect.name}` : effect.kind],
    );
  assert.equal(kinds, ["write", "cue raised", "send", "locate", "urgent"]);
});

test("a wearer who goes on holding is told that it is still being sent", () => {
  const world = readyWorld();
  world.up = false;
  world.input({ kind: "key", down: true });
  world.run(33500);
  // Every 5 s behind the cue at 3 s.
  assert.equal(world.cues(), ["raised", ...Array(6).fill("sending")]);
});

test("an alarm is delivered, taken and closed, and each is told once", () => {
  const world = readyWorld();
  world.hold();
  assert.is(world.state.alarm.stage, "delivered");
  const alarm = world.platform.alarms[0];
  world.run(10000);
  world.platform.tellsTime = true;
  world.run(30000);
  world.bring(world.platform.take(alarm));
  world.run(5000);
  assert.is(world.state.alarm.stage, "taken");
  world.bring(world.platform.close(alarm));
  world.run(5000);
  assert.is(world.state.alarm.stage, "closed");
  assert.equal(world.cues(), ["raised", "delivered", "taken", "closed"]);
  assert.is(world.platform.obeyed, 2);
  assert.equal(
    world.platform.ofLetter("o").map((message) => [message.report.what, message.report.number]),
    [
      [1, alarm.number],
      [2, alarm.number],
    ],
  );
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.state.outbox.length, 0);
  assert.equal(world.platform.complaints, []);
});

test("an alarm held without a network leaves at the instant the radio is ready", () => {
  const world = new World();
  world.boot();
  world.radio("searching");
  world.hold();
  world.run(20000);
  assert.is(world.air.length, 0);
  world.radio("ready");
  assert.is(world.air.length, 1);
  world.run(100);
  assert.is(world.state.alarm.stage, "delivered");
});

test("without an answer the wearer is told so again and again, no network apart from no answer", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.hold();
  world.run(59000);
  assert.equal(world.cues(), ["raised", ...Array(11).fill("sending")]);
  world.run(31000);
  assert.equal(world.cues().slice(12), ["stillTrying", "stillTrying", "stillTrying"]);
  world.radio("searching");
  world.run(30000);
  assert.equal(world.cues().slice(15), ["noNetwork", "noNetwork"]);
});

test("while the key is down no pulse breaks into its ticks", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.hold();
  world.run(3000);
  world.input({ kind: "key", down: true });
  const before = world.trace.length;
  world.run(2900);
  world.input({ kind: "key", down: false });
  world.run(29);
  const names = world.trace
    .slice(before)
    .flatMap(({ effect }) => (effect.kind === "cue" ? [effect.name] : []));
  assert.equal(names, Array(6).fill("tick"));
  world.run(1);
  assert.is(world.cues().pop(), "sending", "it comes right after");
});

test("an undelivered alarm is sent at 0, 4 and 12 s and in a new exchange every 30 s, for ever [wire §2.3]", () => {
  const world = readyWorld();
  world.platform.listening = false;
  const start = world.nowMs + 3000;
  world.hold();
  world.run(3600000);
  // Without what is asked under the other context beside them.
  const other = toHex(PAGER_ENDS[1].senderId);
  const sends = world.trace.filter(
    ({ effect }) => effect.kind === "send" && !toHex(effect.bytes).includes(other),
  );
  assert.is(sends.length, 3 * 120 + 1);
  assert.is(sends[0].atMs, start);
  for (let i = 3; i < sends.length; i += 3) assert.is(sends[i].atMs - sends[i - 3].atMs, 30000);
  const said = sends.map(({ effect }) => effect.kind === "send" && toHex(effect.bytes));
  for (let i = 0; i < said.length; i += 3) {
    assert.is(said[i], said[i + 1] ?? said[i]);
    assert.is(said[i], said[i + 2] ?? said[i]);
    if (i > 0) assert.is.not(said[i], said[i - 1]);
  }
  world.platform.listening = true;
  world.run(30000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.platform.alarms.length, 1);
});

test("an answer that comes an exchange late counts", () => {
  const world = readyWorld();
  world.up = false;
  world.hold();
  world.run(40000);
  assert.is(world.state.alarm.stage, "sending");
  for (const answer of world.platform.hear(world.air[0])) world.bring(answer);
  assert.is(world.state.alarm.stage, "delivered");
});

test("a hold while an alarm is open is a further report of the same alarm [wire §2.2]", () => {
  const world = readyWorld();
  world.hold();
  world.run(1000);
  world.hold();
  world.run(1000);
  const alarm = world.platform.alarms[0];
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("m").length, 1);
  assert.is(world.platform.ofLetter("m")[0].report.number, alarm.number);
  assert.equal(withoutSendingCues(world), ["raised", "delivered", "delivered"]);
});

test("a hold after the close is a new alarm with a number of its own", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(1000);
  world.hold();
  assert.is(world.platform.alarms.length, 2);
  assert.ok(world.platform.alarms[1].number > world.platform.alarms[0].number);
});

test("a word for an older alarm changes no cue of a newer one and still gets its result [wire §2.2]", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  const older = world.platform.alarms[0];
  world.bring(world.platform.close(older));
  world.run(1000);
  world.hold();
  world.run(30000);
  const before = world.cues().length;
  world.bring(world.platform.take(older));
  world.bring(world.platform.close(older));
  world.run(1000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.cues().slice(before), []);
  assert.equal(world.platform.pending, []);
});

test("taken proves delivered: the wearer is told, and the alarm is not sent again [wire §2.5]", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.run(40000);
  world.down = false;
  world.hold();
  world.run(200);
  assert.is(world.state.alarm.stage, "sending");
  const word = world.platform.take(world.platform.alarms[0]);
  world.down = true;
  world.bring(word);
  world.run(1000);
  assert.is(world.state.alarm.stage, "taken");
  assert.equal(withoutSendingCues(world), ["raised", "taken"]);
  assert.is(world.platform.alarms[0].copies, 1);
  assert.is(world.platform.pending.length, 0);
});

test("a word that comes again is answered again and obeyed once", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  const word = world.platform.take(world.platform.alarms[0]);
  for (let i = 0; i < 5; i++) world.bring(word);
  world.run(1000);
  assert.is(world.platform.obeyed, 5);
  assert.is(world.platform.ofLetter("o").length, 1);
  assert.is(world.cues().filter((name) => name === "taken").length, 1);
  assert.is(world.state.counts[REPEATED], 4);
});

test("the first fix of an alarm is reported at once, a clearly better one too, others by schedule", () => {
  const world = readyWorld();
  world.hold();
  const fix = (uncertaintyM: number, latitude: number) =>
    world.input({ kind: "fix", latitude, longitude: 1177000000, uncertaintyM, timeS: 0 });
  const reports = () => world.platform.ofLetter("r").map((message) => message.report.uncertaintyM);
  fix(300, 261000000);
  world.run(100);
  assert.equal(reports(), [300]);
  world.run(1000);
  fix(200, 261000100);
  world.run(1000);
  assert.equal(reports(), [300], "not clearly better");
  fix(100, 261000200);
  world.run(100);
  assert.equal(reports(), [300, 100]);
  for (let i = 0; i < 60; i++) {
    world.run(1000);
    fix(100, 261000300 + i);
  }
  assert.equal(reports(), [300, 100, 100, 100]);
  world.run(600000);
  const before = reports().length;
  for (let i = 0; i < 240; i++) {
    world.run(1000);
    fix(100, 261001000 + i);
  }
  assert.is(reports().length - before, 2);
});

test("the first datagram of an alarm says the last known position, also after a reset", () => {
  const world = readyWorld();
  world.input({
    kind: "fix",
    latitude: 261234567,
    longitude: 1177654321,
    uncertaintyM: 15,
    timeS: 200000000,
  });
  world.run(600000);
  world.reboot();
  world.radio("ready");
  world.input({ kind: "clock", timeS: 200000900, source: "network" });
  world.hold();
  const sos = world.platform.ofLetter("s")[0].report;
  assert.is(sos.latitude, 261234567);
  assert.is(sos.longitude, 1177654321);
  assert.is(sos.uncertaintyM, 15);
  assert.is(sos.ageS, 1800, "903 s goes up to the next row");
  assert.is(sos.timeFromNetwork, 1);
});

test("a time that nobody told is absent", () => {
  const world = readyWorld();
  world.hold();
  assert.is(world.platform.ofLetter("s")[0].report.time, undefined);
});

test("once somebody tells the time, an alarm that is still sending says when it was raised", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.hold();
  world.run(9800);
  world.input({ kind: "clock", timeS: 200000000, source: "satellite" });
  world.run(18000);
  world.platform.listening = true;
  world.run(3000);
  const sos = world.platform.ofLetter("s");
  assert.is(sos.length, 1);
  assert.is(sos[0].report.time, 199999990);
  assert.is(sos[0].report.timeFromNetwork, 0);
  world.reboot();
  assert.is(world.state.alarm.stage, "delivered");
});

test("while an alarm is open something leaves at least every 25 s [wire §4.1]", () => {
  const world = readyWorld();
  world.hold();
  world.run(1800000);
  const sends = world.trace.filter(({ effect }) => effect.kind === "send");
  for (let i = 1; i < sends.length; i++) assert.ok(sends[i].atMs - sends[i - 1].atMs <= 25000);
  assert.ok(world.platform.ofLetter("w").length > 60);
});

test("when the network comes back during an alarm the platform hears the new address at once", () => {
  const world = readyWorld();
  world.hold();
  world.run(100);
  world.radio("searching");
  world.run(300000);
  const before = world.air.length;
  world.radio("ready");
  assert.is(world.air.length, before + 1);
});

test("an alarm goes to every address at once, what follows to the one that answered [wire §4.6]", () => {
  const world = readyWorld({ storage: provisionedStorage(["192.0.2.1:5683", "192.0.2.2:5683"]) });
  world.hold();
  world.run(60000);
  const addresses = world.trace.flatMap(({ effect }) =>
    effect.kind === "send" ? [effect.address] : [],
  );
  assert.equal(addresses.slice(0, 4), [0, 1, 0, 0]);
});

test("without an answer the other address is tried", () => {
  const world = readyWorld({ storage: provisionedStorage(["192.0.2.1:5683", "192.0.2.2:5683"]) });
  world.platform.listening = false;
  world.press(200);
  world.run(90000);
  const addresses = new Set(
    world.trace.flatMap(({ effect }) => (effect.kind === "send" ? [effect.address] : [])),
  );
  assert.equal([...addresses], [0, 1]);
});

test("a pager that was never provisioned says so when held", () => {
  const world = new World();
  for (const page of world.storage.pages) page.fill(255);
  world.boot();
  world.radio("ready");
  world.hold();
  world.run(600000);
  assert.equal(world.cues(), ["notActivated"]);
  assert.is(world.air.length, 0);
});

/** A check-in, an alarm with its reports, polls and words, a beat: what happened, and when. */
function storyFrom(atMs: number): string[] {
  const world = readyWorld({ atMs });
  world.platform.tellsTime = true;
  world.press(200);
  world.run(1000);
  world.down = false;
  world.hold();
  world.run(20000);
  world.down = true;
  world.run(30000);
  for (let i = 0; i < 3; i++) {
    world.input({ kind: "fix", latitude: i, longitude: i, uncertaintyM: 30, timeS: 0 });
    world.run(20000);
  }
  world.bring(world.platform.take(world.platform.alarms[0]));
  world.run(1000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(100000);
  assert.is(world.state.alarm.stage, "closed");
  return world.trace.map(({ atMs: at, effect }) => `${at - atMs} ${JSON.stringify(effect)}`);
}

test("the same happens at the same moments wherever the millisecond counter wraps", () => {
  const plain = storyFrom(1000);
  for (let beforeMs = 0; beforeMs < 260000; beforeMs += 1300) {
    assert.equal(storyFrom(2147483647 - beforeMs), plain, `wrap after ${beforeMs} ms`);
  }
});

test.run();
