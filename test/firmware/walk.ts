// A wearer who walks north, and the points that a platform has stored of it.
// Asserts nothing: it brings fixes and unfolds messages.

import { TRACK_S_KEY } from "../../protocol/settings.ts";
import { Platform, type StoredMessage } from "./platform.ts";
import type { Storage } from "./storage.ts";
import { World } from "./world.ts";

export const START_S = 250_000_000;
const START_LATITUDE = 366_500_000;
/** Some 110 m. */
const PACE_E7 = 10_000;
const SECOND_MS = 1000;

/** A pager whose setting asks for a point each minute, with a time, and no network. */
export function walkingWorld(storage?: Storage, trackS = 60): World {
  const world = new World({ storage, platform: new Platform() });
  world.set(TRACK_S_KEY, trackS);
  world.boot();
  world.radio("searching");
  world.input({ kind: "clock", timeS: START_S, source: "satellite" });
  return world;
}

/** Each round: so many seconds, and then a fix one pace further on. */
export function walk(world: World, rounds: number, everyS = 60): void {
  for (let i = 0; i < rounds; i++) {
    world.run(everyS * SECOND_MS);
    const before = world.state.position;
    const latitude = (before.serial > 0 ? before.latitude : START_LATITUDE) + PACE_E7;
    world.input({ kind: "fix", latitude, longitude: 1_171_200_000, uncertaintyM: 20, timeS: 0 });
  }
}

export interface Point {
  timeS: number;
  latitude: number;
}

interface Track {
  time: number;
  latitude: number;
  stepS: number;
  points?: number[];
}

export function pointsIn(message: StoredMessage): Point[] {
  const said = message.report as unknown as Track;
  const points = [{ timeS: said.time, latitude: said.latitude }];
  const rows = said.points ?? [];
  for (let at = 0; at < rows.length; at += 3) {
    const { timeS, latitude } = points[points.length - 1];
    points.push({
      timeS: timeS + rows[at] * said.stepS,
      latitude: latitude + rows[at + 1] * 100,
    });
  }
  return points;
}

/** All that were ever said, in the order of their coming. */
export function saidPoints(world: World): Point[] {
  return world.platform.ofLetter("t").flatMap(pointsIn);
}

/** Times of the points that wait. */
export function waiting(world: World): number[] {
  return world.state.track.points.filter((_, at) => at % 4 === 0);
}
