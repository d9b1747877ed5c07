// The places of the day: where each lies, and what of sky and of coverage there is.
// Data only, but for a walk between two of them; nobody goes anywhere by himself here.

import type { Clock } from "../../../sdk/clock.ts";
import { type Fix, type Gnss, worldTime } from "../gnss.ts";

export type PlaceName = "home" | "market";

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** In Licheng; the market lies 1,600 m north-east of the home. */
const PLACES: Readonly<Record<PlaceName, Point>> = {
  home: { latitude: 36.68012, longitude: 117.06534 },
  market: { latitude: 36.69176, longitude: 117.07604 },
};

export const ZONE_M = 400;
/** As the setting takes it: a circle around the home. */
export const HOME_ZONE = `${PLACES.home.latitude},${PLACES.home.longitude},${ZONE_M}`;

const METRES_PER_DEGREE = 111320;
const OPEN_HDOP = 1.1;
/** By the window. */
const INDOOR_HDOP = 2.6;
const WALK_KNOTS = 1.7;

/** Straight metres between a place and a point of degrees × 10^7. */
export function metresFrom(place: PlaceName, latitudeE7: number, longitudeE7: number): number {
  const { latitude, longitude } = PLACES[place];
  const north = (latitudeE7 / 1e7 - latitude) * METRES_PER_DEGREE;
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const east = (longitudeE7 / 1e7 - longitude) * METRES_PER_DEGREE * shrink;
  return Math.round(Math.hypot(north, east));
}

export interface Walker extends Gnss {
  /** On the way from now on, at one pace; arrives after so many milliseconds. */
  walk(to: PlaceName, ms: number): void;
  /** The sky over it is seen from here, or isn't. */
  setSky(seen: boolean): void;
  /** Under a roof, beside a window. */
  setIndoors(indoors: boolean): void;
}

export function createWalker(clock: Clock): Walker {
  let from: PlaceName = "home";
  let to: PlaceName = "home";
  let leftMs = 0;
  let takesMs = 1;
  let sky = true;
  let indoors = true;

  function pointAt(nowMs: number): Point {
    const part = Math.min(1, Math.max(0, (nowMs - leftMs) / takesMs));
    const between = (one: number, other: number) => one + (other - one) * part;
    return {
      latitude: between(PLACES[from].latitude, PLACES[to].latitude),
      longitude: between(PLACES[from].longitude, PLACES[to].longitude),
    };
  }

  return {
    walk(next, ms) {
      from = to;
      to = next;
      leftMs = clock.nowMs();
      takesMs = ms;
    },
    setSky(seen) {
      sky = seen;
    },
    setIndoors(under) {
      indoors = under;
    },
    fixAt(nowMs): Fix | undefined {
      if (!sky) return undefined;
      return {
        ...worldTime(nowMs),
        ...pointAt(nowMs),
        hdop: indoors ? INDOOR_HDOP : OPEN_HDOP,
        altitudeM: 62.2,
        mode: 3,
        courseDeg: 36,
        speedKnots: nowMs < leftMs + takesMs ? WALK_KNOTS : 0,
        satellites: indoors ? 5 : 9,
      };
    },
  };
}
