// A fall with its grace, and no movement by day: what is asked, taken back, raised, and kept over a cut.
// What is a fall is for fall.test.ts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import {
  DAY_FROM_H_KEY,
  FALL_GRACE_S_KEY,
  STILL_S_KEY,
  UTC_OFFSET_MIN_KEY,
} from "../../protocol/settings.ts";
import { change, knownWorld, resultOf } from "./known-world.ts";
import { PowerCut } from "./storage.ts";
import { readyWorld, type World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MOVED = 1;
const FELL = 2;

test.before.each(() => {
  abilities.motion = true;
});
test.after.each(() => {
  abilities.motion = false;
});

function motionWorld(graceS: number, stillS = 0): World {
  const world = readyWorld();
  world.set(FALL_GRACE_S_KEY, graceS);
  world.set(STILL_S_KEY, stillS);
  world.run(100);
  return world;
}

const feel = (world: World, what: number) => world.input({ kind: "motion", what });
const letters = (world: World) =>
  world.platform.stored.map(({ letter }) => letter).filter((letter) => !"bwh".includes(letter));
const wishes = (world: World) =>
  world.trace.flatMap(({ effect }) => (effect.kind === "motion" ? [effect.level] : []));

/** Two in the afternoon of the day that `setHour` sets. */
const LATER_S = Date.UTC(2027, 5, 1, 14) / 1000 - Date.UTC(2020, 0, 1) / 1000;

/** The hour of day where the wearer lives. */
function setHour(world: World, hour: number): void {
  world.set(UTC_OFFSET_MIN_KEY, 0);
  const timeS = Date.UTC(2027, 5, 1, hour) / 1000 - Date.UTC(2020, 0, 1) / 1000;
  world.input({ kind: "clock", timeS, source: "platform" });
}

test("nothing is felt until a desk sets it, and the sensor sleeps till then and behind it", () => {
  const world = readyWorld();
  feel(world, FELL);
  world.run(24 * HOUR_MS);
  assert.equal([letters(world), wishes(world)], [[], []]);
  world.set(FALL_GRACE_S_KEY, 30);
  world.run(MINUTE_MS);
  world.set(FALL_GRACE_S_KEY, 0);
  world.run(MINUTE_MS);
  assert.equal(wishes(world), [2, 0]);
});

test("behind a fall the wearer is asked again and again, and help is called when the grace is over", () => {
  const world = motionWorld(30);
  const startMs = world.nowMs;
  feel(world, FELL);
  feel(world, FELL + MOVED);
  world.run(29_900);
  assert.equal(world.cues(), ["fallen", "fallen", "fallen", "fallen", "fallen"]);
  assert.equal(letters(world), []);
  world.run(1000);
  assert.equal(letters(world), ["F"]);
  assert.equal(world.cues().slice(5), ["raised", "delivered"]);
  const raised = world.trace.find(
    ({ effect }) => effect.kind === "cue" && effect.name === "raised",
  );
  assert.is((raised?.atMs ?? 0) - startMs, 30_000);
});

test("a click in the grace takes the fall back and is a check-in as ever", () => {
  const world = motionWorld(30);
  feel(world, FELL);
  world.run(10_000);
  world.press(100);
  world.run(HOUR_MS);
  assert.equal(letters(world), ["c"]);
  world.reboot();
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.equal(letters(world), ["c"], "a start raises none that was taken back");
});

test("clicks without end, as water in the key makes them, take no fall back", () => {
  const world = motionWorld(30);
  for (let i = 0; i < 8; i++) {
    world.press(100);
    world.run(1000);
  }
  feel(world, FELL);
  world.run(1000);
  world.press(100);
  world.run(30_000);
  assert.ok(letters(world).includes("F"));
});

test("a hold in the grace is an SOS, and the fall goes beside it at once", () => {
  const world = motionWorld(60);
  feel(world, FELL);
  world.hold();
  world.run(2000);
  assert.equal(letters(world), ["s", "F"]);
  assert.is(world.state.alarm.letter, "s");
});

test("a fall with an alarm open is told beside it at once, and no cue asks", () => {
  const world = motionWorld(60);
  world.hold();
  world.run(1000);
  const before = world.cues().length;
  feel(world, FELL);
  world.run(1000);
  assert.equal(letters(world), ["s", "F"]);
  assert.equal(world.cues().slice(before), []);
});

test("power that goes in a grace is no click: the start behind it raises the fall at once", () => {
  const world = motionWorld(60);
  feel(world, FELL);
  world.reboot();
  assert.is(world.state.alarm.letter, "F");
  world.radio("ready");
  world.run(5000);
  assert.equal(letters(world), ["F"]);
  world.reboot();
  world.run(MINUTE_MS);
  assert.equal(letters(world), ["F"]);
});

test("a cut at any stroke behind the first cue raises the fall once, and under one number", () => {
  let cuts = 0;
  for (let cutAt = 0; ; cutAt++) {
    const world = motionWorld(20);
    world.storage.cutAt = world.storage.strokes + cutAt;
    let cut = false;
    try {
      feel(world, FELL);
      world.run(MINUTE_MS);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      cut = true;
    }
    const asked = world.cues().includes("fallen");
    if (cut) {
      cuts += 1;
      world.reboot();
      world.radio("ready");
      world.run(MINUTE_MS);
    }
    const numbers = new Set(world.platform.ofLetter("F").map(({ report }) => report.number));
    if (asked) assert.is(numbers.size, 1, `cut ${cutAt}`);
    else assert.ok(numbers.size <= 1, `cut ${cutAt}`);
    if (!cut) break;
  }
  assert.ok(cuts > 8, `${cuts} cuts`);
});

test("no movement for as long as the settings say is told once, with that span, until something moves", () => {
  const world = motionWorld(0, 7200);
  feel(world, MOVED);
  world.run(7200_000 - 2 * MINUTE_MS);
  assert.equal(letters(world), []);
  world.run(3 * MINUTE_MS);
  assert.equal(letters(world), ["N"]);
  assert.is((world.platform.ofLetter("N")[0].report as { stillS?: number }).stillS, 7200);
  world.run(5 * HOUR_MS);
  assert.is(world.platform.ofLetter("N").length, 1);
  feel(world, MOVED);
  world.run(3 * HOUR_MS);
  assert.is(world.platform.ofLetter("N").length, 2);
});

test("who moves now and then, clicks, or has the pager on the charger is not reported", () => {
  for (const act of [
    (world: World) => feel(world, MOVED),
    (world: World) => world.press(100),
    (world: World) => world.input({ kind: "battery", batteryMv: 4100, charging: true }),
  ]) {
    const world = motionWorld(0, 3600);
    for (let i = 0; i < 12; i++) {
      act(world);
      world.run(50 * MINUTE_MS);
    }
    assert.not.ok(letters(world).includes("N"));
  }
});

test("a night without movement is none: stillness is counted from the first hour of day", () => {
  const world = motionWorld(0, 7200);
  world.set(DAY_FROM_H_KEY, 8);
  setHour(world, 21);
  feel(world, MOVED);
  world.run(12.9 * HOUR_MS);
  assert.not.ok(letters(world).includes("N"), "9:54");
  world.run(0.2 * HOUR_MS);
  assert.ok(letters(world).includes("N"), "10:06");
});

const TEN = 10;
/** Time goes on while the pager is off, and the network tells it again. */
function restart(world: World, offMs: number, known = true): void {
  const timeS = world.state.clock.timeS + Math.round((world.nowMs - world.state.clock.atMs) / 1000);
  world.reboot();
  world.radio("ready");
  if (known)
    world.input({ kind: "clock", timeS: timeS + Math.round(offMs / 1000), source: "network" });
}

function stillWorld(stillS: number): World {
  const world = motionWorld(0, stillS);
  setHour(world, TEN);
  feel(world, MOVED);
  return world;
}

test("stillness goes on behind a restart: one in each hour hides nobody who lies there", () => {
  const world = stillWorld(7200);
  for (const runMs of [65 * MINUTE_MS, 30 * MINUTE_MS, 23 * MINUTE_MS]) {
    assert.not.ok(letters(world).includes("N"));
    world.run(runMs);
    restart(world, 20_000);
  }
  world.run(3 * MINUTE_MS);
  assert.equal(
    letters(world).filter((letter) => letter === "N"),
    ["N"],
  );
});

test("who moves behind the half of the span, or before the time is known, is not taken for still by a restart", () => {
  for (const move of [
    (world: World) => {
      feel(world, MOVED);
      restart(world, 20_000);
    },
    (world: World) => {
      restart(world, 20_000, false);
      feel(world, MOVED);
      world.input({ kind: "clock", timeS: LATER_S, source: "network" });
    },
    (world: World) => {
      world.input({ kind: "battery", batteryMv: 4100, charging: true });
      world.input({ kind: "battery", batteryMv: 4100, charging: false });
      restart(world, 20_000);
    },
  ]) {
    const world = stillWorld(7200);
    world.run(100 * MINUTE_MS);
    move(world);
    world.run(115 * MINUTE_MS);
    assert.not.ok(letters(world).includes("N"));
  }
});

test("stillness begins anew where nobody tells the time, and where the pager was off for longer than its span", () => {
  for (const again of [
    (world: World) => restart(world, 20_000, false),
    (world: World) => restart(world, 7200_000),
    (world: World) => restart(world, -7200_000),
  ]) {
    const world = stillWorld(7200);
    world.run(100 * MINUTE_MS);
    again(world);
    world.run(115 * MINUTE_MS);
    assert.not.ok(letters(world).includes("N"));
    world.run(10 * MINUTE_MS);
    assert.ok(letters(world).includes("N"));
  }
});

test("of stillness one record is written at its half and one at its end, of a movement and of short spans none", () => {
  const world = stillWorld(7200);
  const writes = () => world.count("write");
  world.run(5 * MINUTE_MS);
  const before = writes();
  for (let i = 0; i < 20; i++) {
    world.run(2 * MINUTE_MS);
    feel(world, MOVED);
  }
  assert.is(writes(), before);
  world.run(70 * MINUTE_MS);
  assert.is(writes(), before + 1);
  feel(world, MOVED);
  assert.is(writes(), before + 2);
  world.set(STILL_S_KEY, 3600);
  for (let i = 0; i < 10; i++) {
    world.run(45 * MINUTE_MS);
    feel(world, MOVED);
  }
  assert.is(writes(), before + 2);
});

test("both are set by command; a board that feels nothing refuses them", () => {
  const world = knownWorld();
  const set = (version: number, key: number, value: number) => {
    const id = change(world, version, [key, value]);
    world.run(1000);
    return resultOf(world, id);
  };
  assert.equal(set(1, FALL_GRACE_S_KEY, 30), [0, 0]);
  assert.equal(set(2, STILL_S_KEY, 3600), [0, 0]);
  abilities.motion = false;
  assert.equal(set(3, FALL_GRACE_S_KEY, 0), [2, FALL_GRACE_S_KEY]);
  assert.equal(set(3, STILL_S_KEY, 0), [2, STILL_S_KEY]);
});

test.run();
