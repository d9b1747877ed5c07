// The health report: when it is said, what stands in it, and to what it gives way.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { ERASES_RATED } from "../../firmware/core/limits.ts";
import { startSelfTest } from "../../firmware/core/self-test.ts";
import { FIRMWARE_VERSION } from "../../firmware/core/version.ts";
import type { Values } from "../../protocol/declaration.ts";
import type { HEALTH } from "../../protocol/messages.ts";
import { BEAT_S_KEY } from "../../protocol/settings.ts";
import { command } from "./orders.ts";
import { readyWorld, type World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const T0_S = 210_000_000;

type Health = Partial<Values<typeof HEALTH>>;

const reports = (world: World) =>
  world.platform.ofLetter("h").map(({ report }) => report as Health);

/** A pager that knows what time it is, as a network tells it. */
function clockWorld(): World {
  const world = readyWorld();
  world.input({ kind: "clock", timeS: T0_S, source: "network" });
  return world;
}

/** Starts anew behind so much time, and is told what time it is. */
function startAgain(world: World, timeS: number): void {
  world.reboot();
  world.radio("ready");
  if (timeS > 0) world.input({ kind: "clock", timeS, source: "network" });
}

test("the first one goes right behind the first beat that is answered, then one a day", () => {
  const world = clockWorld();
  world.platform.listening = false;
  world.run(5 * MINUTE_MS);
  world.platform.listening = true;
  assert.is(reports(world).length, 0);
  world.run(DAY_MS);
  const [{ runningS = 0 }] = reports(world);
  assert.is(reports(world).length, 1);
  assert.ok(runningS > 12 * 3600 && runningS < 13 * 3600, `${runningS} s`);
  world.run(10 * DAY_MS);
  assert.is(reports(world).length, 11);
});

test("however often there is a beat, a day has one report", () => {
  const world = clockWorld();
  world.set(BEAT_S_KEY, 3600);
  world.run(10 * DAY_MS + HOUR_MS);
  assert.ok(world.platform.ofLetter("b").length > 200);
  assert.is(reports(world).length, 11);
});

test("starts in a row don't say it more often than each hour, and one that comes later does", () => {
  const world = clockWorld();
  let timeS = T0_S;
  for (let i = 0; i < 30; i++) {
    world.run(2 * MINUTE_MS);
    timeS += 120;
    startAgain(world, timeS);
  }
  world.run(2 * MINUTE_MS);
  assert.is(reports(world).length, 2);
});

test("where nobody says what time it is a start says it once it has run for an hour", () => {
  const world = readyWorld();
  world.set(BEAT_S_KEY, 3600);
  for (let i = 0; i < 10; i++) {
    world.run(5 * MINUTE_MS);
    startAgain(world, 0);
  }
  assert.equal(reports(world), []);
  world.run(62 * MINUTE_MS);
  assert.is(reports(world).length, 1);
});

test("one that nobody answered comes again behind a later beat, an hour on at the earliest", () => {
  const world = clockWorld();
  world.set(BEAT_S_KEY, 3600);
  world.run(30_050);
  world.platform.listening = false;
  world.run(2 * MINUTE_MS);
  world.platform.listening = true;
  assert.equal([reports(world).length, world.state.outbox.length], [0, 0]);
  world.run(58 * MINUTE_MS);
  assert.is(reports(world).length, 0);
  world.run(HOUR_MS);
  assert.is(reports(world).length, 1);
});

test("none leaves while an alarm is open, not even one that waits, and the alarm stands before it", () => {
  const world = clockWorld();
  world.run(30_050);
  world.up = false;
  world.run(2000);
  assert.ok(world.state.outbox.some(({ letter }) => letter === "h"));
  world.hold();
  world.up = true;
  world.run(3 * DAY_MS);
  assert.is(world.platform.alarms.length, 1);
  assert.equal(reports(world), []);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(DAY_MS);
  assert.is(reports(world).length, 1);
});

test("it says what the pager knows, and leaves out what it doesn't", () => {
  const world = clockWorld();
  world.input({ kind: "battery", batteryMv: 3800, charging: true });
  world.state.counts = [1, 2, 3, 4, 5, 6, 0, 99, 99, 3, 40, 8, 99, 99, 2];
  world.state.journal.generation = ERASES_RATED;
  world.run(31_000);
  assert.equal(reports(world), [
    {
      firmware: FIRMWARE_VERSION,
      faults: 0,
      failed: 0,
      starts: 3,
      exchanges: 42,
      unanswered: 8,
      recoveries: 2,
      refused: 21,
      wear: 50,
      storageFaults: 0,
      batteryMv: 3800,
      runningS: 34,
    },
  ]);
});

test("all of it at its worst fits its bound, and counts stop at theirs", () => {
  const world = clockWorld();
  world.state.counts = world.state.counts.map(() => 65535);
  world.state.journal.generation = 1_000_000_000 / 100;
  world.input({ kind: "battery", batteryMv: 4100, charging: false });
  world.run(31_000);
  const [{ refused, wear }] = reports(world);
  assert.equal([refused, wear], [65535, 100]);
  assert.ok(world.air.every((datagram) => datagram.length <= 80));
});

test("a fault of the day is in the report of the day, though it is over", () => {
  const world = clockWorld();
  world.run(MINUTE_MS);
  assert.is(reports(world)[0].faults, 0);
  world.platform.listening = false;
  world.run(13 * HOUR_MS);
  world.platform.listening = true;
  world.run(36 * HOUR_MS);
  const faults = reports(world).map(({ faults }) => faults);
  assert.equal(faults.slice(0, 3), [0, 4, 0]);
});

test("what failed the last self-test stands in it, behind a reset too", () => {
  const world = clockWorld();
  command(world, (moment) => startSelfTest(moment, 0, 32));
  world.run(2 * HOUR_MS);
  startAgain(world, T0_S + 9000);
  world.run(MINUTE_MS);
  assert.is(reports(world).at(-1)?.failed, 32);
});

test("a call, a check-in, a result or a beat that comes meanwhile goes first; a track goes behind it", () => {
  const world = clockWorld();
  world.run(30_050);
  world.platform.listening = false;
  world.run(1000);
  world.press(150);
  world.run(700);
  world.platform.listening = true;
  world.run(MINUTE_MS);
  const letters = world.platform.stored.map(({ letter }) => letter);
  assert.equal(letters, ["b", "c", "h"]);
});

test.run();
