// What the simulated satellite receiver sees: an interface, and a walk drawn from a seed.
// Knows no file and no AT command.

import type { Chance } from "./chance.ts";

/** One solution, with the time texts of NMEA. */
export interface Fix {
  /** `hhmmss.s` and `ddmmyy` in UTC; the date is "" where the receiver did not know it. */
  readonly time: string;
  readonly date: string;
  /** Degrees, north and east positive. */
  readonly latitude: number;
  readonly longitude: number;
  readonly hdop: number;
  readonly altitudeM: number;
  /** 2 without height, else 3. */
  readonly mode: 2 | 3;
  readonly courseDeg: number;
  readonly speedKnots: number;
  readonly satellites: number;
}

export interface Gnss {
  /** What the sky gives at this moment of the world; undefined while there is no fix. */
  fixAt(nowMs: number): Fix | undefined;
  /** Number of the cell that covers the place of the last answer; absent: it is always the same one. */
  cell?(): number;
}

const METRES_PER_DEGREE = 111320;
/** The cell of a walk's beginning; another one begins with each two hundred metres or so. */
export const FIRST_CELL = 0x29a7df4;
const CELL_DEGREES = 0.002;
const CELLS_EACH_WAY = 1024;

const two = (value: number) => String(value).padStart(2, "0");

/** The world's time as NMEA writes it, whole seconds. */
export function worldTime(nowMs: number): { time: string; date: string } {
  const at = new Date(nowMs);
  const day = two(at.getUTCDate()) + two(at.getUTCMonth() + 1);
  return {
    time: `${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}.0`,
    date: day + two(at.getUTCFullYear() % 100),
  };
}

export interface WalkOptions {
  readonly chance: Chance;
  /** Where it begins; the default lies in Licheng. */
  readonly latitude?: number;
  readonly longitude?: number;
}

/** Somebody old on foot: about 0.8 m/s, a new course now and then, never far from the start. */
export function createWalk(options: WalkOptions): Gnss {
  const chance = options.chance;
  let latitude = options.latitude ?? 36.68012;
  let longitude = options.longitude ?? 117.06534;
  let courseDeg = chance.below(360);
  let second = -1;
  const from = { latitude, longitude };
  const cellsBetween = (a: number, b: number) => Math.round((a - b) / CELL_DEGREES);

  function stride(): void {
    if (chance.happens(0.1)) courseDeg = (courseDeg + chance.between(-60, 60) + 360) % 360;
    const metres = 0.4 + chance.next() * 0.8;
    const course = (courseDeg * Math.PI) / 180;
    latitude += (metres * Math.cos(course)) / METRES_PER_DEGREE;
    const shrink = Math.cos((latitude * Math.PI) / 180);
    longitude += (metres * Math.sin(course)) / (METRES_PER_DEGREE * shrink);
  }

  return {
    cell() {
      const north = cellsBetween(latitude, from.latitude);
      return FIRST_CELL + north * CELLS_EACH_WAY + cellsBetween(longitude, from.longitude);
    },
    fixAt(nowMs) {
      const now = Math.floor(nowMs / 1000);
      // A long sleep of the receiver is one stride, not a million.
      const strides = second < 0 ? 0 : Math.min(now - second, 60);
      for (let count = 0; count < strides; count++) stride();
      second = now;
      return {
        ...worldTime(nowMs),
        latitude,
        longitude,
        hdop: 1.1,
        altitudeM: 62.2,
        mode: 3,
        courseDeg,
        speedKnots: 1.6,
        satellites: 9,
      };
    },
  };
}
