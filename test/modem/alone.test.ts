// A fix that is wanted between beats: the modem wakes for satellites alone, with its radio off.
// What is sent meanwhile, and any alarm, wakes the rest of it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const DEEPLY = 0;
const NOT = -1;

/** Lets time pass with a tick each ten seconds, as the loop gives one. */
function pass(world: World, ms: number, rest = DEEPLY): void {
  for (let leftMs = ms; leftMs > 0; leftMs -= 10000) {
    world.clock.advanceBy(Math.min(leftMs, 10000));
    world.rest(rest);
  }
}

/** Asleep between beats. */
function sleepingWorld(options: WorldOptions = {}): World {
  const world = createWorld(options);
  world.start();
  world.rest(DEEPLY);
  assert.ok(world.runUntil(2 * MINUTE, () => world.radioState() === "ready") !== undefined);
  pass(world, 5 * MINUTE);
  assert.ok(["asleep", "off"].includes(world.modem.power));
  return world;
}

const since = (world: World, from: number) => world.writes.slice(from).map(({ text }) => text);
const fixes = (world: World) => world.inputs.filter(({ kind }) => kind === "fix").length;
const states = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "radio" ? [input.state] : []));

for (const grants of [true, false]) {
  test(`a fix between beats needs no network, and the modem sleeps again behind it, grants ${grants}`, () => {
    const world = sleepingWorld({ modem: { grants } });
    const from = world.writes.length;
    const told = states(world).length;
    world.locate(true);
    assert.ok(world.runUntil(MINUTE, () => fixes(world) > 0) !== undefined);
    world.locate(false);
    pass(world, MINUTE);
    const texts = since(world, from);
    assert.ok(texts.some((text) => text.startsWith("AT+CFUN=4")));
    assert.not.ok(texts.some((text) => /QIACT|QIOPEN|CEREG\?/.test(text)));
    assert.is(world.modem.power, "off");
    assert.not.ok(states(world).slice(told).includes("starting"), "a send may still wake it");
    assert.equal(world.modem.violations, []);
  });
}

test("satellites that are not found leave the modem asleep when they are wanted no more", () => {
  const world = sleepingWorld({ gnss: { fixAt: () => undefined } });
  world.locate(true);
  pass(world, MINUTE);
  world.locate(false);
  pass(world, MINUTE);
  assert.is(world.modem.power, "off");
  world.locate(true);
  world.clock.advanceBy(100);
  world.locate(false);
  pass(world, MINUTE);
  assert.is(world.modem.power, "off", "nor does a wish that was taken back at once");
});

test("help that is sent at any moment of a search for satellites is delivered within 45 s [pager §4]", () => {
  for (let lateMs = 0; lateMs < 30000; lateMs += 730) {
    const world = sleepingWorld();
    world.locate(true);
    world.clock.advanceBy(lateMs);
    world.send("help");
    world.urgent(true);
    world.rest(NOT);
    assert.ok(world.deliver("help", 45000) !== undefined, `${lateMs} ms`);
    assert.equal(world.modem.violations, []);
  }
});

test("a point that came of a fix is delivered, and the modem sleeps again behind it", () => {
  const world = sleepingWorld();
  world.locate(true);
  assert.ok(world.runUntil(MINUTE, () => fixes(world) > 0) !== undefined);
  world.locate(false);
  assert.ok(world.deliver("point", 45000) !== undefined);
  pass(world, 3 * MINUTE);
  assert.is(world.modem.power, "asleep");
  assert.equal(world.modem.violations, []);
});

test("an alarm without a word of its own wakes the radio too", () => {
  const world = sleepingWorld();
  world.locate(true);
  assert.ok(world.runUntil(MINUTE, () => fixes(world) > 0) !== undefined);
  pass(world, MINUTE, NOT);
  assert.is(world.radioState(), "ready");
  assert.ok(world.modem.power === "on");
});

test("a modem that hangs in a search for satellites is for the ladder", () => {
  const faults = scriptFaults([{ name: "hung", afterMs: 90000 }]);
  const world = sleepingWorld({ faults });
  const before = faults.counts.hung;
  world.locate(true);
  pass(world, 5 * MINUTE);
  assert.is(faults.counts.hung, before + 1);
  const flights = world.writes.filter(({ text }) => text.startsWith("AT+CFUN=4"));
  assert.is(flights.length, 2, "and it searches again");
  assert.ok(world.deliver("help", 45000) !== undefined);
  world.locate(false);
  pass(world, 3 * MINUTE);
  assert.is(world.modem.power, "asleep");
  assert.equal(world.modem.violations, []);
});

test.run();
