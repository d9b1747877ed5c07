// A fall out of 25 samples a second: a blow, then rest in another posture. One rule for every wearer.
// Pure: names no sensor, and never decides what a fall leads to.

import type { Machine } from "../../protocol/machine.ts";

/** What a second says, added up. */
export const MOVED = 1;
export const FELL = 2;

/** Samples in a second: the thresholds hold at this rate alone, a lower one eats peaks. */
export const SAMPLES = 25;
/** 2 g, squared in mg. */
const BLOW = 4000000;
/** A blow behind the first one moves what is looked at, but not for longer than ten seconds. */
const BLOWS = 250;
/** Looked at is the second half of the third second behind the last blow. */
const REST_FROM = 37;
const REST_TO = 75;
/** At rest is what lies between 0.7 and 1.3 g, squared, but for so many samples. */
const REST_LEAST = 490000;
const REST_MOST = 1690000;
const RESTLESS_MAX = 9;
/** Means in 64ths of a g: the products below stay an int32, where no mean is above 2.8 g. */
const MG_PER_PART = 16;
const PARTS_MAX = 32000;
/** No breath does so much: 1.2 g, squared, or 50 mg of change from a second to the next. */
const LIVELY = 1440000;
const MOVED_SUM = 50 * SAMPLES;

export interface FallWatch {
  /** Sums of the last four seconds that are over: x, y, z of the newest first. */
  sums: number[];
  /** Samples since the last blow and since the first; -1 where there was none. */
  last: number;
  first: number;
  /** Posture before the first blow, as `sums` but for the newest second; and behind the last one. */
  before: number[];
  after: number[];
  restless: number;
}

export function newFallWatch(): FallWatch {
  return {
    sums: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    last: -1,
    first: 0,
    before: [],
    after: [],
    restless: 0,
  };
}

/** The sum made positive for the division, which no sensor of 16 g makes less than nothing. */
function partsOf(machine: Machine, sum: number, count: number): number {
  const unit = count * MG_PER_PART;
  return machine.divide(sum + 1000 * unit, unit) - 1000;
}

/** At least 50 degrees: the square of the cosine is 12 of 29. None where nothing was before. */
function isTurned(machine: Machine, watch: FallWatch): boolean {
  const old = watch.before;
  let both = 0;
  let before = 0;
  let after = 0;
  for (let i = 0; i < 3; i++) {
    const a = partsOf(machine, old[i] + old[i + 3] + old[i + 6], 3 * SAMPLES);
    const b = partsOf(machine, watch.after[i], REST_TO - REST_FROM);
    both += a * b;
    before += a * a;
    after += b * b;
  }
  if (before > PARTS_MAX || after > PARTS_MAX) return false;
  return both < 0 || both * both < machine.divide(before * after, 29) * 12;
}

function blow(watch: FallWatch): void {
  if (watch.last < 0) {
    watch.before = watch.sums.slice(3);
    watch.first = 0;
  }
  watch.last = 0;
  watch.restless = 0;
  watch.after = [0, 0, 0];
}

/** One sample behind a blow; true where it was the last and says that the wearer fell. */
function goOn(machine: Machine, watch: FallWatch, sample: number[], square: number): boolean {
  watch.last += 1;
  watch.first += 1;
  if (watch.last <= REST_FROM) return false;
  if (square < REST_LEAST || square > REST_MOST) watch.restless += 1;
  for (let i = 0; i < 3; i++) watch.after[i] += sample[i];
  if (watch.last < REST_TO) return false;
  watch.last = -1;
  return watch.restless <= RESTLESS_MAX && isTurned(machine, watch);
}

/** The next 25 samples, x, y, z in mg each. Most hold no blow: three sums and one square a sample. */
export function takeSecond(machine: Machine, watch: FallWatch, samples: readonly number[]): number {
  const sums = watch.sums;
  let moved = false;
  let fell = false;
  let sumX = 0;
  let sumY = 0;
  let sumZ = 0;
  for (let i = 0; i < 3 * SAMPLES; i += 3) {
    const x = samples[i];
    const y = samples[i + 1];
    const z = samples[i + 2];
    sumX += x;
    sumY += y;
    sumZ += z;
    const square = x * x + y * y + z * z;
    if (watch.last >= 0 && goOn(machine, watch, [x, y, z], square)) fell = true;
    if (square > LIVELY) {
      moved = true;
      if (square > BLOW && (watch.last < 0 || watch.first < BLOWS)) blow(watch);
    }
  }
  const change = Math.abs(sumX - sums[0]) + Math.abs(sumY - sums[1]) + Math.abs(sumZ - sums[2]);
  watch.sums = [sumX, sumY, sumZ].concat(sums.slice(0, 9));
  return (moved || change > MOVED_SUM ? MOVED : 0) + (fell ? FELL : 0);
}
