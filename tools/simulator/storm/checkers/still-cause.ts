// How long nothing has moved a pager that could feel it: by day, off its charger, with nobody at its key.
// By true hours; a clock that somebody told wrong is told as such.

import {
  DAY_FROM_H_KEY,
  DAY_TO_H_KEY,
  STILL_S_KEY,
  UTC_OFFSET_MIN_KEY,
} from "../../../../protocol/settings.ts";
import type { WorldEvent } from "../world-event.ts";

export interface StillWatch {
  take(event: WorldEvent): void;
  /** Milliseconds of stillness that are asked for; 0 for none. */
  stillMs(pager: string): number;
  /** It can only be still since then, as far as it felt; and must be, from then on. */
  mayBeSinceMs(pager: string): number;
  mustBeSinceMs(pager: string): number;
  /** True where the whole span lies in the hours of day, but for some minutes at its ends. */
  isDay(pager: string, fromMs: number, untilMs: number): boolean;
  /** The first moment from then on behind which so long a span of it is day; Infinity for none. */
  dayFromMs(pager: string, atMs: number, spanMs: number): number;
  /** Someone may have told it a wrong time, or nobody any. */
  isClockWrong(pager: string): boolean;
  isClockUnknown(pager: string): boolean;
}

/** A pager looks at its charger so often. */
const BATTERY_MS = 660000;
/** Nobody holds so long: such a key is stuck, and no hand. */
const STUCK_MS = 119000;
const MINUTE_MS = 60000;
const HOUR_MS = 60 * MINUTE_MS;
const LOOK_MS = 10 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A clock may be a little off. */
const MARGIN_MS = 5 * MINUTE_MS;
const WRONG = /^(networkTimeWrong|platformClockJumps|modem (octetLost|octetDoubled|fixStale))$/;

interface Felt {
  numbers: readonly number[] | undefined;
  onMs: number;
  movedMs: number;
  keyMs: number;
  isDown: boolean;
  isCharging: boolean;
  /** Since when it is as it is. */
  chargerMs: number;
  /** It must have seen a charger until then. */
  chargedMs: number;
  changedMs: number;
  wasReadyMs: number;
  isWrong: boolean;
}

const newFelt = (): Felt => ({
  numbers: undefined,
  onMs: -Infinity,
  movedMs: -Infinity,
  keyMs: -Infinity,
  isDown: false,
  isCharging: false,
  chargerMs: -Infinity,
  chargedMs: -Infinity,
  changedMs: -Infinity,
  wasReadyMs: Infinity,
  isWrong: false,
});

export function createStillWatch(): StillWatch {
  const pagers = new Map<string, Felt>();
  let isWrong = false;

  function feltOf(pager: string): Felt {
    const felt = pagers.get(pager) ?? newFelt();
    pagers.set(pager, felt);
    return felt;
  }

  function takeKey(felt: Felt, down: boolean, atMs: number): void {
    // A press that is no stuck key counts from its beginning to its end.
    if (down || atMs - felt.keyMs < STUCK_MS) felt.keyMs = atMs;
    felt.isDown = down;
  }

  function takeCharger(felt: Felt, on: boolean, atMs: number): void {
    if (on === felt.isCharging) return;
    const seenMs = Math.max(felt.chargerMs, felt.onMs) + BATTERY_MS;
    if (felt.isCharging && seenMs <= atMs) felt.chargedMs = atMs - BATTERY_MS;
    felt.isCharging = on;
    felt.chargerMs = atMs;
  }

  function takeSettings(felt: Felt, numbers: readonly number[], atMs: number): void {
    const before = felt.numbers?.[STILL_S_KEY - 1];
    if (before !== numbers[STILL_S_KEY - 1]) felt.changedMs = atMs;
    felt.numbers = numbers;
  }

  function takePower(felt: Felt, { kind, atMs }: WorldEvent): void {
    felt.wasReadyMs = Infinity;
    if (kind === "off") felt.numbers = undefined;
    else felt.onMs = atMs;
  }

  function hourOf({ numbers }: Felt, atMs: number): number {
    const offsetMs = (numbers?.[UTC_OFFSET_MIN_KEY - 1] ?? 0) * MINUTE_MS;
    // A world begins at midnight of UTC.
    return (Math.floor((atMs + offsetMs) / HOUR_MS) + 48) % 24;
  }

  function isDayAt(felt: Felt, atMs: number): boolean {
    const hour = hourOf(felt, atMs);
    const { numbers = [] } = felt;
    return hour >= numbers[DAY_FROM_H_KEY - 1] && hour < numbers[DAY_TO_H_KEY - 1];
  }

  return {
    take(event) {
      if (event.kind === "fault" && WRONG.test(event.name)) {
        if (event.pager === "") isWrong = true;
        else feltOf(event.pager).isWrong = true;
      }
      if (!("pager" in event) || event.kind === "fault") return;
      const { atMs } = event;
      if (event.kind === "on" || event.kind === "off") takePower(feltOf(event.pager), event);
      if (event.kind === "motion" && event.what % 2 === 1) feltOf(event.pager).movedMs = atMs;
      if (event.kind === "key") takeKey(feltOf(event.pager), event.down, atMs);
      if (event.kind === "charger") takeCharger(feltOf(event.pager), event.on, atMs);
      if (event.kind === "settings") takeSettings(feltOf(event.pager), event.numbers, atMs);
      if (event.kind === "radio" && event.state === "ready") {
        const felt = feltOf(event.pager);
        felt.wasReadyMs = Math.min(felt.wasReadyMs, atMs);
      }
    },
    stillMs: (pager) => (feltOf(pager).numbers?.[STILL_S_KEY - 1] ?? 0) * 1000,
    mayBeSinceMs(pager) {
      const { movedMs, chargedMs } = feltOf(pager);
      return Math.max(movedMs, chargedMs);
    },
    mustBeSinceMs(pager) {
      const felt = feltOf(pager);
      const chargerMs = felt.isCharging ? Infinity : felt.chargerMs + BATTERY_MS;
      const keyMs = felt.isDown ? Infinity : felt.keyMs;
      return Math.max(felt.movedMs, chargerMs, keyMs, felt.onMs, felt.changedMs);
    },
    isDay(pager, fromMs, untilMs) {
      const felt = feltOf(pager);
      for (let atMs = fromMs + MARGIN_MS; atMs < untilMs - MARGIN_MS; atMs += LOOK_MS) {
        if (!isDayAt(felt, atMs)) return false;
      }
      return isDayAt(felt, untilMs - MARGIN_MS);
    },
    dayFromMs(pager, atMs, spanMs) {
      const { numbers = [] } = feltOf(pager);
      const fromMs = numbers[DAY_FROM_H_KEY - 1] * HOUR_MS + MARGIN_MS;
      const lastMs = numbers[DAY_TO_H_KEY - 1] * HOUR_MS - MARGIN_MS - spanMs;
      const offsetMs = numbers[UTC_OFFSET_MIN_KEY - 1] * MINUTE_MS;
      const ofDayMs = (atMs + offsetMs + DAY_MS) % DAY_MS;
      if (lastMs < fromMs) return Infinity;
      if (ofDayMs < fromMs) return atMs + fromMs - ofDayMs;
      return ofDayMs <= lastMs ? atMs : atMs + DAY_MS - ofDayMs + fromMs;
    },
    isClockWrong: (pager) => isWrong || feltOf(pager).isWrong,
    isClockUnknown: (pager) => feltOf(pager).wasReadyMs === Infinity,
  };
}
