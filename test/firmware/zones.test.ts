// Zones that the wearer leaves: what raises a concern and what doesn't, what outlives a reset.
// Positions come as fixes do; where a place lies to a zone is for zone.test.ts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import { ZONE_DWELL_S_KEY, ZONE_KEY_MIN, ZONE_S_KEY } from "../../protocol/settings.ts";
import { zoneOctets } from "../../sdk/zone-text.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createWalk } from "../../tools/simulator/gnss.ts";
import { change, knownWorld, resultOf } from "./known-world.ts";
import { PowerCut } from "./storage.ts";
import { readyWorld, type World } from "./world.ts";

const MINUTE_MS = 60_000;
const LATITUDE = 366_800_000;
const LONGITUDE = 1_170_653_400;
const HOME = "36.68,117.06534,300";
/** A tram's journey off: a wearer who is home is outside. */
const AWAY = "36.69,117.06534,300";
const SQUARE = "36.677,117.062 36.683,117.062 36.683,117.068 36.677,117.068";

test.before.each(() => {
  abilities.zones = true;
});
test.after.each(() => {
  abilities.zones = false;
});

/** As the pager holds it: one character an octet. */
const held = (text: string) => String.fromCharCode(...(zoneOctets(text) ?? []));

function zoneWorld(...zones: string[]): World {
  const world = readyWorld();
  zones.forEach((zone, at) => {
    world.set(ZONE_KEY_MIN + at, held(zone));
  });
  return world;
}

/** A fix so many metres north of home. */
function fix(world: World, northM: number, uncertaintyM = 10): void {
  const latitude = LATITUDE + northM * 90;
  world.input({ kind: "fix", latitude, longitude: LONGITUDE, uncertaintyM, timeS: 0 });
  world.run(1000);
}

/** Fixes of one place, each half a minute. */
function stay(world: World, northM: number, minutes: number, uncertaintyM = 10): void {
  for (let i = 0; i < 2 * minutes; i++) {
    fix(world, northM, uncertaintyM);
    world.run(29_000);
  }
}

function leave(world: World): void {
  stay(world, 0, 1);
  stay(world, 600, 3);
}

const zonesOf = (world: World) =>
  world.platform.ofLetter("Z").map(({ report }) => (report as { zone?: number }).zone);
const wishes = (world: World) =>
  world.trace.flatMap(({ atMs, effect }) =>
    effect.kind === "locate" ? [{ atMs, on: effect.on }] : [],
  );

test("without a zone nothing is searched for, however long", () => {
  const world = zoneWorld();
  world.run(24 * 60 * MINUTE_MS);
  assert.equal(wishes(world), []);
});

test("with a zone satellites are searched for now and then, until a fix comes or time is over [pager §4]", () => {
  const world = zoneWorld(HOME);
  const startMs = world.nowMs;
  world.run(301_000);
  assert.equal(
    wishes(world).map(({ on }) => on),
    [true],
  );
  fix(world, 0);
  assert.is(wishes(world).length, 2);
  world.run(301_000);
  world.run(91_000);
  const all = wishes(world);
  assert.equal(
    all.map(({ on }) => on),
    [true, false, true, false],
  );
  assert.ok(all[0].atMs - startMs <= 300_000);
  assert.is(all[3].atMs - all[2].atMs, 90_000);
  world.set(ZONE_KEY_MIN, "");
  world.run(1000);
  world.set(ZONE_KEY_MIN, held(HOME));
  world.run(302_000);
  world.set(ZONE_KEY_MIN, "");
  world.run(1000);
  assert.is(wishes(world).pop()?.on, false, "a zone that goes ends its search");
});

test("what may be a leaving is looked at again behind the dwell, not behind the long wait", () => {
  const world = zoneWorld(HOME);
  world.set(ZONE_S_KEY, 3600);
  stay(world, 0, 1);
  fix(world, 600);
  const before = wishes(world).length;
  world.run(120_000);
  assert.is(wishes(world).length, before + 1);
});

for (const zone of [HOME, SQUARE]) {
  test(`a zone that is left is told once, with its place in the list: ${zone}`, () => {
    const world = zoneWorld("", zone);
    leave(world);
    assert.equal(zonesOf(world), [2]);
    assert.is(world.cues()[0], "raised");
    stay(world, 900, 30);
    assert.equal(zonesOf(world), [2]);
  });
}

test("a return arms a zone anew", () => {
  const world = zoneWorld(HOME);
  leave(world);
  leave(world);
  assert.equal(zonesOf(world), [1, 1]);
});

test("a place that is no farther out than slack and uncertainty is no leaving", () => {
  for (const [northM, uncertaintyM] of [
    [345, 10],
    [355, 15],
    [600, 260],
  ]) {
    const world = zoneWorld(HOME);
    fix(world, 0);
    world.run(10 * MINUTE_MS);
    stay(world, northM, 10, uncertaintyM);
    assert.equal(zonesOf(world), [], `${northM} ± ${uncertaintyM} m`);
  }
});

test("fixes outside for less than the dwell are no leaving, nor one that comes back between", () => {
  const world = zoneWorld(HOME);
  world.set(ZONE_DWELL_S_KEY, 120);
  stay(world, 0, 1);
  stay(world, 600, 2);
  assert.equal(zonesOf(world), []);
  fix(world, 0);
  stay(world, 600, 2);
  assert.equal(zonesOf(world), [], "from the start");
  world.run(60_000);
  assert.equal(zonesOf(world), [], "time alone raises nothing");
  fix(world, 600);
  assert.equal(zonesOf(world), [1]);
});

test("a doubtful fix between two clear ones neither ends a leaving nor makes one", () => {
  const world = zoneWorld(HOME);
  stay(world, 0, 1);
  fix(world, 600);
  world.run(110_000);
  fix(world, 320);
  assert.equal(zonesOf(world), []);
  world.run(30_000);
  fix(world, 320);
  assert.equal(zonesOf(world), []);
  world.run(10_000);
  fix(world, 600);
  assert.equal(zonesOf(world), [1]);
});

test("a zone in which nobody was seen yet is not left, and one that was changed is another one", () => {
  const world = zoneWorld(AWAY);
  stay(world, 0, 10);
  assert.equal(zonesOf(world), []);
  world.set(ZONE_KEY_MIN, held(HOME));
  stay(world, 0, 1);
  world.set(ZONE_KEY_MIN, held(AWAY));
  stay(world, 0, 10);
  assert.equal(zonesOf(world), []);
});

test("a reset forgets no zone that is armed, and raises none that was raised", () => {
  const world = zoneWorld(HOME);
  stay(world, 0, 1);
  world.reboot();
  world.radio("ready");
  stay(world, 600, 3);
  assert.equal(zonesOf(world), [1]);
  for (let i = 0; i < 3; i++) {
    world.reboot();
    world.radio("ready");
    stay(world, 600, 5);
  }
  assert.equal(zonesOf(world), [1]);
});

test("a cut at any stroke of a leaving tells it once, and under one number", () => {
  let cuts = 0;
  for (let cutAt = 0; ; cutAt++) {
    const world = zoneWorld(HOME);
    stay(world, 0, 1);
    world.storage.cutAt = world.storage.strokes + cutAt;
    let cut = false;
    try {
      stay(world, 600, 4);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      cut = true;
    }
    if (cut) {
      cuts += 1;
      world.reboot();
      world.radio("ready");
      stay(world, 600, 5);
      world.run(MINUTE_MS);
    }
    const numbers = new Set(world.platform.ofLetter("Z").map(({ report }) => report.number));
    assert.is(numbers.size, 1, `cut ${cutAt}`);
    if (!cut) break;
  }
  assert.ok(cuts > 10, `${cuts} cuts`);
});

test("of two zones that are left at once each is told, the second when the first is delivered", () => {
  const world = zoneWorld(HOME, SQUARE);
  world.up = false;
  leave(world);
  stay(world, 600, 5);
  world.up = true;
  stay(world, 600, 5);
  assert.equal(new Set(zonesOf(world)), new Set([1, 2]));
  const numbers = new Set(world.platform.ofLetter("Z").map(({ report }) => report.number));
  assert.is(numbers.size, 2);
});

test("a zone that is left while an SOS is in hand goes beside it and changes no cue", () => {
  const world = zoneWorld(HOME);
  stay(world, 0, 1);
  world.hold();
  world.run(1000);
  const before = world.cues().length;
  stay(world, 600, 4);
  assert.is(world.state.alarm.letter, "s");
  assert.equal(zonesOf(world), [1]);
  assert.equal(world.cues().slice(before), []);
});

test("a walk around home for a day leaves no wide zone", () => {
  const world = zoneWorld("36.68012,117.06534,10000");
  const walk = createWalk({ chance: createChance(11) });
  for (let i = 0; i < 24 * 60; i++) {
    const seen = walk.fixAt(i * MINUTE_MS);
    assert.ok(seen);
    const [latitude, longitude] = [seen.latitude, seen.longitude].map((one) =>
      Math.round(one * 1e7),
    );
    world.input({ kind: "fix", latitude, longitude, uncertaintyM: 10, timeS: 0 });
    world.run(MINUTE_MS);
  }
  assert.equal(zonesOf(world), []);
  assert.ok(world.state.position.serial > 1400);
});

test("a zone is set by command; a board that watches none refuses it, and so does any pager a bad one", () => {
  const octets = (text: string) => String.fromCharCode(...(zoneOctets(text) ?? []));
  const world = knownWorld();
  const set = (version: number, value: string) => {
    const list = [ZONE_KEY_MIN, Buffer.from(value, "latin1")] as const;
    const id = change(world, version, list as unknown as [number, string]);
    world.run(1000);
    return resultOf(world, id);
  };
  assert.equal(set(1, octets(SQUARE)), [0, 0]);
  assert.equal(set(2, octets(SQUARE).slice(1)), [2, ZONE_KEY_MIN]);
  world.reboot();
  assert.is(world.state.settings.texts[ZONE_KEY_MIN - 64], octets(SQUARE));
  abilities.zones = false;
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.equal(set(2, octets(HOME)), [2, ZONE_KEY_MIN]);
});

test.run();
