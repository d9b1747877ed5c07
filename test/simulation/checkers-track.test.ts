// The checker of tracks: each point once and in order, but for those that are given up by rule.
// Each rule is shown red by the fewest events that break it, and green by its good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { trackPointsArrive } from "../../tools/simulator/storm/checkers/track-points-arrive.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import {
  greenOf,
  KID,
  log,
  off,
  on,
  PAGER,
  phase,
  platform,
  point,
  redOf,
  stored,
  verdictOf,
} from "./given-events.ts";

/** A message with points of these times. */
function told(atMs: number, time: number, ...later: number[]): WorldEvent {
  let before = time;
  const points: number[] = [];
  for (const one of later) {
    points.push((one - before) / 10, 1, 1);
    before = one;
  }
  const values = { time, latitude: 0, longitude: 0, uncertainty: 1, stepS: 10, points };
  return stored(atMs, { kind: "told", pager: PAGER, kid: KID, piv: 9, message: "track", values });
}

const made = [on(0), point(1, "made", 100), point(2, "made", 200), point(3, "made", 300)];
const end = [phase(50, "calm"), phase(99, "end")];

test("every point arrives once and in order", () => {
  assert.is(greenOf(trackPointsArrive, [...made, told(10, 100, 200, 300), ...end]), 3);
  redOf(trackPointsArrive, [...made, told(10, 100, 200), ...end]);
  redOf(trackPointsArrive, [...made, told(10, 200), told(11, 100), told(12, 300), ...end]);
  redOf(trackPointsArrive, [...made, told(10, 100, 200, 300), told(11, 300), ...end]);
});

test("behind a restore a point may come once more", () => {
  const again = [told(10, 100, 200, 300), platform(11, "restore"), told(12, 300)];
  greenOf(trackPointsArrive, [...made, ...again, ...end]);
});

test("what power took before it was on flash is excused, and nothing else of that list", () => {
  const cut = [point(4, "kept", 200), off(5), on(6), told(10, 100, 200), ...end];
  assert.equal(verdictOf(trackPointsArrive, [...made, ...cut]).excused.length, 1);
  const kept = [point(4, "kept", 300), off(5), on(6), told(10, 100, 200), ...end];
  redOf(trackPointsArrive, [...made, ...kept]);
});

test("of a full list only the older half is given up", () => {
  const many = Array.from({ length: 64 }, (_, at) => point(at, "made", 10 * (at + 1)));
  const times = many.map((_, at) => 10 * (at + 1));
  const [first, ...others] = times.slice(32);
  const { broken, excused } = verdictOf(trackPointsArrive, [
    ...many,
    told(90, first, ...others),
    ...end,
  ]);
  assert.equal([broken.length, excused.length], [0, 32]);
  const [next, ...rest] = times.slice(33);
  const short = verdictOf(trackPointsArrive, [...many, told(90, next, ...rest), ...end]);
  assert.is(short.broken.at(-1), `${PAGER} ${first}: a point of a track never came`);
});

test("what was answered counts no more", () => {
  greenOf(trackPointsArrive, [...made, told(10, 100, 200, 300), log(11, "delivered t"), ...end]);
});

test.run();
