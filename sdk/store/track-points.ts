// The points of a track that were not known before: a pager says all of them again until it is answered.
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

/**
 * The message from its first new point on; undefined where there is none. What was said before stands
 * at its beginning: a pager adds at the end. Steps may lead out of the world, where no point is.
 */
export function newPointsOf(
  values: ToldValues,
  isNew: (time: number) => boolean,
): ToldValues | undefined {
  const points = pointsOf(values);
  // Each is asked for, so that each is known from now on.
  const fresh = points.map((point) => isInWorld(point) && isNew(point.time));
  const at = fresh.indexOf(true);
  if (at <= 0) return at < 0 ? undefined : values;
  return { ...values, ...points[at], points: (values.points as number[]).slice(3 * at) };
}
