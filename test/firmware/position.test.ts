// Where the wearer is and what time it is: what is believed, what is kept, what is said.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { BAD_FIXES, FAR_FIXES, POOR_FIXES } from "../../firmware/core/counts.ts";
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
  fix(world, 261020000, 400);
  assert.is(lastCheckIn(world)?.latitude, 261000000);
  world.run(300000);
  fix(world, 261020000, 400);
  assert.is(lastCheckIn(world)?.latitude, 261020000);
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

test("a fix that says next to nothing is counted and not believed, also where nothing is known", () => {
  const world = readyWorld();
  const place = { latitude: 261000000, longitude: 1177000000, timeS: 0 };
  fix(world, 261000000, 451);
  for (const [satellites, mode] of [
    [1, 0],
    [2, 2],
    [3, 3],
  ]) {
    world.input({ kind: "fix", ...place, uncertaintyM: 20, satellites, mode });
  }
  assert.is(world.state.counts[POOR_FIXES], 4);
  assert.is(lastCheckIn(world)?.latitude, undefined);
  for (const [satellites, mode] of [
    [0, 0],
    [3, 0],
    [3, 2],
    [4, 3],
  ]) {
    world.input({ kind: "fix", ...place, uncertaintyM: 20, satellites, mode });
  }
  assert.is(world.state.position.serial, 4);
  fix(world, 261000000, 450);
  assert.is(world.state.counts[POOR_FIXES], 4);
});

/** A tenth of a degree is 11 km. */
const TENTH = 1000000;

test("a jump is counted and not believed; a train is", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  world.run(10000);
  fix(world, 261000000 + TENTH, 20);
  assert.is(world.state.counts[FAR_FIXES], 1);
  assert.is(lastCheckIn(world)?.latitude, 261000000);
  for (let i = 1; i <= 60; i++) {
    world.run(9000);
    fix(world, 261000000 + i * 80000, 20);
  }
  assert.is(world.state.counts[FAR_FIXES], 1, "320 km/h");
  assert.is(lastCheckIn(world)?.latitude, 265800000);
  world.run(120000);
  fix(world, 265800000 + TENTH, 20);
  assert.is(world.state.counts[FAR_FIXES], 1, "11 km in two minutes");
});

test("jumps that agree with one another win: what was known before them was the echo", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  for (let i = 0; i < 3; i++) {
    world.run(1000);
    assert.is(world.state.position.latitude, 261000000);
    fix(world, 261000000 + 5 * TENTH + 100 * i, 60);
  }
  assert.is(world.state.counts[FAR_FIXES], 2);
  assert.equal([world.state.position.latitude, world.state.position.uncertaintyM], [266000200, 60]);
});

test("jumps hither and thither never win, nor do two with a good fix between them", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  for (let i = 0; i < 30; i++) {
    world.run(1000);
    fix(world, 261000000 + ((i % 2) + 1) * 5 * TENTH, 20);
  }
  for (let i = 0; i < 30; i++) {
    world.run(1000);
    fix(world, i % 3 === 2 ? 261000000 : 266000000, 20);
  }
  assert.is(world.state.counts[FAR_FIXES], 50);
  assert.is(world.state.position.latitude, 261000000);
});

test("a position of unknown age refuses no fix", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  world.reboot();
  fix(world, 361000000, 20);
  assert.is(world.state.counts[FAR_FIXES], 0);
  assert.is(world.state.position.latitude, 361000000);
});

test("no gate holds an alarm back: it says what is known at once, and the fix that wins later [R-11]", () => {
  const world = readyWorld();
  fix(world, 261000000, 20);
  world.hold();
  const sent = () => world.platform.alarms.length;
  fix(world, 270000000, 20);
  world.run(1000);
  assert.is(sent(), 1);
  assert.is(world.platform.stored[0].report.latitude, 261000000);
  for (let i = 0; i < 2; i++) {
    fix(world, 270000000, 20);
    world.run(1000);
  }
  world.run(30000);
  assert.is(world.platform.ofLetter("r").pop()?.report.latitude, 270000000);
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
