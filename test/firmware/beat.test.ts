// The scheduled report, and the cue when the link is lost.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { BEAT_S_KEY } from "../../protocol/settings.ts";
import { readyWorld, World } from "./world.ts";

const HOUR_MS = 3600000;

test("the first beat goes 30 s after the radio is ready, then one every twelve hours", () => {
  const world = readyWorld();
  const readyMs = world.nowMs;
  world.run(36 * HOUR_MS);
  const sent = world.trace.filter(({ effect }) => effect.kind === "send");
  assert.equal(
    sent.map(({ atMs }) => atMs - readyMs),
    // Nobody has told the time: the first health report goes right behind the second beat.
    [30000, 30000 + 12 * HOUR_MS, 30080 + 12 * HOUR_MS, 30000 + 24 * HOUR_MS],
  );
  assert.is(world.platform.ofLetter("b").length, 3);
  assert.equal(world.cues(), []);
});

test("a beat says battery, signal and time where they are known", () => {
  const world = readyWorld();
  world.input({ kind: "battery", batteryMv: 3800, charging: true });
  world.input({ kind: "clock", timeS: 210000000, source: "network" });
  world.run(31000);
  assert.equal(world.platform.ofLetter("b")[0].report, {
    battery: 55,
    charging: 1,
    signalDbm: -97,
    state: 0,
    settings: 0,
    time: 210000030,
    timeFromNetwork: 1,
  });
});

test("a beat that nobody answers is sent three times, then the wearer is told that the link is lost [wire §3]", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.run(10 * 60000);
  assert.is(world.air.length, 3);
  assert.equal(world.air[1], world.air[0]);
  assert.equal(world.cues(), ["linkLost"]);
  world.run(12 * HOUR_MS);
  assert.is(world.air.length, 6);
  assert.ok(world.cues().every((name) => name === "linkLost"));
});

test("a radio that is never ready is told to the wearer as a lost link", () => {
  const world = new World();
  world.boot();
  world.radio("searching");
  world.run(11 * 60000);
  assert.equal(world.cues(), ["linkLost"]);
});

test("when the radio comes back after a missed beat the next one goes soon", () => {
  const world = new World();
  world.boot();
  world.run(11 * 60000);
  world.radio("ready");
  world.run(60000);
  assert.is(world.platform.ofLetter("b").length, 1);
  assert.is(world.platform.ofLetter("b")[0].report.number, undefined);
});

test("a radio that comes and goes makes no flood of beats", () => {
  const world = readyWorld();
  world.platform.listening = false;
  for (let i = 0; i < 600; i++) {
    world.radio("searching");
    world.run(3000);
    world.radio("ready");
    world.run(3000);
  }
  assert.ok(world.cues().length <= 6, `${world.cues().length} cues in an hour`);
});

test("no beat goes while an alarm is open, and an alarm overtakes one that is under way", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.run(31000);
  assert.is(world.air.length, 1);
  world.platform.listening = true;
  world.hold();
  assert.is(world.platform.alarms.length, 1);
  world.run(2 * HOUR_MS);
  assert.is(world.platform.ofLetter("b").length, 0);
  assert.not.ok(world.cues().includes("linkLost"));
});

test("the beat's interval is a setting, from an hour to a day", () => {
  const world = readyWorld();
  world.set(BEAT_S_KEY, 3600);
  world.run(60000 + 5 * HOUR_MS);
  assert.is(world.platform.ofLetter("b").length, 6);
});

test("a lost link is told again each two hours until something is answered [R-07, R-32]", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.run(7 * HOUR_MS);
  assert.equal(world.cues(), ["linkLost", "linkLost", "linkLost", "linkLost"]);
  world.platform.listening = true;
  world.run(12 * HOUR_MS);
  assert.is(world.platform.ofLetter("b").length, 1);
  const before = world.cues().length;
  world.run(11 * HOUR_MS);
  assert.is(world.cues().length, before);
});

test("a check-in that is answered says that the link is there: no cue of a lost one comes after it", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.run(HOUR_MS);
  world.platform.listening = true;
  world.press(150);
  world.run(6 * HOUR_MS);
  assert.equal(world.cues(), ["linkLost", "checkinDelivered"]);
});

test("by night a lost link is told to nobody, and in the morning it is", () => {
  const world = readyWorld();
  // 22:00 where the wearer lives, eight hours east.
  world.input({ kind: "clock", timeS: 86400 * 2600 + 14 * 3600, source: "network" });
  world.platform.listening = false;
  world.run(9 * HOUR_MS);
  assert.equal(world.cues(), []);
  world.run(2 * HOUR_MS);
  assert.equal(world.cues(), ["linkLost"]);
});

test("a lost link is not told over an open alarm", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.run(60000);
  world.hold();
  world.run(5 * HOUR_MS);
  assert.is(world.cues().filter((name) => name === "linkLost").length, 1);
});

test.run();
