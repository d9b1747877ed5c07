// The battery's three levels: what the wearer is told, and what goes to the platform once [R-08, N-09].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { LOW_PERCENT_KEY } from "../../protocol/settings.ts";
import { readyWorld, World } from "./world.ts";

const HOUR_MS = 3600000;
/** Voltages of the straight lines in battery.ts: 55 %, about 19 %, 9 % and 4 %. */
const FULL_MV = 3800;
const LOW_MV = 3610;
const LOWER_MV = 3560;
const LAST_MV = 3440;

function battery(world: World, batteryMv: number, charging = false): void {
  world.input({ kind: "battery", batteryMv, charging });
}

function lows(world: World): (number | undefined)[] {
  return world.platform.ofLetter("L").map(({ report }) => (report as { level?: number }).level);
}

function click(world: World): void {
  world.press(150);
  world.run(12000);
}

test("each level that is reached by day gives its own cue, once", () => {
  const world = readyWorld();
  for (const mv of [FULL_MV, LOW_MV, LOW_MV, LOWER_MV, LOWER_MV, LAST_MV, LAST_MV]) {
    battery(world, mv);
    world.run(60000);
  }
  assert.equal(world.cues(), ["batteryLow", "batteryLower", "batteryLast"]);
});

test("the second and the third level go to the platform once each for a discharge", () => {
  const world = readyWorld();
  for (const mv of [FULL_MV, LOW_MV, LOWER_MV, LAST_MV, LAST_MV]) {
    battery(world, mv);
    world.run(60000);
  }
  assert.equal(lows(world), [2, 3]);
  const numbers = world.platform.ofLetter("L").map(({ report }) => report.number);
  assert.is(new Set(numbers).size, 2);
});

test("a battery that swings around its levels repeats nothing", () => {
  const world = readyWorld();
  for (let i = 0; i < 200; i++) {
    battery(world, [LOWER_MV, LOW_MV, LAST_MV, FULL_MV][i % 4]);
    world.run(60000);
  }
  assert.equal(lows(world), [2, 3]);
  assert.equal(world.cues(), ["batteryLower", "batteryLast"]);
});

test("a level holds until the battery is three points above it", () => {
  const world = readyWorld();
  battery(world, LOW_MV);
  assert.is(world.state.battery.level, 1);
  // 22 %, then 24 %.
  battery(world, 3629);
  assert.is(world.state.battery.level, 1);
  battery(world, 3640);
  assert.is(world.state.battery.level, 0);
});

test("the levels are settings", () => {
  const world = readyWorld();
  world.set(LOW_PERCENT_KEY, 50);
  battery(world, 3770);
  assert.is(world.state.battery.level, 1);
});

test("taken off the charger the level is told at once, even by night", () => {
  const world = readyWorld();
  world.input({ kind: "clock", timeS: 86400 * 2600 + 14 * 3600, source: "network" });
  battery(world, LOWER_MV, true);
  world.run(30000);
  assert.equal(world.cues(), []);
  battery(world, LOWER_MV);
  world.run(10000);
  assert.equal(world.cues(), ["batteryLower"]);
});

test("behind each check-in's own cue comes the level, and neither cuts the other short", () => {
  const world = readyWorld();
  battery(world, LAST_MV);
  world.run(60000);
  world.trace.length = 0;
  click(world);
  click(world);
  assert.equal(world.cues(), [
    "checkinDelivered",
    "batteryLast",
    "checkinDelivered",
    "batteryLast",
  ]);
  const times = world.trace.flatMap(({ atMs, effect }) =>
    effect.kind === "cue" && effect.name !== "tick" ? [atMs] : [],
  );
  assert.ok(times[1] - times[0] >= 4000, `${times[1] - times[0]} ms between the two`);
});

test("a level that is reached by night waits for the day, unless the wearer asks", () => {
  const world = readyWorld();
  world.input({ kind: "clock", timeS: 86400 * 2600 + 14 * 3600, source: "network" });
  battery(world, LOW_MV);
  world.run(9 * HOUR_MS);
  assert.equal(world.cues(), []);
  world.run(2 * HOUR_MS);
  assert.equal(world.cues(), ["batteryLow"]);
});

test("a charge resets: the next discharge reports again", () => {
  const world = readyWorld();
  battery(world, LOWER_MV);
  world.run(60000);
  for (let i = 0; i < 15; i++) {
    battery(world, FULL_MV, true);
    world.run(60000);
  }
  battery(world, FULL_MV);
  world.run(HOUR_MS);
  battery(world, LOWER_MV);
  world.run(60000);
  assert.equal(lows(world), [2, 2]);
});

test("a loose plug is no charge: touches repeat no report", () => {
  const world = readyWorld();
  for (let i = 0; i < 60; i++) {
    battery(world, LOWER_MV, i % 2 === 1);
    world.run(60000);
  }
  assert.equal(lows(world), [2]);
});

test("the last gasp says the last position, and goes beside an open alarm, never before it [R-17]", () => {
  const world = new World();
  world.boot();
  world.input({ kind: "fix", latitude: 1e8, longitude: 2e8, uncertaintyM: 20, timeS: 0 });
  battery(world, LAST_MV);
  world.hold();
  const sent = world.platform.stored.length;
  world.radio("ready");
  world.run(60000);
  const letters = world.platform.stored.slice(sent).map(({ letter }) => letter);
  assert.is(letters[0], "s");
  assert.ok(letters.includes("L"));
  assert.is(world.platform.ofLetter("L")[0].report.latitude, 1e8);
  assert.not.ok(world.cues().includes("batteryLast"), "no cue beside those of an alarm");
});

test("what nobody answered outlives resets, and a boot loop at the end of a battery reports once", () => {
  const world = readyWorld();
  world.platform.listening = false;
  battery(world, LAST_MV);
  world.run(5000);
  for (let i = 0; i < 20; i++) {
    world.reboot();
    battery(world, LAST_MV);
    world.radio("ready");
    world.run(3000);
  }
  assert.is(world.state.outbox.filter(({ letter }) => letter === "L").length, 1);
  world.platform.listening = true;
  world.run(60000);
  for (let i = 0; i < 20; i++) {
    world.reboot();
    battery(world, LAST_MV);
    world.radio("ready");
    world.run(3000);
  }
  assert.equal(lows(world), [3]);
});

test("power that goes at any stroke while a level is reached loses no report and doubles none", () => {
  for (let cutAt = 0; cutAt < 60; cutAt++) {
    const world = readyWorld();
    world.platform.listening = false;
    world.storage.cutAt = world.storage.strokes + cutAt;
    try {
      battery(world, LAST_MV);
      world.run(1000);
    } catch (error) {
      assert.is((error as Error).message, "power cut");
    }
    world.reboot();
    battery(world, LAST_MV);
    world.platform.listening = true;
    world.radio("ready");
    world.run(60000);
    assert.equal(lows(world), [3], `cut at stroke ${cutAt}`);
  }
});

test.run();
