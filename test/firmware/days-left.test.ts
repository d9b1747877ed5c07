// The days that a battery has left: a simulated discharge, and estimates that never promise more.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { daysLeft } from "../../firmware/core/battery.ts";
import { FALL_H_MIN } from "../../firmware/core/limits.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { readyWorld, type World } from "./world.ts";

const HOUR_MS = 3_600_000;
/** The corners of core/battery.ts: what the voltage of a cell at rest is worth. */
const CORNERS_MV = [3300, 3550, 3700, 3800, 3950, 4150];
const CORNERS_PERCENT = [0, 8, 35, 55, 80, 100];

/** The voltage at which a cell has so much left; above the last corner it rises on to 4200. */
function voltageOf(percent: number): number {
  for (let i = 1; i < CORNERS_MV.length; i++) {
    if (percent > CORNERS_PERCENT[i]) continue;
    const share =
      (percent - CORNERS_PERCENT[i - 1]) / (CORNERS_PERCENT[i] - CORNERS_PERCENT[i - 1]);
    return Math.floor(CORNERS_MV[i - 1] + share * (CORNERS_MV[i] - CORNERS_MV[i - 1]));
  }
  return 4150 + Math.floor((percent - 100) * 10);
}

function tell(world: World, percent: number, charging = false, sagMv = 0): void {
  world.input({ kind: "battery", batteryMv: voltageOf(percent) - sagMv, charging });
}

const left = (world: World) => daysLeft(nodeMachine, world.state);

interface Discharge {
  fullDays: number;
  fromPercent: number;
  /** Under load a cell shows less than it has. */
  sags: number[];
}

/** Takes the pager off the charger and lets it run empty; each hour what it says and what is true. */
function discharge({ fullDays, fromPercent, sags }: Discharge): { said: number; true: number }[] {
  const world = readyWorld();
  tell(world, fromPercent, true);
  world.run(1000);
  const hours: { said: number; true: number }[] = [];
  for (let hour = 0; ; hour++) {
    const percent = fromPercent - (100 * hour) / (24 * fullDays);
    if (percent < 1) return hours;
    tell(world, percent, false, sags[hour % sags.length]);
    hours.push({ said: left(world), true: (percent * fullDays) / 100 });
    world.nowMs += HOUR_MS;
  }
}

test("through a whole discharge it never says more days than there are, whatever the load", () => {
  const sags = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 7 });
  const discharges = fc.record({
    fullDays: fc.integer({ min: 2, max: 90 }),
    fromPercent: fc.integer({ min: 20, max: 105 }),
    sags,
  });
  fc.assert(
    fc.property(discharges, (one) =>
      discharge({ ...one, sags: [0, ...one.sags] }).every((hour) => hour.said <= hour.true),
    ),
    { numRuns: 60 },
  );
});

test("behind a third of the discharge it says two thirds of the truth at least", () => {
  for (const fullDays of [10, 30, 60]) {
    const hours = discharge({ fullDays, fromPercent: 95, sags: [0] });
    const late = hours.slice(Math.floor(hours.length / 3), Math.floor(hours.length * 0.9));
    assert.ok(
      late.every(({ said, true: real }) => said >= Math.floor((2 * real) / 3)),
      `${fullDays} days`,
    );
  }
});

test("nothing is said on the charger, nor for the first hours off it, nor while the cell shows full", () => {
  const world = readyWorld();
  tell(world, 70, true);
  world.run(30 * HOUR_MS);
  tell(world, 70, true);
  assert.is(left(world), -1);
  tell(world, 70);
  for (let hour = 0; hour < FALL_H_MIN; hour++) {
    world.run(HOUR_MS);
    tell(world, 70);
    assert.is(left(world), -1, `hour ${hour}`);
  }
  world.run(HOUR_MS);
  tell(world, 70);
  assert.ok(left(world) > 0);
  tell(world, 70, true);
  assert.is(left(world), -1);
  const full = readyWorld();
  for (let hour = 0; hour < 40; hour++) {
    tell(full, 104 - hour / 20);
    full.run(HOUR_MS);
  }
  assert.is(left(full), -1);
});

test("a pager that falls by nothing for months promises ten years at most", () => {
  const world = readyWorld();
  tell(world, 90);
  for (let month = 0; month < 40; month++) {
    for (let half = 0; half < 60; half++) world.run(12 * HOUR_MS);
  }
  tell(world, 90);
  assert.is(left(world), 3650);
});

test("a start knows nothing of the discharge before it", () => {
  const world = readyWorld();
  tell(world, 80);
  world.run(20 * HOUR_MS);
  world.reboot();
  tell(world, 60);
  world.run(2 * HOUR_MS);
  assert.is(left(world), -1);
});

test.run();
