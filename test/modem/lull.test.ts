// Rests between two searches that found no network: how long, what ends them, and what the receiver does.
// Driver and simulated modem; who asks for fixes is for test/firmware/receiver.test.ts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const LIGHTLY = 1;
const DEEPLY = 0;
const REGISTERS_MS = 180000;
const FIX_MS = 30000;

const ready = (world: World) => () => world.radioState() === "ready";
const off = (world: World) => () => world.radioState() === "off";
const flights = (world: World) => world.writes.filter(({ text }) => text.startsWith("AT+CFUN=4"));
const fixes = (world: World) => world.inputs.filter(({ kind }) => kind === "fix").length;

/** What was said of the radio, with its times. */
function said(world: World) {
  return world.inputs.flatMap((input) => (input.kind === "radio" ? [input] : []));
}

function lostWorld(options: WorldOptions = {}, rest = LIGHTLY): World {
  const world = createWorld(options);
  world.modem.setCoverage(false);
  world.start();
  world.rest(rest);
  return world;
}

/** In the first rest for so long. */
function restingWorld(forMs = MINUTE, options: WorldOptions = {}): World {
  const world = lostWorld(options);
  assert.ok(world.runUntil(5 * MINUTE, () => flights(world).length > 0) !== undefined);
  world.clock.advanceBy(forMs);
  assert.is(world.radioState(), "off");
  return world;
}

/** Minutes of each rest, by what the core was told. */
function restsMin(world: World): number[] {
  const states = said(world);
  return states.flatMap(({ state, atMs }, at) =>
    at > 0 && state === "off" && at + 1 < states.length
      ? [Math.round((states[at + 1].atMs - atMs) / MINUTE)]
      : [],
  );
}

for (const [name, rest, rests] of [
  ["reachable", LIGHTLY, [5, 10, 15, 15, 15]],
  ["beat", DEEPLY, [20, 40, 60, 60, 60]],
] as const) {
  test(`without coverage the radio rests between searches, longer each time, profile ${name}`, () => {
    const world = lostWorld({}, rest);
    world.runUntil(6 * HOUR, () => restsMin(world).length >= 5);
    assert.equal(restsMin(world).slice(0, 5), rests);
    assert.equal(world.modem.violations, []);
  });
}

test("before each rest it searches for as long as a registration may take", () => {
  const world = lostWorld();
  world.runUntil(2 * HOUR, () => false);
  const states = said(world);
  const spans = states.flatMap(({ state, atMs }, at) =>
    state === "searching" && at + 1 < states.length ? [states[at + 1].atMs - atMs] : [],
  );
  assert.ok(spans.length > 4);
  for (const span of spans) assert.ok(span >= REGISTERS_MS && span < 200000, `${span} ms`);
});

test("in a rest the radio is off, the port is released and the modem sleeps", () => {
  const world = restingWorld();
  const port = world.events.filter(({ text }) => text.startsWith("port ")).at(-1);
  assert.is(port?.text, "port released");
  assert.is(world.modem.power, "on");
  const before = world.writes.length;
  world.clock.advanceBy(3 * MINUTE);
  assert.is(world.writes.length, before, "and is left alone");
});

test("coverage that comes back is found behind the rest, and the next loss begins with the short rest", () => {
  const world = restingWorld();
  world.modem.setCoverage(true);
  assert.ok(world.runUntil(6 * MINUTE, ready(world)) !== undefined);
  assert.ok(world.deliver("one", MINUTE) !== undefined);
  world.runUntil(2 * MINUTE, () => false);
  world.modem.setCoverage(false);
  assert.ok(world.runUntil(5 * MINUTE, off(world)) !== undefined);
  assert.ok(world.runUntil(6 * MINUTE, () => world.radioState() === "searching") !== undefined);
});

/** From here to the search in which it is found. */
function foundWithin(world: World, limitMs: number): void {
  world.modem.setCoverage(true);
  assert.ok(world.runUntil(limitMs, ready(world)) !== undefined);
  assert.equal(world.modem.violations, []);
}

test("an alarm ends a rest at once [design §4, pager §2.6]", () => {
  const world = restingWorld();
  world.urgent(true);
  foundWithin(world, 10000);
});

test("an alarm at any moment of going to rest waits for no rest", () => {
  for (let lateMs = 0; lateMs < 2000; lateMs += 90) {
    const world = lostWorld();
    world.runUntil(5 * MINUTE, () => flights(world).length > 0);
    world.clock.advanceBy(lateMs);
    world.urgent(true);
    foundWithin(world, 10000);
  }
});

test("with an alarm open no rest begins, however long nothing is found", () => {
  const world = lostWorld();
  world.urgent(true);
  world.runUntil(3 * HOUR, () => false);
  assert.equal(flights(world), []);
});

test("what happens to the pager ends a rest, where the rest has lasted as long as that asks for", () => {
  const early = restingWorld(MINUTE);
  early.search(2 * MINUTE);
  early.clock.advanceBy(5000);
  assert.is(early.radioState(), "off");
  early.search(0);
  foundWithin(early, 10000);
  const late = restingWorld(2 * MINUTE);
  late.search(2 * MINUTE);
  foundWithin(late, 10000);
});

test("a search that goes on is not begun anew by what ends a rest", () => {
  const world = lostWorld();
  world.runUntil(2 * MINUTE, () => false);
  const before = world.writes.filter(({ text }) => text.startsWith("ATE0")).length;
  world.search(0);
  world.clock.advanceBy(5000);
  assert.is(world.writes.filter(({ text }) => text.startsWith("ATE0")).length, before);
  assert.is(world.radioState(), "searching");
});

test("a way to the platform that is changed in a rest is tried at once", () => {
  const world = restingWorld();
  world.elsewhere("other.apn");
  foundWithin(world, 10000);
});

test("in a rest satellites are searched for, and the rest goes on behind them", () => {
  const world = restingWorld();
  world.locate(true);
  assert.ok(world.runUntil(FIX_MS, () => fixes(world) > 0) !== undefined);
  assert.is(world.radioState(), "off");
  world.locate(false);
  world.clock.advanceBy(5000);
  const port = world.events.filter(({ text }) => text.startsWith("port ")).at(-1);
  assert.is(port?.text, "port released");
  assert.ok(world.writes.some(({ text }) => text.startsWith("AT+QGPSEND")));
  world.modem.setCoverage(true);
  assert.ok(world.runUntil(6 * MINUTE, ready(world)) !== undefined);
  assert.equal(world.modem.violations, []);
});

test("the receiver holds back no search: at the end of a rest, or in an alarm, the path is the network's", () => {
  for (const alarm of [false, true]) {
    const world = restingWorld();
    world.locate(true);
    world.runUntil(FIX_MS, () => fixes(world) > 0);
    if (alarm) world.urgent(true);
    foundWithin(world, alarm ? 10000 : 5 * MINUTE);
  }
});

test("a modem that says nothing when its radio is to be off is for the ladder, not for a rest", () => {
  let deaf = false;
  const world = lostWorld({ onSerial: (text) => (deaf ? "" : text) });
  world.runUntil(5 * MINUTE, () => flights(world).length > 0);
  deaf = true;
  world.clock.advanceBy(20000);
  deaf = false;
  world.modem.setCoverage(true);
  assert.ok(world.runUntil(2 * MINUTE, ready(world)) !== undefined);
});

test("a start of the processor in a rest switches the radio on again", () => {
  const world = restingWorld();
  // As a board sets its port up.
  world.modem.rest(false);
  world.clock.advanceBy(1000);
  world.restart();
  foundWithin(world, MINUTE);
});

test("a network that takes three minutes is found without an alarm", () => {
  const world = createWorld({ modem: { timing: { registerMs: REGISTERS_MS } } });
  world.start();
  assert.ok(world.runUntil(4 * MINUTE, ready(world)) !== undefined);
});

test("the rungs of the ladder are climbed between the rests, those that restart the modem too", () => {
  const world = lostWorld();
  world.runUntil(3 * HOUR, () => false);
  const restarts = world.writes.filter(({ text }) => text.startsWith("AT+CFUN=1,1")).length;
  assert.ok(restarts >= 1);
});

test.run();
