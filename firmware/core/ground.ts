// Metres on the ground from one place to another, in whole numbers: at any latitude, across 180° too.
// A flat piece of a sphere: right to a part in a hundred over some tens of kilometres, and asked no more.

import type { Machine } from "../../protocol/machine.ts";

const HALF_TURN = 1800000000;
/** Units of 1e-7 degree of a great circle in a metre: 89.9 on a sphere of 6,371 km. */
const UNITS_PER_METRE = 90;
/** Cosines are whole numbers of this part. */
const ONE = 4096;

/** Towards 0; of whole numbers of either sign. */
export function quotient(machine: Machine, value: number, by: number): number {
  return value < 0 ? 0 - machine.divide(0 - value, by) : machine.divide(value, by);
}

/** East by the short way round. No sum on the way is beyond an int32. */
function eastward(from: number, to: number): number {
  if (to < from) return 0 - eastward(to, from);
  return to >= 0 && to - HALF_TURN > from ? to - HALF_TURN - (from + HALF_TURN) : to - from;
}

/** Of a latitude, by the fraction of Bhaskara I: off by 0.0017 at most. */
function cosine(machine: Machine, latitude: number): number {
  const hundredths = quotient(machine, latitude, 100000);
  const square = hundredths * hundredths;
  return machine.divide(324000000 - 4 * square, machine.divide(324000000 + square, ONE));
}

/** Of the metres north and east from one place to the other, this one: 0 north, 1 east. */
export function metresTo(
  machine: Machine,
  from: readonly number[],
  to: readonly number[],
  axis: number,
): number {
  if (axis === 0) return quotient(machine, to[0] - from[0], UNITS_PER_METRE);
  const metres = quotient(machine, eastward(from[1], to[1]), UNITS_PER_METRE);
  const size = metres < 0 ? 0 - metres : metres;
  const middle = quotient(machine, from[0] + to[0], 2);
  const shrink = cosine(machine, middle);
  // In two parts, because half the earth times the cosine would be no int32.
  const shrunk = machine.divide(size, ONE) * shrink + machine.divide((size % ONE) * shrink, ONE);
  return metres < 0 ? 0 - shrunk : shrunk;
}
