// Where a wearer truly is, step by step, and what the receiver makes of it: error, gaps, wrong jumps.
// Decides no way: who walks says where to. The truth is told as events, what the receiver says is not.

import type { Clock } from "../../../sdk/clock.ts";
import type { Chance } from "../chance.ts";
import { FIRST_CELL, type Gnss, worldTime } from "../gnss.ts";
import type { Place } from "./hand.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

/** In 1e-7 degree. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Ground {
  readonly home: Point;
  readonly gnss: Gnss;
  /** Where the wearer truly is. */
  at(): Point;
  /** On the way somewhere. */
  readonly isMoving: boolean;
  /** What is overhead follows from it. */
  setPlace(place: Place): void;
  /** On the way from now on, straight to a point so many metres from home. Returns how long that takes. */
  goTo(northM: number, eastM: number, metresPerS: number): number;
  /** Nothing hides the sky any more but a roof. */
  calm(): void;
}

export interface GroundOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly see: See;
  /** The pager's id. */
  readonly id: string;
  /** Where nothing is set for its wearer a receiver sees nothing at home, which is cheap. */
  readonly cares: boolean;
}

const UNITS_PER_METRE = 1e7 / 111320;
const TURN = 3600000000;
/** The truth is told each time that it is so far from where it was told last. */
export const TOLD_EVERY_M = 25;
/** Of both hemispheres, at the equator, where longitudes turn, and where they are narrow. */
const HOMES = [
  [36.68012, 117.06534],
  [31.2304, 121.4737],
  [51.5072, -0.1276],
  [-33.9249, 18.4241],
  [64.1466, -21.9426],
  [-16.5004, 179.9996],
  [0.0003, -0.0002],
];
const HOME_SPREAD_M = 400;
const ROOF_HAS_SKY = 0.85;
/** What a receiver says of itself, and how much of that it is wrong. */
const OPEN_HDOP = { from: 0.8, to: 2 };
const ROOF_HDOP = { from: 2, to: 8 };
const METRES_OF_HDOP = 5;
const UNCERTAIN_M_MIN = 10;
const WRONG_PART = 0.9;
/** Shorter than any dwell; and so long the next one stays away. */
const JUMP_MS_MAX = 6000;
const JUMP_AGAIN_MS = 3600000;
const JUMP_M_MAX = 30000;
const GAP_MS_MIN = 300000;
const GAP_MS_MAX = 3600000;
const CELL_M = 220;
const CELLS_EACH_WAY = 1024;

const wrapped = (longitude: number) => ((((longitude + TURN / 2) % TURN) + TURN) % TURN) - TURN / 2;

/** So many metres away; flat, which is right to a part in a thousand over some kilometres. */
export function away({ latitude, longitude }: Point, northM: number, eastM: number): Point {
  const shrink = Math.cos((latitude / 1e7) * (Math.PI / 180));
  return {
    latitude: Math.round(latitude + northM * UNITS_PER_METRE),
    longitude: wrapped(Math.round(longitude + (eastM * UNITS_PER_METRE) / shrink)),
  };
}

interface Offset {
  readonly north: number;
  readonly east: number;
}

interface Leg {
  readonly from: Offset;
  readonly to: Offset;
  readonly fromMs: number;
  readonly untilMs: number;
}

function drawHome(chance: Chance): Point {
  const [latitude, longitude] = HOMES[chance.below(HOMES.length)].map((degrees) => degrees * 1e7);
  const spread = () => chance.between(-HOME_SPREAD_M, HOME_SPREAD_M);
  return away({ latitude, longitude }, spread(), spread());
}

function offsetAt({ from, to, fromMs, untilMs }: Leg, nowMs: number): Offset {
  if (nowMs >= untilMs) return to;
  const part = (nowMs - fromMs) / (untilMs - fromMs);
  return {
    north: from.north + (to.north - from.north) * part,
    east: from.east + (to.east - from.east) * part,
  };
}

/** The receiver's own error: within what it says of itself, but for a jump. */
function createError({ chance, weather }: Pick<GroundOptions, "chance" | "weather">) {
  let jump: Offset = { north: 0, east: 0 };
  let untilMs = -Infinity;

  function around(metres: number): Offset {
    const angle = chance.next() * 2 * Math.PI;
    return { north: metres * Math.cos(angle), east: metres * Math.sin(angle) };
  }

  return (nowMs: number, uncertaintyM: number): Offset => {
    if (nowMs < untilMs) return jump;
    if (nowMs >= untilMs + JUMP_AGAIN_MS && weather.strikes("fixJump")) {
      jump = around(200 + chance.next() ** 3 * JUMP_M_MAX);
      untilMs = nowMs + chance.between(1, JUMP_MS_MAX);
      return jump;
    }
    return around(chance.next() * uncertaintyM * WRONG_PART);
  };
}

export function createGround(options: GroundOptions): Ground {
  const { clock, weather, see, id } = options;
  const chance = options.chance.fork("ground");
  const home = drawHome(chance.fork("home"));
  const roofHasSky = options.cares && chance.fork("roof").happens(ROOF_HAS_SKY);
  const gaps = chance.fork("gaps");
  const dilution = chance.fork("dilution");
  const errorAt = createError({ chance: chance.fork("error"), weather });
  const atHome: Offset = { north: 0, east: 0 };
  let leg: Leg = { from: atHome, to: atHome, fromMs: 0, untilMs: 0 };
  let place: Place = "home";
  let isGap = false;
  let cancelTell = () => {};

  const isOpen = () => place === "street";
  const hasSky = () => isOpen() || (roofHasSky && place !== "lift" && !isGap);

  function at(): Point {
    const { north, east } = offsetAt(leg, clock.nowMs());
    return away(home, north, east);
  }

  const tell = () => see({ kind: "ground", pager: id, ...at(), sky: hasSky() });

  function tellOnTheWay(everyMs: number): void {
    cancelTell();
    const leftMs = leg.untilMs - clock.nowMs();
    tell();
    if (leftMs <= 0) return;
    cancelTell = clock.after(Math.min(everyMs, leftMs), () => tellOnTheWay(everyMs));
  }

  function endGap(): void {
    if (!isGap) return;
    isGap = false;
    tell();
  }

  weather.often("skyGap", () => {
    if (isGap || !roofHasSky) return;
    isGap = true;
    tell();
    clock.after(gaps.between(GAP_MS_MIN, GAP_MS_MAX), endGap);
  });
  tell();

  return {
    home,
    at,
    gnss: {
      cell() {
        const { north, east } = offsetAt(leg, clock.nowMs());
        return FIRST_CELL + Math.round(north / CELL_M) * CELLS_EACH_WAY + Math.round(east / CELL_M);
      },
      fixAt(nowMs) {
        if (!hasSky()) return undefined;
        const { from, to } = isOpen() ? OPEN_HDOP : ROOF_HDOP;
        const hdop = Math.round((from + (to - from) * dilution.next()) * 10) / 10;
        const error = errorAt(nowMs, Math.max(UNCERTAIN_M_MIN, METRES_OF_HDOP * hdop));
        const { north, east } = offsetAt(leg, nowMs);
        const said = away(home, north + error.north, east + error.east);
        return {
          ...worldTime(nowMs),
          latitude: said.latitude / 1e7,
          longitude: said.longitude / 1e7,
          hdop,
          altitudeM: 62.2,
          mode: 3,
          courseDeg: 0,
          speedKnots: nowMs < leg.untilMs ? 1.6 : 0,
          satellites: isOpen() ? 9 : 5,
        };
      },
    },
    get isMoving() {
      return clock.nowMs() < leg.untilMs;
    },
    setPlace(next) {
      place = next;
      tell();
    },
    goTo(northM, eastM, metresPerS) {
      const fromMs = clock.nowMs();
      const from = offsetAt(leg, fromMs);
      const metres = Math.hypot(northM - from.north, eastM - from.east);
      const takesMs = Math.ceil((metres / metresPerS) * 1000);
      leg = { from, to: { north: northM, east: eastM }, fromMs, untilMs: fromMs + takesMs };
      tellOnTheWay(Math.ceil((TOLD_EVERY_M / metresPerS) * 1000));
      return takesMs;
    },
    calm: endGap,
  };
}
