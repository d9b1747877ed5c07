// Where the wearer is and what time it is: what is believed, what is kept, what is said.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { BAD_FIXES } from "../../firmware/core/counts.ts";
import { POSITION } from "../../firmware/core/journal.ts";
import { readyWorld, World } from "./world.ts";

const HOUR_MS = 3600000;

function fix(world: World, latitude: number, uncertaintyM: number, timeS = 0): void {
  world.input({ kind: "fix", latitude, longitude: 1177000000, uncertaintyM, timeS });
}

function notedPositions(world: World): number {
  return world.trace.filter(({ effect }) => effect.kind === "write" && effect.bytes[1] === POSITION)
    .length;
}

function lastCheckIn(world: World) {
  world.press(100);
  world.run(1000);
  return world.platform.ofLetter("c").pop()?.report;
}

test("a position says how old it is", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  world.run(25 * HOUR_MS);
  assert.is(lastCheckIn(world)?.ageS, 259200, "25 h go up to the next row, three days");
  world.run(20 * 24 * HOUR_MS);
  assert.is(lastCheckIn(world)?.ageS, 604801, "longer than a week, across the wrap of a span");
});

test("a fix that says less than what is known is left out until the wearer may have walked away", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  world.run(10000);
  fix(world, 269000000, 500);
  assert.is(lastCheckIn(world)?.latitude, 261000000);
  world.run(300000);
  fix(world, 269000000, 500);
  assert.is(lastCheckIn(world)?.latitude, 269000000);
});

test("a fix outside the world is counted and not believed", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  world.run(60000);
  fix(world, 900000001, 10);
  world.input({ kind: "fix", latitude: 0, longitude: -1800000001, uncertaintyM: 10, timeS: 0 });
  fix(world, 262000000, 0);
  assert.is(world.state.counts[BAD_FIXES], 3);
  assert.is(lastCheckIn(world)?.latitude, 261000000);
});

test("a position is kept when the wearer has moved far, at most once an hour", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  assert.is(notedPositions(world), 1);
  for (let i = 0; i < 10; i++) {
    world.run(HOUR_MS);
    fix(world, 261000000 + 1000 * i, 20);
  }
  assert.is(notedPositions(world), 1, "a garden is no journey");
  for (let i = 0; i < 120; i++) {
    world.run(60000);
    fix(world, 262000000 + 100000 * i, 20);
  }
  assert.is(notedPositions(world), 3, "two hours by bus");
});

test("a position out of the journal has no age until somebody tells the time", () => {
  const world = readyWorld();
  fix(world, 261000000, 20, 200000000);
  world.reboot();
  world.radio("ready");
  assert.is(lastCheckIn(world)?.ageS, undefined);
  world.input({ kind: "clock", timeS: 200003700, source: "network" });
  assert.is(lastCheckIn(world)?.ageS, 7200, "an hour and 100 s go up");
});

test("satellites are looked for while an alarm is open and the radio is ready, not before", () => {
  const world = new World();
  world.boot();
  world.radio("searching");
  const wishes = () =>
    world.trace.flatMap(({ effect }) => (effect.kind === "locate" ? [effect.on] : []));
  world.hold();
  assert.equal(wishes(), [], "a search would hold the registration back");
  world.radio("ready");
  assert.equal(wishes(), [true]);
  world.radio("searching");
  world.radio("ready");
  assert.equal(wishes(), [true, false, true]);
  world.platform.tellsTime = true;
  world.run(60000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  assert.equal(wishes(), [true, false, true, false]);
});

test("the platform's time is not overruled by satellites, nor theirs by the network", () => {
  const world = readyWorld();
  const told = () => [world.state.clock.timeS, world.state.clock.source];
  world.input({ kind: "clock", timeS: 200000000, source: "network" });
  fix(world, 261000000, 20, 250000000);
  assert.equal(told(), [250000000, "satellite"]);
  world.input({ kind: "clock", timeS: 210000000, source: "network" });
  assert.equal(told(), [250000000, "satellite"]);
  world.platform.tellsTime = true;
  world.press(100);
  world.run(1000);
  assert.equal(told(), [200000000, "platform"]);
  fix(world, 261000000, 20, 250001000);
  assert.equal(told(), [200000000, "platform"]);
});

test("the clock runs on for months without being told again", () => {
  const world = readyWorld();
  world.input({ kind: "clock", timeS: 200000000, source: "network" });
  const days = 60;
  world.run(days * 24 * HOUR_MS);
  assert.is(lastCheckIn(world)?.time, 200000000 + days * 86400);
});

test.run();
