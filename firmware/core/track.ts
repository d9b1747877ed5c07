// Points of a track that the platform hasn't stored yet: in their order, thinned where they are many.
// Never looks at a clock, a radio or an alarm; gives up no point but every second of the older half.

import { newReader, readArray, readInt } from "../../protocol/cbor.ts";
import { CODE_MAX, POINT_DELTA_MAX, POINTS_MAX } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { START_S_MAX, TRACK_GRID_S, TRACK_POINTS_MAX, TRACK_STEP_S_MAX } from "./limits.ts";
import { frameNumbers } from "./pages.ts";

/** Of the journal: points that come behind those before them. */
export const POINTS = 11;
/** And: the points up to the one of this time are delivered. */
export const POINTS_GONE = 12;

/** Numbers of one point; of as many points as are sure to fit a record. */
const WIDTH = 4;
export const RECORD = 60;

export interface Track {
  /**
   * Oldest first, four numbers each: time, latitude and longitude in 1e-5 degree, code of the
   * uncertainty. A time is whole tens of seconds, so that a point has the same time in whatever
   * company it is said, and one more where only the network told it. Below a year it counts from
   * the start: nobody has told the time yet.
   */
  points: number[];
  /** So many of these numbers are in the journal. */
  noted: number;
  /** Where the last point was, which position it was made of, and when the next wait began. */
  north: number;
  east: number;
  serial: number;
  sinceMs: number;
}

export function newTrack(): Track {
  return { points: [], noted: 0, north: 0, east: 0, serial: 0, sinceMs: 0 };
}

/** Where there is no place left every second point of the older half goes: the line of the walk stays. */
export function putPoint(
  track: Track,
  time: number,
  north: number,
  east: number,
  code: number,
): void {
  const points = track.points;
  if (points.length >= WIDTH * TRACK_POINTS_MAX) {
    for (let at = 2 * TRACK_POINTS_MAX - WIDTH; at > 0; at -= 2 * WIDTH) {
      points.splice(at, WIDTH);
      if (at < track.noted) track.noted -= WIDTH;
    }
  }
  points.push(time, north, east, code);
}

/** What is delivered goes; true where the journal has to be told. */
export function dropPoints(track: Track, time: number): boolean {
  const isNoted = track.noted > 0;
  for (let at = 0; at < track.points.length; at += WIDTH) {
    if (track.points[at] !== time) continue;
    track.points.splice(0, at + WIDTH);
    track.noted = track.noted > at + WIDTH ? track.noted - at - WIDTH : 0;
    return isNoted;
  }
  return false;
}

/** A record of the points from `from` on, as many as fit it: the first in full, then what differs. */
export function pointsFact(machine: Machine, points: number[], from: number): Bytes {
  const numbers: number[] = [];
  for (let i = from; i < points.length && i < from + RECORD; i++) {
    const full = i < from + WIDTH || i % WIDTH === WIDTH - 1;
    numbers.push(full ? points[i] : points[i] - points[i - WIDTH]);
  }
  return frameNumbers(machine, POINTS, numbers);
}

/** Puts back what a record says, in the order of the records: it thins as it did then. */
export function takePoints(track: Track, payload: Bytes): void {
  const reader = newReader(payload);
  let time = 0;
  let north = 0;
  let east = 0;
  for (let left = readArray(reader); left > 0; left -= WIDTH) {
    time += readInt(reader);
    north += readInt(reader);
    east += readInt(reader);
    const code = readInt(reader);
    if (reader.fault !== "") return;
    // Its age was known in the run before, and in no other one.
    if (time > START_S_MAX) putPoint(track, time, north, east, code);
    track.noted = track.points.length;
  }
}

/** A time as a point has it. */
export function wholeTime(timeS: number, fromNetwork: boolean): number {
  return timeS - (timeS % TRACK_GRID_S) + (fromNetwork ? 1 : 0);
}

/** Somebody tells the time: `agoS` after the start it is `timeS`. The journal hears of it once more. */
export function tellTimes(track: Track, timeS: number, agoS: number, fromNetwork: boolean): void {
  for (let at = track.points.length - WIDTH; at >= 0; at -= WIDTH) {
    const time = track.points[at];
    if (time > START_S_MAX) return;
    track.points[at] = wholeTime(timeS - agoS + time, fromNetwork);
    if (track.noted > at) track.noted = at;
  }
}

function isFar(from: number, to: number): boolean {
  return to - from > POINT_DELTA_MAX || from - to > POINT_DELTA_MAX;
}

/** Greatest common divisor; `b` where `a` is 0. */
function divisorOf(a: number, b: number): number {
  let large = b;
  let small = a;
  while (small > 0) {
    const rest = large % small;
    large = small;
    small = rest;
  }
  return large;
}

/**
 * The values of a track message that begins with the oldest point, and in `rows` the further points
 * that it has room for and that its steps can tell. The largest uncertainty counts for all.
 */
export function sayPoints(machine: Machine, points: number[], rows: number[]): number[] {
  let stepS = 0;
  let longestS = 0;
  let code = points[3];
  let end = WIDTH;
  for (; end < points.length && end <= WIDTH * POINTS_MAX; end += WIDTH) {
    const before = end - WIDTH;
    const gapS = points[end] - points[before];
    if (gapS <= 0 || gapS % TRACK_GRID_S > 0) break;
    if (isFar(points[before + 1], points[end + 1])) break;
    if (isFar(points[before + 2], points[end + 2])) break;
    const step = divisorOf(stepS, gapS);
    const longest = gapS > longestS ? gapS : longestS;
    if (step > TRACK_STEP_S_MAX || longest > CODE_MAX * step) break;
    stepS = step;
    longestS = longest;
    if (points[end + 3] > code) code = points[end + 3];
  }
  for (let at = WIDTH; at < end; at += WIDTH) {
    rows.push(
      machine.divide(points[at] - points[at - WIDTH], stepS),
      points[at + 1] - points[at - 3],
      points[at + 2] - points[at - 2],
    );
  }
  const time = points[0];
  return [
    time % TRACK_GRID_S > 0 ? -time : time,
    points[1] * 10,
    points[2] * 10,
    code,
    stepS > 0 ? stepS : 1,
  ];
}
