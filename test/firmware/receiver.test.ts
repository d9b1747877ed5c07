// When the receiver searches: in a rest of the radio, and not where nothing moved since it searched last.
// The radio's own part in a rest is for test/modem/lull.test.ts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import { startLocating } from "../../firmware/core/locate.ts";
import { FALL_GRACE_S_KEY, TRACK_S_KEY, ZONE_KEY_MIN } from "../../protocol/settings.ts";
import { zoneOctets } from "../../sdk/zone-text.ts";
import { command } from "./orders.ts";
import { readyWorld, type World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START_S = 250_000_000;
const LATITUDE = 366_800_000;
const LONGITUDE = 1_170_653_400;
const MOVED = 1;
const WORKS = 4;
const ZONE_S = 300;

test.before.each(() => {
  abilities.zones = true;
  abilities.motion = true;
});
test.after.each(() => {
  abilities.zones = false;
  abilities.motion = false;
});

const held = (text: string) => String.fromCharCode(...(zoneOctets(text) ?? []));
const HOME = held("36.68,117.06534,300");
/** Where the wearer is not. */
const AWAY = held("36.69,117.06534,300");

const feel = (world: World, what: number) => world.input({ kind: "motion", what });

/** Sets a zone round home, or a track of a point each half hour, with a sensor that works. */
function placeWorld(what: "zone" | "track"): World {
  const world = readyWorld();
  world.input({ kind: "clock", timeS: START_S, source: "satellite" });
  if (what === "zone") world.set(ZONE_KEY_MIN, HOME);
  else world.set(TRACK_S_KEY, ZONE_S);
  world.run(1000);
  feel(world, WORKS);
  return world;
}

function fix(world: World, northM = 0): void {
  const latitude = LATITUDE + northM * 90;
  world.input({ kind: "fix", latitude, longitude: LONGITUDE, uncertaintyM: 10, timeS: 0 });
}

function wishes(world: World) {
  return world.trace.flatMap(({ atMs, effect }) =>
    effect.kind === "locate" ? [{ atMs, on: effect.on }] : [],
  );
}

const searches = (world: World) => wishes(world).filter(({ on }) => on).length;
const isOn = (world: World) => wishes(world).at(-1)?.on === true;
const levels = (world: World) =>
  world.trace.flatMap(({ effect }) => (effect.kind === "motion" ? [effect.level] : []));
const ended = (world: World) =>
  world.trace.flatMap(({ effect }) => (effect.kind === "search" ? [effect.behindMs] : []));

/** Lies there; the sensor says each half hour that it works, and each search finds `northM`, if anything. */
function lie(world: World, ms: number, found: number | undefined, isSilent = false): void {
  for (let minute = 0; minute < ms / MINUTE_MS; minute++) {
    if (!isSilent && minute % 30 === 0) feel(world, WORKS);
    world.run(MINUTE_MS / 2);
    if (found !== undefined && isOn(world)) fix(world, found);
    world.run(MINUTE_MS / 2);
  }
}

for (const what of ["zone", "track"] as const) {
  test(`what is searched for while the radio looks for a network is searched for in its rest: ${what}`, () => {
    const world = placeWorld(what);
    world.radio("searching");
    world.run(10 * MINUTE_MS);
    assert.is(searches(world), 0, "the path is the network's");
    world.radio("off");
    world.run(1000);
    assert.is(searches(world), 1);
    const [{ atMs }] = wishes(world);
    world.run(100_000);
    const wholeMs = what === "zone" ? 90_000 : 60_000;
    assert.is((wishes(world)[1]?.atMs ?? 0) - atMs, wholeMs, "and has its whole time");
    world.radio("searching");
    fix(world);
    assert.is(searches(world), 1);
  });

  test(`a search that was begun runs out though the network comes and goes: ${what}`, () => {
    const world = placeWorld(what);
    world.run(ZONE_S * 1000);
    assert.ok(isOn(world));
    for (let i = 0; i < 12; i++) {
      world.radio(i % 2 === 0 ? "searching" : "ready");
      world.run(10_000);
    }
    assert.is(searches(world), 1);
    assert.not.ok(isOn(world));
  });

  test(`a pager that lies still where it was found is not searched for again for six hours: ${what}`, () => {
    const world = placeWorld(what);
    lie(world, 10 * MINUTE_MS, 0);
    assert.is(searches(world), 1);
    lie(world, 5.7 * HOUR_MS, 0);
    assert.is(searches(world), 1);
    lie(world, 0.5 * HOUR_MS, 0);
    assert.is(searches(world), 2);
  });

  test(`a pager that lies still and was not found is searched for again behind an hour: ${what}`, () => {
    const world = placeWorld(what);
    lie(world, 15 * MINUTE_MS, undefined);
    assert.is(searches(world), 1);
    lie(world, 5 * HOUR_MS, undefined);
    assert.ok(searches(world) >= 5 && searches(world) <= 6, `${searches(world)}`);
  });

  test(`a movement is followed by a search as soon as one is due: ${what}`, () => {
    const world = placeWorld(what);
    lie(world, HOUR_MS, 0);
    const before = searches(world);
    feel(world, MOVED);
    lie(world, ZONE_S * 1000 + MINUTE_MS, 0);
    // Twice where the first one fell into the minute in which a movement is told once.
    const behind = searches(world);
    assert.ok(behind === before + 1 || behind === before + 2, `${before}, ${behind}`);
    lie(world, HOUR_MS, 0);
    assert.is(searches(world), behind);
  });

  test(`who moves while the search goes on is searched for again: ${what}`, () => {
    const world = placeWorld(what);
    world.run(ZONE_S * 1000);
    assert.ok(isOn(world));
    feel(world, MOVED);
    fix(world);
    lie(world, 2 * ZONE_S * 1000, 0);
    assert.ok(searches(world) >= 2);
  });

  test(`a sensor that is silent holds back no search, nor one that has died: ${what}`, () => {
    const silent = readyWorld();
    silent.input({ kind: "clock", timeS: START_S, source: "satellite" });
    if (what === "zone") silent.set(ZONE_KEY_MIN, HOME);
    else silent.set(TRACK_S_KEY, ZONE_S);
    lie(silent, HOUR_MS, 0, true);
    assert.ok(searches(silent) >= 9, `${searches(silent)}`);
    const died = placeWorld(what);
    lie(died, 2 * HOUR_MS, 0);
    const before = searches(died);
    lie(died, 2 * HOUR_MS, 0, true);
    assert.ok(searches(died) - before >= 9, `${searches(died) - before}`);
  });

  test(`what ended while the radio had the path says nothing about the place: ${what}`, () => {
    const world = placeWorld(what);
    world.run(ZONE_S * 1000);
    world.radio("searching");
    world.run(2 * MINUTE_MS);
    assert.not.ok(isOn(world));
    world.radio("ready");
    lie(world, ZONE_S * 1000 + MINUTE_MS, 0);
    assert.is(searches(world), 2);
  });

  test(`a board without an accelerometer searches as ever: ${what}`, () => {
    abilities.motion = false;
    const world = placeWorld(what);
    lie(world, HOUR_MS, 0);
    assert.ok(searches(world) >= 9);
    assert.equal(levels(world), []);
  });

  test(`the sensor runs for movements alone while it is wanted for a place: ${what}`, () => {
    const world = placeWorld(what);
    assert.equal(levels(world), [1]);
    world.set(FALL_GRACE_S_KEY, 30);
    world.run(1000);
    world.set(FALL_GRACE_S_KEY, 0);
    world.run(MINUTE_MS);
    world.set(TRACK_S_KEY, 0);
    world.set(ZONE_KEY_MIN, "");
    world.run(MINUTE_MS);
    assert.equal(levels(world), [1, 2, 1, 0]);
  });
}

test("no point is made of a wearer who lies still, as none is made of a wearer who is found there again", () => {
  const world = placeWorld("track");
  lie(world, 3 * HOUR_MS, 0);
  assert.is(world.platform.ofLetter("t").length, 1);
});

test("whom somebody asks for is searched for, however still he or she lies", () => {
  const world = placeWorld("track");
  lie(world, HOUR_MS, 0);
  const before = searches(world);
  command(world, (moment) => startLocating(moment, 7, 120));
  world.run(1000);
  assert.is(searches(world), before + 1);
  fix(world);
  world.run(1000);
  assert.is(world.platform.ofLetter("t").length, 2);
});

test("a zone that is set over a wearer who lies still is armed by the place that is known", () => {
  const world = placeWorld("zone");
  world.set(ZONE_KEY_MIN, AWAY);
  lie(world, HOUR_MS, 0);
  world.set(ZONE_KEY_MIN, HOME);
  lie(world, 10 * MINUTE_MS, 0);
  const before = searches(world);
  assert.is(before, 1);
  feel(world, MOVED);
  lie(world, 20 * MINUTE_MS, 900);
  assert.is(world.platform.ofLetter("Z").length, 1);
});

test("what may be a leaving is looked at again though nothing moves", () => {
  const world = placeWorld("zone");
  lie(world, 12 * MINUTE_MS, 0);
  const from = world.trace.length;
  feel(world, MOVED);
  lie(world, 15 * MINUTE_MS, 900);
  assert.is(world.platform.ofLetter("Z").length, 1);
  const effects = world.trace.slice(from).map(({ effect }) => effect);
  const raised = effects.findIndex((effect) => effect.kind === "cue" && effect.name === "raised");
  const before = effects.slice(0, raised).filter(({ kind }) => kind === "locate");
  assert.equal(
    before.map((effect) => effect.kind === "locate" && effect.on),
    [true, false, true],
    "by a second fix",
  );
});

test("an alarm takes the path from a search in a rest, and begins its own when the radio is ready", () => {
  const world = placeWorld("zone");
  world.radio("off");
  world.run(ZONE_S * 1000);
  assert.ok(isOn(world));
  world.hold();
  assert.not.ok(isOn(world));
  const kinds = world.trace.map(({ effect }) => effect.kind);
  assert.ok(kinds.lastIndexOf("urgent") > 0);
  world.radio("searching");
  world.run(20 * MINUTE_MS);
  assert.not.ok(isOn(world));
  world.radio("ready");
  world.run(1000);
  assert.ok(isOn(world));
});

test("a press ends a rest of the radio at its first edge, long before the hold", () => {
  const world = placeWorld("zone");
  world.radio("off");
  world.run(MINUTE_MS);
  assert.equal(ended(world), []);
  world.input({ kind: "key", down: true });
  assert.equal(ended(world), [0]);
});

test("the charger ends a rest of the radio, once; a movement does behind two minutes of it", () => {
  const world = placeWorld("zone");
  world.radio("off");
  for (let i = 0; i < 3; i++) world.input({ kind: "battery", batteryMv: 4000, charging: true });
  assert.equal(ended(world), [0]);
  feel(world, WORKS);
  feel(world, MOVED);
  assert.equal(ended(world), [0, 120_000]);
});

test("a radio that is not at rest is told nothing of presses, movements and the charger", () => {
  for (const state of ["starting", "searching", "denied", "ready"] as const) {
    const world = placeWorld("zone");
    world.radio(state);
    world.press(100);
    feel(world, MOVED);
    world.input({ kind: "battery", batteryMv: 4000, charging: true });
    assert.equal(ended(world), [], state);
  }
});

test.run();
