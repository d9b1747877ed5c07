// A weak battery that breaks in at the modem's first burst, again and again [pager §2.3].
// The modem waits longer each time; an alarm never waits longer than two seconds.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { WEAK_MV } from "../../firmware/core/limits.ts";
import { World } from "./world.ts";

const LONGEST_MS = 70000;

function weakWorld(): World {
  const world = new World();
  world.batteryMv = WEAK_MV - 1;
  return world;
}

/** Milliseconds from the start to the modem's first burst, where power goes. */
function runToBurst(world: World): number {
  const before = world.count("startRadio");
  world.reboot();
  const startMs = world.nowMs;
  while (world.count("startRadio") === before && world.nowMs - startMs < LONGEST_MS) world.run(100);
  return world.nowMs - startMs;
}

function burstsOf(world: World, starts: number): number[] {
  return Array.from({ length: starts }, () => runToBurst(world));
}

test("after three short runs on a weak battery the modem waits, longer each time, a minute at most", () => {
  const world = weakWorld();
  assert.equal(burstsOf(world, 9), [0, 0, 5000, 10000, 20000, 40000, 60000, 60000, 60000]);
  assert.is(world.count("erase"), 0);
});

test("a run of a minute ends the row, and so do a charger and a good battery", () => {
  const world = weakWorld();
  burstsOf(world, 6);
  world.run(61000);
  assert.equal(burstsOf(world, 2), [0, 0]);
  burstsOf(world, 3);
  world.charging = true;
  assert.is(runToBurst(world), 0);
  world.charging = false;
  world.batteryMv = WEAK_MV;
  assert.is(runToBurst(world), 0);
});

test("no start on a good battery or a charger writes anything", () => {
  const world = new World();
  world.batteryMv = WEAK_MV;
  burstsOf(world, 20);
  world.batteryMv = WEAK_MV - 1;
  world.charging = true;
  burstsOf(world, 20);
  assert.is(world.count("write"), 0);
});

test("fifty starts that break in at the burst, with an alarm open: two seconds each, delivered in the end", () => {
  const world = weakWorld();
  world.boot();
  world.hold();
  const number = world.state.alarm.number;
  for (const ms of burstsOf(world, 50)) assert.ok(ms <= 2000, `the modem waited ${ms} ms`);
  assert.is(world.platform.alarms.length, 0);
  world.radio("ready");
  world.run(1000);
  assert.equal(
    world.platform.alarms.map((alarm) => alarm.number),
    [number],
  );
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.platform.complaints, []);
});

test("a hold while the modem waits starts it at once", () => {
  const world = weakWorld();
  burstsOf(world, 8);
  const before = world.count("startRadio");
  world.reboot();
  world.run(3000);
  assert.is(world.count("startRadio"), before);
  world.hold();
  assert.is(world.count("startRadio"), before + 1);
});

test("a thousand starts on a weak battery leave room for an alarm, without an erase", () => {
  const world = new World();
  world.batteryMv = 3400;
  for (let i = 0; i < 1000; i++) world.reboot();
  world.hold();
  const number = world.state.alarm.number;
  world.reboot();
  assert.is(world.state.alarm.number, number);
  assert.is(world.count("erase"), 0);
});

test.run();
