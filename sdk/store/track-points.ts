// The points of a track that were not known before: a pager says them again until it was answered.
// Pure: what was known before, the caller says. A point is known by its time.

import { LATITUDE_MAX, LONGITUDE_MAX, TIME_S_MAX } from "../../protocol/limits.ts";
import type { ToldValues } from "../events.ts";

/** 1e-7 degree in one step of a point, which is 1e-5 degree. */
const STEP_E7 = 100;

interface Point {
  time: number;
  latitude: number;
  longitude: number;
}

function pointsOf(values: ToldValues): Point[] {
  const stepS = values.stepS as number;
  const rows = (values.points ?? []) as number[];
  const last = {
    time: values.time as number,
    latitude: values.latitude as number,
    longitude: values.longitude as number,
  };
  const points: Point[] = [{ ...last }];
  for (let at = 0; at < rows.length; at += 3) {
    last.time += rows[at] * stepS;
    last.latitude += rows[at + 1] * STEP_E7;
    last.longitude += rows[at + 2] * STEP_E7;
    points.push({ ...last });
  }
  return points;
}

function isInWorld({ time, latitude, longitude }: Point): boolean {
  const inReach = Math.abs(latitude) <= LATITUDE_MAX && Math.abs(longitude) <= LONGITUDE_MAX;
  return inReach && time <= TIME_S_MAX;
}

/** The message with its new points alone; undefined where none is. Steps may lead out of the world. */
export function newPointsOf(
  values: ToldValues,
  isNew: (time: number) => boolean,
): ToldValues | undefined {
  const all = pointsOf(values);
  const points = all.filter((point) => isInWorld(point) && isNew(point.time));
  if (points.length === 0) return undefined;
  if (points.length === all.length) return values;
  const [first, ...others] = points;
  const rows: number[] = [];
  let before = first;
  for (const point of others) {
    rows.push(
      (point.time - before.time) / (values.stepS as number),
      (point.latitude - before.latitude) / STEP_E7,
      (point.longitude - before.longitude) / STEP_E7,
    );
    before = point;
  }
  return { ...values, ...first, points: rows };
}
