// Metres between two places by whole numbers, beside the sphere that floats reckon with.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { metresTo } from "../../firmware/core/ground.ts";
import { nodeMachine } from "../../sdk/machine.ts";

const RADIUS_M = 6371000;
const INT_MAX = 2147483647;
const radians = (units: number) => (units / 1e7) * (Math.PI / 180);

/** Throws where a number on the way is no int32, as an engine of 32 bits would go wrong there. */
const strict = {
  ...nodeMachine,
  divide(a: number, b: number): number {
    if (!Number.isInteger(a) || a < 0 || a > INT_MAX || b <= 0 || b > INT_MAX) {
      throw new Error(`${a} / ${b}`);
    }
    return nodeMachine.divide(a, b);
  },
};

/** Great circle [haversine]. */
function greatM(from: number[], to: number[]): number {
  const [lat, lat2] = [radians(from[0]), radians(to[0])];
  const half = Math.sin((lat2 - lat) / 2) ** 2;
  const turn = Math.sin(radians(to[1] - from[1]) / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.sqrt(half + Math.cos(lat) * Math.cos(lat2) * turn));
}

const wrapped = (units: number) => (units > 1800000000 ? units - 3600000000 : units);
const latitude = fc.integer({ min: -800000000, max: 800000000 });
const longitude = fc.integer({ min: -1800000000, max: 1800000000 });

test("within 20 km it is the sphere's distance to a part in a hundred, across 180° and far north too", () => {
  const metres = fc.integer({ min: -20000, max: 20000 });
  fc.assert(
    fc.property(latitude, longitude, metres, metres, (lat, lon, northM, eastM) => {
      const from = [lat, lon];
      const turn = Math.round((eastM * 90) / Math.cos(radians(lat)));
      const east = wrapped(lon + turn);
      const to = [lat + northM * 90, east < -1800000000 ? east + 3600000000 : east];
      const north = metresTo(strict, from, to, 0);
      const size = Math.hypot(north, metresTo(strict, from, to, 1));
      const great = greatM(from, to);
      assert.ok(Math.abs(size - great) <= 3 + great / 100, `${from} to ${to}: ${size}, ${great}`);
      assert.is(north, northM);
    }),
    { numRuns: 5000 },
  );
});

test("from any place to any other no number on the way is beyond an int32", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -900000000, max: 900000000 }),
      longitude,
      fc.integer({ min: -900000000, max: 900000000 }),
      longitude,
      (lat, lon, lat2, lon2) => {
        for (const axis of [0, 1]) {
          const there = metresTo(strict, [lat, lon], [lat2, lon2], axis);
          assert.ok(Math.abs(there) <= 20000000, `${there}`);
          assert.is(Math.abs(metresTo(strict, [lat2, lon2], [lat, lon], axis)), Math.abs(there));
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test("at the poles and at 180° nothing is special", () => {
  const east = (from: number[], to: number[]) => metresTo(strict, from, to, 1);
  assert.is(east([0, 1799999100], [0, -1799999100]), 20);
  assert.is(east([0, -1799999100], [0, 1799999100]), -20);
  assert.is(Math.abs(east([0, 1800000000], [0, -1800000000])), 0);
  assert.is(Math.abs(east([900000000, 0], [900000000, 1800000000])), 0);
  assert.is(metresTo(strict, [-900000000, 0], [900000000, 0], 0), 20000000);
});

test.run();
