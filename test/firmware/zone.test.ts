// How far outside a zone a place lies, by whole numbers, beside a plane reckoned in floats.
// Circles and polygons of any form, at any latitude, across 180°.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { outsideM } from "../../firmware/core/zone.ts";
import { isZone } from "../../protocol/zone-shape.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { zoneOctets, zoneText } from "../../sdk/zone-text.ts";

const INT_MAX = 2147483647;
const METRES_PER_UNIT = ((6371000 * Math.PI) / 180) * 1e-7;

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

type Point = readonly [north: number, east: number];

/** Octets of a zone whose corners are steps of 1e-5 degree from the first. */
function polygon(first: Point, steps: readonly Point[]): Uint8Array {
  const octets = new Uint8Array(8 + 4 * steps.length);
  const view = new DataView(octets.buffer);
  view.setInt32(0, first[0]);
  view.setInt32(4, first[1]);
  steps.forEach(([north, east], at) => {
    view.setInt16(8 + 4 * at, north);
    view.setInt16(10 + 4 * at, east);
  });
  return octets;
}

const distance = ([north, east]: Point) => Math.hypot(north, east);

function segmentM([an, ae]: Point, [bn, be]: Point): number {
  const [n, e] = [bn - an, be - ae];
  const square = n * n + e * e;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, -(an * n + ae * e) / square));
  return distance([an + t * n, ae + t * e]);
}

/** The oracle: crossings of the line to the east, in floats; corners in metres around the place. */
function outsideFloat(corners: readonly Point[]): { inside: boolean; edgeM: number } {
  let inside = false;
  let edgeM = Number.POSITIVE_INFINITY;
  corners.forEach(([an, ae], at) => {
    const [bn, be] = corners[(at + 1) % corners.length];
    edgeM = Math.min(edgeM, segmentM([an, ae], [bn, be]));
    if (an > 0 !== bn > 0 && ae - (an * (be - ae)) / (bn - an) > 0) inside = !inside;
  });
  return { inside, edgeM };
}

function metresAround(here: Point, place: Point): Point {
  const cosine = Math.cos((((here[0] + place[0]) / 2) * Math.PI) / 1.8e9);
  let east = place[1] - here[1];
  if (east > 1.8e9) east -= 3.6e9;
  if (east < -1.8e9) east += 3.6e9;
  return [(place[0] - here[0]) * METRES_PER_UNIT, east * METRES_PER_UNIT * cosine];
}

const latitude = fc.integer({ min: -800000000, max: 800000000 });
const longitude = fc.oneof(
  fc.integer({ min: -1800000000, max: 1800000000 }),
  fc.integer({ min: 1799000000, max: 1800000000 }),
  fc.integer({ min: -1800000000, max: -1799000000 }),
);
const step = fc.integer({ min: -10000, max: 10000 });
const wrap = (units: number) =>
  units > 1.8e9 ? units - 3.6e9 : units < -1.8e9 ? units + 3.6e9 : units;

test("a place in or outside any polygon is where a plane in floats says it is", () => {
  let insides = 0;
  fc.assert(
    fc.property(
      latitude,
      longitude,
      fc.array(fc.tuple(step, step), { minLength: 2, maxLength: 14 }),
      fc.tuple(step, step),
      (lat, lon, steps, [north, east]) => {
        const here: Point = [lat + 100 * north, wrap(lon + 100 * east)];
        const all: Point[] = [[0, 0], ...steps];
        const corners = all.map(([n, e]) => metresAround(here, [lat + 100 * n, lon + 100 * e]));
        const { inside, edgeM } = outsideFloat(corners);
        const said = outsideM(strict, polygon([lat, lon], steps), here);
        const slackM = 20 + edgeM / 50 + 0.004 * Math.max(...corners.map(distance));
        if (inside) insides++;
        if (edgeM > slackM) assert.is(said === 0, inside, `${edgeM} m from the edge`);
        if (inside || said === 0) return;
        const reach = Math.min(edgeM, 10000);
        assert.ok(Math.abs(said - reach) <= slackM, `${said}, not ${reach}`);
      },
    ),
    { numRuns: 5000 },
  );
  assert.ok(insides > 200, `${insides} inside`);
});

test("a circle is left at its radius, whatever the direction", () => {
  fc.assert(
    fc.property(
      latitude,
      longitude,
      fc.integer({ min: 20, max: 10000 }),
      fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      fc.integer({ min: 0, max: 18000 }),
      (lat, lon, radiusM, course, awayM) => {
        const zone = zoneOctets(`${(lat / 1e7).toFixed(7)},${(lon / 1e7).toFixed(7)},${radiusM}`);
        assert.ok(zone);
        const north = (awayM * Math.cos(course)) / METRES_PER_UNIT;
        const shrink = Math.cos(((lat + north / 2) * Math.PI) / 1.8e9);
        const east = (awayM * Math.sin(course)) / METRES_PER_UNIT / shrink;
        const here = [Math.round(lat + north), wrap(Math.round(lon + east))];
        const over = Math.max(0, awayM - radiusM);
        const said = outsideM(strict, zone, here);
        assert.ok(Math.abs(said - Math.min(over, 18000)) <= 3 + awayM / 80, `${said}, not ${over}`);
      },
    ),
    { numRuns: 5000 },
  );
});

test("from anywhere on earth a zone is far or near, and no number is beyond an int32", () => {
  const any = fc.tuple(
    fc.integer({ min: -900000000, max: 900000000 }),
    fc.integer({ min: -1800000000, max: 1800000000 }),
  );
  const first = fc.tuple(fc.integer({ min: -850000000, max: 850000000 }), longitude);
  fc.assert(
    fc.property(
      first,
      any,
      fc.array(fc.tuple(step, step), { minLength: 2, maxLength: 14 }),
      (place, here, steps) => {
        const said = outsideM(strict, polygon(place, steps), here);
        assert.ok(said >= 0 && said <= 10000, `${said}`);
      },
    ),
    { numRuns: 5000 },
  );
  const east = polygon(
    [0, 1799990000],
    [
      [900, 0],
      [900, 900],
      [0, 900],
    ],
  );
  assert.is(outsideM(strict, east, [45000, -1799980000]), 0);
  assert.is(outsideM(strict, east, [45000, 0]), 10000);
});

test("a zone is written by people, checked by both ends, and said back as it was written", () => {
  for (const text of [
    "36.68012,117.06534,300",
    "-85,-180,20",
    "85,180,10000",
    "36.6801234,117.06534 36.68112,117.06534 36.68112,117.07",
    "0,179.95 0.05,-179.95 0.05,179.95",
  ]) {
    const octets = zoneOctets(text);
    assert.ok(octets !== undefined && isZone(octets), text);
    const again = zoneText(octets);
    assert.equal(zoneOctets(again), octets, text);
    if (!text.includes("1234")) assert.is(again, text);
  }
  for (const text of [
    "home",
    "36.68,117.06",
    "36.68,117.06 36.69,117.06",
    "36.68,117.06,19",
    "36.68,117.06,10001",
    "36.68,117.06,-50",
    "85.01,0,300",
    "0,180.1,300",
    "0,0 0.11,0 0,0.1",
    Array(16).fill("0,0").join(" "),
    "0,0,300 0,0",
    "36.68 117.06 300",
  ]) {
    assert.is(zoneOctets(text), undefined, text);
  }
  for (const length of [1, 8, 9, 11, 12, 15, 17, 18, 65, 68]) {
    assert.not.ok(isZone(new Uint8Array(length)), `${length} octets`);
  }
});

test.run();
