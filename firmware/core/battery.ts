// Battery in percent out of its voltage, and in days: one lithium cell at rest. Honest, not exact.
// Decides nothing.

import type { Machine } from "../../protocol/machine.ts";
import { FALL_H_MIN, LEVEL_SLACK_PERCENT } from "./limits.ts";
import type { State } from "./state.ts";

/** Voltage and percent of the corners between which percent is a straight line. */
const CORNERS_MV: readonly number[] = [3300, 3550, 3700, 3800, 3950, 4150];
const CORNERS_PERCENT: readonly number[] = [0, 8, 35, 55, 80, 100];

/** The most that the wire says. */
const DAYS_MAX = 3650;

/** 0 to 100, or undefined where no voltage was told yet. */
export function batteryPercent(machine: Machine, state: State): number | undefined {
  const mv = state.batteryMv;
  if (mv === 0) return undefined;
  if (mv <= CORNERS_MV[0]) return 0;
  for (let i = 1; i < CORNERS_MV.length; i++) {
    if (mv < CORNERS_MV[i]) {
      const rise = CORNERS_PERCENT[i] - CORNERS_PERCENT[i - 1];
      const span = CORNERS_MV[i] - CORNERS_MV[i - 1];
      const more = machine.divide((mv - CORNERS_MV[i - 1]) * rise, span);
      return CORNERS_PERCENT[i - 1] + more;
    }
  }
  return 100;
}

/**
 * What the fall since the charger leaves, at the low end of what fits: a point more may have gone, some
 * hide behind the load of the moment, and the first hour was not a whole one. -1 while too little is known.
 */
export function daysLeft(machine: Machine, state: State): number {
  const battery = state.battery;
  const percent = batteryPercent(machine, state);
  const hours = state.runs.hours - battery.sinceH - 1;
  if (percent === undefined || battery.sinceH < 0 || hours < FALL_H_MIN) return -1;
  const fall = battery.mostPercent - percent + 1 + LEVEL_SLACK_PERCENT;
  const days = machine.divide(percent * hours, 24 * fall);
  return days < DAYS_MAX ? days : DAYS_MAX;
}
