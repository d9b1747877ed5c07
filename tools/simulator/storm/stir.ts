// What an accelerometer feels of its wearer: stirs now and then, walks, lies still for hours, falls.
// Knows no zone and no place; whether a fall is taken back is the finger's.

import { FELL, MOVED } from "../../../firmware/motion/fall.ts";
import type { Clock } from "../../../sdk/clock.ts";
import type { Chance } from "../chance.ts";
import type { Finger } from "./finger.ts";
import type { Ground } from "./ground.ts";
import type { Hand } from "./hand.ts";
import type { Weather } from "./weather.ts";

/** Of itself it says no more than that it works. */
export const WORKS = 4;
const MINUTE_MS = 60_000;
const WORKS_MS = 30 * MINUTE_MS;
/** The sensor says so at most once a minute. */
const STIR_MS_MIN = MINUTE_MS;
const STIR_MS_MAX = 10 * MINUTE_MS;
const TOSS_MS_MAX = 40 * MINUTE_MS;
const STILL_MS = { from: 30 * MINUTE_MS, to: 300 * MINUTE_MS };
/** Behind a fall that nobody takes back somebody comes in the end. */
const FALLEN_MS = { from: 2 * MINUTE_MS, to: 40 * MINUTE_MS };
const TAKEN_BACK = 0.5;
const BACK_MS = { from: 2000, to: 30_000 };
const CLICK_MS = 200;

export interface Stir {
  readonly isStill: boolean;
  /** On the way from now on, until the ground says that it is over. */
  walk(): void;
  calm(): void;
}

export interface StirOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly hand: Pick<Hand, "feel">;
  readonly ground: Pick<Ground, "isMoving">;
  readonly finger: Finger;
  isAsleep(): boolean;
}

export function startStir(options: StirOptions): Stir {
  const { clock, weather, hand, ground, finger } = options;
  const chance = options.chance.fork("stir");
  const falls = options.chance.fork("falls");
  let stillUntilMs = -Infinity;
  let isCalm = false;
  let cancelWalk = () => {};

  const isStill = () => clock.nowMs() < stillUntilMs;

  function lie(ms: number): void {
    stillUntilMs = Math.max(stillUntilMs, clock.nowMs() + ms);
  }

  function stir(): void {
    if (isCalm) return;
    if (!isStill()) hand.feel(MOVED);
    const mostMs = options.isAsleep() ? TOSS_MS_MAX : STIR_MS_MAX;
    clock.after(chance.between(STIR_MS_MIN, mostMs), stir);
  }

  function fall(): void {
    if (isCalm || isStill()) return;
    hand.feel(MOVED + FELL);
    const backMs = falls.between(BACK_MS.from, BACK_MS.to);
    if (!falls.happens(TAKEN_BACK)) lie(falls.between(FALLEN_MS.from, FALLEN_MS.to));
    else clock.after(backMs, () => !isCalm && finger.play([CLICK_MS]));
  }

  function walk(): void {
    cancelWalk();
    if (!ground.isMoving) return;
    hand.feel(MOVED);
    cancelWalk = clock.after(STIR_MS_MIN, walk);
  }

  function work(): void {
    hand.feel(WORKS);
    clock.after(WORKS_MS, work);
  }
  work();

  weather.often("wearerStill", () => {
    if (!isCalm && !finger.isBusy) lie(chance.between(STILL_MS.from, STILL_MS.to));
  });
  weather.often("wearerFall", fall);
  // Where nobody falls or lies still, nothing is asked of the sensor either.
  if (weather.has("wearerStill") || weather.has("wearerFall")) stir();

  return {
    get isStill() {
      return isStill();
    },
    walk,
    calm() {
      isCalm = true;
      stillUntilMs = -Infinity;
    },
  };
}
