// Points of a track that the platform hasn't stored yet: in their order, thinned where they are many.
// Never looks at a clock, a radio or an alarm; gives up no point of the newer half.

import { newReader, readArray, readInt } from "../../protocol/cbor.ts";
import { CODE_MAX, POINT_DELTA_MAX, POINTS_MAX } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { TRACK_GRID_S, TRACK_POINTS_MAX, TRACK_STEP_S_MAX } from "./limits.ts";
import type { Track } from "./orders.ts";
import { frameNumbers } from "./pages.ts";

/** Of the journal: points that come behind those before them. */
export const POINTS = 11;
/** And: the points up to the one of this time are delivered. */
export const POINTS_GONE = 12;

/** Numbers of one point; of as many points as fit a record, whatever they are. */
const WIDTH = 4;
export const RECORD = 60;

/**
 * Where there is no place left a point of the older half goes: the first of those whose neighbours are
 * closest to each other, so that the line of the walk stays and only its detail goes.
 */
export function thinTrack(track: Track): void {
  const points = track.points;
  if (points.length < WIDTH * TRACK_POINTS_MAX) return;
  let gone = WIDTH;
  let leastS = points[2 * WIDTH] - points[0];
  for (let at = 2 * WIDTH; at < 2 * TRACK_POINTS_MAX; at += WIDTH) {
    const spanS = points[at + WIDTH] - points[at - WIDTH];
    if (spanS < leastS) {
      leastS = spanS;
      gone = at;
    }
  }
  points.splice(gone, WIDTH);
  if (gone < track.noted) track.noted -= WIDTH;
}

/** What is delivered goes; true where the journal has to be told. */
export function dropPoints(track: Track, time: number): boolean {
  const isNoted = track.noted > 0;
  for (let at = 0; at < track.points.length; at += WIDTH) {
    if (track.points[at] !== time) continue;
    const end = at + WIDTH;
    track.points.splice(0, end);
    track.noted = track.noted > end ? track.noted - end : 0;
    return isNoted;
  }
  return false;
}

/** A record of the points from `from` on, as many as fit it. */
export function pointsFact(machine: Machine, points: number[], from: number): Bytes {
  return frameNumbers(machine, POINTS, points.slice(from, from + RECORD));
}

/** Puts back what a record says, in the order of the records: it thins as it did then. */
export function takePoints(track: Track, payload: Bytes): void {
  const reader = newReader(payload);
  for (let left = readArray(reader); left > 0; left -= 1) {
    if (left % WIDTH === 0) thinTrack(track);
    track.points.push(readInt(reader));
  }
  track.noted = track.points.length;
}

/** Further than so much to any side. */
export function isAway(north: number, east: number, least: number): boolean {
  return north > least || -north > least || east > least || -east > least;
}

/** Greatest common divisor; `large` where the other one is 0. */
function divisorOf(large: number, small: number): number {
  return small === 0 ? large : divisorOf(small, large % small);
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
    const gapS = points[end] - points[end - 4];
    const north = points[end + 1] - points[end - 3];
    const east = points[end + 2] - points[end - 2];
    if (gapS <= 0 || gapS % TRACK_GRID_S > 0 || isAway(north, east, POINT_DELTA_MAX)) break;
    const step = divisorOf(gapS, stepS);
    if (gapS > longestS) longestS = gapS;
    if (step > TRACK_STEP_S_MAX || longestS > CODE_MAX * step) break;
    stepS = step;
    if (points[end + 3] > code) code = points[end + 3];
    rows.push(gapS, north, east);
  }
  for (let at = 0; at < rows.length; at += 3) rows[at] = machine.divide(rows[at], stepS);
  const time = points[0];
  return [
    time % TRACK_GRID_S > 0 ? -time : time,
    points[1] * 100,
    points[2] * 100,
    code,
    stepS > 0 ? stepS : 1,
  ];
}
