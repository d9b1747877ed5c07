// What the detector says of recorded trials: counts by set and activity, and which were missed.
// Never prints; tools/cli/falls.ts does.

import { FELL, newFallWatch, SAMPLES, takeSecond } from "../../firmware/motion/fall.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { SetName, Trial } from "./trial.ts";

/** A pager has run for long before a recording begins: its wearer stood or sat as in the first second. */
const LEAD_SECONDS = 4;

/** Of falls those that were told are right, of anything else those that were not. */
export interface Share {
  right: number;
  all: number;
}

export interface ActivityRow extends Share {
  set: SetName;
  activity: string;
  fall: boolean;
}

export interface SetRow {
  set: SetName;
  falls: Share;
  others: Share;
  /** False alarms and hours without a fall. */
  falseAlarms: number;
  hours: number;
}

export interface FallReport {
  sets: SetRow[];
  activities: ActivityRow[];
  /** Names of the trials whose fall was not told, and of those in which none was but one was told. */
  missed: string[];
  false: string[];
}

/** How many falls the detector tells in this trial. */
export function fallsIn(samples: readonly number[]): number {
  const second = 3 * SAMPLES;
  const watch = newFallWatch();
  const first = samples.slice(0, second);
  for (let i = 0; i < LEAD_SECONDS; i++) takeSecond(nodeMachine, watch, first);
  let falls = 0;
  for (let at = 0; at + second <= samples.length; at += second) {
    if (takeSecond(nodeMachine, watch, samples.slice(at, at + second)) >= FELL) falls += 1;
  }
  return falls;
}

export function reportOf(trials: Iterable<Trial>): FallReport {
  const sets = new Map<string, SetRow>();
  const activities = new Map<string, ActivityRow>();
  const report: FallReport = { sets: [], activities: [], missed: [], false: [] };
  for (const trial of trials) {
    const { set, activity, fall, name, samples } = trial;
    const falls = fallsIn(samples);
    const good = falls > 0 === fall;
    const row = rowOf(sets, set, () => newSetRow(set));
    addTo(fall ? row.falls : row.others, good);
    const key = `${set} ${fall ? 1 : 0} ${activity}`;
    addTo(
      rowOf(activities, key, () => ({ set, activity, fall, right: 0, all: 0 })),
      good,
    );
    if (!good) report[fall ? "missed" : "false"].push(name);
    if (fall) continue;
    row.falseAlarms += falls;
    row.hours += samples.length / (3 * SAMPLES * 3600);
  }
  report.sets = [...sets.values()];
  report.activities = [...activities].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return report;
}

// internal

function newSetRow(set: SetName): SetRow {
  const none = () => ({ right: 0, all: 0 });
  return { set, falls: none(), others: none(), falseAlarms: 0, hours: 0 };
}

function rowOf<T>(rows: Map<string, T>, key: string, make: () => T): T {
  const row = rows.get(key) ?? make();
  rows.set(key, row);
  return row;
}

function addTo(share: Share, good: boolean): void {
  share.all += 1;
  if (good) share.right += 1;
}
