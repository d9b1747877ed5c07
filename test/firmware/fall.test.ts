// The fall detector: drawn motions, what changes nothing, and what an int32 must bear.
// Recordings of people are for `onekey falls`, where they lie on disk; none is in this project.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FELL, MOVED, newFallWatch, SAMPLES, takeSecond } from "../../firmware/motion/fall.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { MOTIONS, type MotionName, motionOf, type Vector } from "../../tools/simulator/motion.ts";

const SEEDS = 40;

/** What each second said; a second that isn't whole at the end is not looked at. */
function seconds(samples: readonly Vector[], from = 0): number[] {
  const watch = newFallWatch();
  const said: number[] = [];
  for (let at = from; at + SAMPLES <= samples.length; at += SAMPLES) {
    said.push(takeSecond(nodeMachine, watch, samples.slice(at, at + SAMPLES).flat()));
  }
  return said;
}

const falls = (said: readonly number[]) => said.filter((one) => one >= FELL).length;
const fallsOf = (name: MotionName, seed: number) =>
  falls(seconds(motionOf(name, createChance(seed))));

for (const name of ["fallForward", "fallBackward", "fallSideways", "fallFromChair"] as const) {
  test(`a fall is told, and once: ${name}`, () => {
    for (let seed = 0; seed < SEEDS; seed++) assert.is(fallsOf(name, seed), 1, `seed ${seed}`);
  });
}

const HARMLESS = MOTIONS.filter((name) => !/^fall|Dropped/.test(name));
for (const name of HARMLESS) {
  test(`what is no fall is not told as one: ${name}`, () => {
    for (let seed = 0; seed < SEEDS; seed++) assert.is(fallsOf(name, seed), 0, `seed ${seed}`);
  });
}

test("a pager that is dropped counts as a fall: nothing tells it from a person, but the grace", () => {
  for (let seed = 0; seed < SEEDS; seed++) assert.is(fallsOf("pagerDropped", seed), 1);
});

test("who gets up again within three seconds is not told as fallen", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const chance = createChance(seed);
    const fall = motionOf("fallForward", chance);
    const blowAt = fall.findIndex((one) => Math.hypot(...one) > 2000);
    const samples = [...fall.slice(0, blowAt + 25), ...motionOf("walk", chance)];
    assert.is(falls(seconds(samples)), 0, `seed ${seed}`);
  }
});

test("who goes on moving behind a blow is not told as fallen, in whatever posture", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const fall = motionOf("fallForward", createChance(seed));
    const blowAt = fall.findIndex((one) => Math.hypot(...one) > 2000);
    const moving = fall.map((one, i): Vector => {
      const share = i > blowAt + 3 ? 1 + 0.6 * Math.sin(i) : 1;
      return [one[0] * share, one[1] * share, one[2] * share].map(Math.round) as Vector;
    });
    assert.is(falls(seconds(moving)), 0, `seed ${seed}`);
  }
});

test("who falls while running is told: every blow moves what is looked at, for ten seconds", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const chance = createChance(seed);
    const samples = [
      ...motionOf("rest", chance).slice(0, 100),
      ...motionOf("run", chance).slice(0, 7 * SAMPLES),
      ...motionOf("fallSideways", chance).slice(5 * SAMPLES),
    ];
    assert.is(falls(seconds(samples)), 1, `seed ${seed}`);
  }
});

/** All turns of a sensor about its axes. */
const TURNS: ((vector: Vector) => Vector)[] = [
  ([x, y, z]) => [y, z, x],
  ([x, y, z]) => [z, x, y],
  ([x, y, z]) => [-x, -y, z],
  ([x, y, z]) => [y, -x, z],
  ([x, y, z]) => [-z, y, x],
];

test("how the sensor is soldered in changes nothing", () => {
  const arbitrary = fc.tuple(fc.constantFrom(...MOTIONS), fc.integer(), fc.constantFrom(...TURNS));
  fc.assert(
    fc.property(arbitrary, ([name, seed, turned]) => {
      const samples = motionOf(name, createChance(seed));
      assert.equal(seconds(samples.map(turned)), seconds(samples));
    }),
    { numRuns: 150 },
  );
});

test("how the pager hangs changes no fall, whatever the turn", () => {
  const angle = fc.integer({ min: 0, max: 359 });
  fc.assert(
    fc.property(fc.constantFrom(...MOTIONS), fc.nat(1000), angle, angle, (name, seed, a, b) => {
      const samples = motionOf(name, createChance(seed));
      const turned = samples.map((one) => about(about(one, 0, 1, a), 1, 2, b));
      assert.is(falls(seconds(turned)), falls(seconds(samples)));
    }),
    { numRuns: 150 },
  );
});

function about(vector: Vector, from: number, to: number, degrees: number): Vector {
  const angle = (degrees * Math.PI) / 180;
  const turned: Vector = [...vector];
  turned[from] = Math.round(vector[from] * Math.cos(angle) - vector[to] * Math.sin(angle));
  turned[to] = Math.round(vector[from] * Math.sin(angle) + vector[to] * Math.cos(angle));
  return turned;
}

test("where in a second a fall begins changes nothing", () => {
  for (let from = 0; from < SAMPLES; from++) {
    const samples = motionOf("fallBackward", createChance(3));
    assert.is(falls(seconds(samples, from)), 1, `${from}`);
  }
});

test("any samples of a sensor of 16 g leave whole numbers of 32 bits, and memory of one size", () => {
  const value = fc.integer({ min: -16000, max: 16000 });
  const second = fc.array(value, { minLength: 75, maxLength: 75 });
  fc.assert(
    fc.property(fc.array(second, { maxLength: 30 }), (all) => {
      const watch = newFallWatch();
      for (const samples of all) {
        const said = takeSecond(nodeMachine, watch, samples);
        assert.ok(said >= 0 && said <= MOVED + FELL);
        const held = Object.values(watch).flat();
        assert.ok(held.length <= 28);
        assert.ok(held.every((one) => one === (one | 0)));
      }
    }),
    { numRuns: 100 },
  );
});

test("a pager that lies has not moved, one that is worn has", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const rests = seconds(motionOf("rest", createChance(seed)));
    assert.ok(rests.slice(1).every((one) => one === 0));
    for (const name of ["walk", "bend", "sitDown", "turnInBed", "carRide"] as const) {
      const said = seconds(motionOf(name, createChance(seed)));
      assert.ok(said.includes(MOVED), `${name} ${seed}`);
    }
  }
});

test.run();
