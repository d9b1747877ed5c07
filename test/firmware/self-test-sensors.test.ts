// The self-test of what answers by itself: the satellite receiver and the accelerometer.
// What the receiver says to the driver is for test/modem/fix.test.ts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import { startLocating } from "../../firmware/core/locate.ts";
import { startSelfTest } from "../../firmware/core/self-test.ts";
import type { SelfTested } from "../../protocol/messages.ts";
import { STILL_S_KEY } from "../../protocol/settings.ts";
import { command } from "./orders.ts";
import { readyWorld, type World } from "./world.ts";

const GNSS = 16;
const STORAGE = 8;
const MOTION = 512;

test.before.each(() => {
  abilities.zones = true;
  abilities.motion = true;
});
test.after.each(() => {
  abilities.zones = false;
  abilities.motion = false;
});

function ask(world: World, parts: number): void {
  command(world, (moment) => startSelfTest(moment, 9, parts));
}

function report(world: World): Partial<SelfTested> {
  const [first] = world.platform.ofLetter("k");
  return first.report as Partial<SelfTested>;
}

const wishes = (world: World, kind: "locate" | "motion") =>
  world.trace.flatMap(({ effect }) => {
    if (effect.kind !== kind) return [];
    return [effect.kind === "motion" ? effect.level : effect.on];
  });

const FIX = {
  kind: "fix",
  latitude: 311234500,
  longitude: 1211234500,
  uncertaintyM: 12,
  timeS: 0,
} as const;

test("a receiver that answers without a fix has not failed, and is on for the test's minute alone", () => {
  const world = readyWorld();
  ask(world, GNSS);
  world.run(4000);
  world.input({ kind: "gnss" });
  world.run(50000);
  assert.equal(world.platform.ofLetter("k"), []);
  world.run(10000);
  assert.equal([report(world).passed, report(world).failed], [GNSS, 0]);
  assert.is(report(world).fixS, undefined);
  assert.equal(wishes(world, "locate"), [true, false]);
});

test("a fix ends the search and the test at once, and its time is told, be the fix good or not", () => {
  for (const uncertaintyM of [12, 9000]) {
    const world = readyWorld();
    ask(world, GNSS);
    world.run(23000);
    world.input({ ...FIX, uncertaintyM });
    world.run(2000);
    assert.equal([report(world).passed, report(world).failed], [GNSS, 0]);
    assert.is(report(world).fixS, 23);
    assert.equal(wishes(world, "locate"), [true, false]);
  }
});

test("a receiver that says nothing has failed, whatever it said before the test", () => {
  const world = readyWorld();
  world.input({ kind: "gnss" });
  world.input(FIX);
  ask(world, GNSS);
  world.run(65000);
  assert.equal([report(world).passed, report(world).failed], [0, GNSS]);
  assert.is(report(world).fixS, undefined);
});

test("the receiver is not switched on before the radio is ready, and an alarm ends its test", () => {
  const world = readyWorld();
  world.radio("searching");
  ask(world, GNSS);
  world.run(20000);
  assert.equal(wishes(world, "locate"), []);
  world.radio("ready");
  assert.equal(wishes(world, "locate"), [true]);
  world.hold();
  world.run(61000);
  assert.equal(world.platform.ofLetter("k"), []);
  assert.is(world.platform.alarms.length, 1);
});

test("a search that goes on already is asked for anew, so that the receiver says that it works", () => {
  const world = readyWorld();
  command(world, (moment) => startLocating(moment, 4, 600));
  ask(world, GNSS);
  assert.equal(wishes(world, "locate").slice(0, 2), [true, true]);
});

test("an accelerometer that answers passes, one that is silent has failed, and it sleeps again behind the test", () => {
  const world = readyWorld();
  ask(world, MOTION);
  world.run(1500);
  world.input({ kind: "motion", what: 4 });
  world.run(10000);
  assert.equal([report(world).passed, report(world).failed], [MOTION, 0]);
  assert.equal(wishes(world, "motion"), [1, 0]);
  const silent = readyWorld();
  ask(silent, MOTION);
  silent.run(65000);
  assert.equal([report(silent).passed, report(silent).failed], [0, MOTION]);
});

test("an accelerometer that runs already is started anew for the test, and runs on behind it", () => {
  const world = readyWorld();
  world.set(STILL_S_KEY, 3600);
  world.run(1000);
  ask(world, MOTION);
  world.run(1000);
  world.input({ kind: "motion", what: 4 });
  world.run(20000);
  assert.equal(wishes(world, "motion"), [2, 2]);
  assert.is(report(world).failed, 0);
});

test("that a sensor works is no movement and no fall", () => {
  const world = readyWorld();
  world.input({ kind: "motion", what: 4 });
  world.run(1000);
  assert.is(world.state.motion.fall, 0);
});

test("a board without receiver and accelerometer says nothing of them", () => {
  abilities.zones = false;
  abilities.motion = false;
  const world = readyWorld();
  ask(world, GNSS + MOTION + STORAGE);
  world.input({ kind: "gnss" });
  world.run(6000);
  assert.equal([report(world).passed, report(world).failed], [STORAGE, 0]);
  assert.equal(wishes(world, "locate"), []);
});

test.run();
