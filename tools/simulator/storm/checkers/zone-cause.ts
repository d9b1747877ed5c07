// Which zones a wearer has truly left for long enough, as far as fixes could tell.
// The true way decides; where the receiver was wrong, that is told and not hidden.

import { ZONE_DWELL_S_KEY, ZONE_S_KEY, ZONE_SLACK_M_KEY } from "../../../../protocol/settings.ts";
import type { Stretch, WearerWatch } from "./wearer-watch.ts";
import { outsideM, type Zone, zoneOf } from "./zone-ground.ts";

/** "lied": only a wrong fix can have shown it. */
export type Cause = "true" | "lied" | "none";

/** Between two tellings of the truth, and by the pager's geometry in whole metres. */
const TOLERANCE_M = 40;
/** An answer of the modem that came late, a step that storage held back, a step of the way. */
const LATE_MS = 40000;
/** So far inside every fix lies inside. */
export const DEPTH_M = 70;
/** One search and its pause, beside what the settings say. */
export const SEARCH_MS = 180000;

export interface ZoneTimes {
  readonly slackM: number;
  readonly dwellMs: number;
  /** Between two looks at most. */
  readonly lookMs: number;
}

export function timesOf(numbers: readonly number[]): ZoneTimes {
  const dwellMs = numbers[ZONE_DWELL_S_KEY - 1] * 1000;
  const lookMs = Math.max(dwellMs, numbers[ZONE_S_KEY - 1] * 1000);
  return { slackM: numbers[ZONE_SLACK_M_KEY - 1], dwellMs, lookMs };
}

/** Since when the wearer can't have been seen inside. */
function lastInside(zone: Zone, way: readonly Stretch[], nowMs: number, times: ZoneTimes): number {
  let untilMs = nowMs;
  let insideMs = 0;
  for (let at = way.length - 1; at >= 0; at--) {
    const { fromMs, fairMs } = way[at];
    const isInside = outsideM(zone, way[at]) < -DEPTH_M;
    insideMs = isInside ? insideMs + Math.max(0, untilMs - Math.max(fromMs, fairMs)) : 0;
    if (insideMs > times.lookMs + SEARCH_MS) return untilMs;
    untilMs = fromMs;
  }
  return -Infinity;
}

/** The span in which it was so for the last time, and for the first: by those behind `sinceMs`. */
function causeIn(zone: Zone, watch: WearerWatch, pager: string, nowMs: number, times: ZoneTimes) {
  const way = watch.way(pager);
  const sinceMs = lastInside(zone, way, nowMs, times);
  const beforeMs = nowMs - times.dwellMs + 1000;
  const isNow = (ms: number) => ms > nowMs - LATE_MS;
  let now = false;
  let before = false;
  let untilMs = nowMs;
  for (let at = way.length - 1; at >= 0 && untilMs > sinceMs; at--) {
    const { fromMs } = way[at];
    if (outsideM(zone, way[at]) > times.slackM - TOLERANCE_M) {
      now ||= isNow(untilMs);
      before ||= fromMs <= beforeMs;
    }
    if (before || (!now && !isNow(untilMs))) break;
    untilMs = fromMs;
  }
  if (now && before) return "true";
  const lies = watch.lies(pager).filter((ms) => ms > sinceMs);
  const isLied = (now || lies.some(isNow)) && (before || lies.some((ms) => ms <= beforeMs));
  return isLied ? "lied" : "none";
}

/** By the place of each zone, from 0 on. */
export function causesOfLeaving(watch: WearerWatch, pager: string, nowMs: number): Cause[] {
  const numbers = watch.numbers(pager);
  if (numbers === undefined) return [];
  const times = timesOf(numbers);
  return watch.zones(pager).map((text) => {
    const zone = zoneOf(text);
    return zone === undefined ? "none" : causeIn(zone, watch, pager, nowMs, times);
  });
}
