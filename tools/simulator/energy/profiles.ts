// The two profiles of a pager, what each promises, and whether a week keeps that.
// Runs nothing: a row is one profile through one week.

import type { Estimate } from "./model.ts";
import type { WeekRun } from "./run-week.ts";
import type { Week } from "./weeks.ts";

/** What each profile promises on a full battery, one of them for beats and check-ins alone [pager §4]. */
export const PROFILES = [
  { name: "reachable", zh: "在线", setting: 1, days: 10, heldMs: 5000, forMore: true },
  { name: "beat", zh: "定时", setting: 0, days: 60, heldMs: 45000, forMore: false },
] as const;

export type Profile = (typeof PROFILES)[number];

/** One line of the table. */
export interface Row extends WeekRun {
  readonly profile: Profile;
  readonly week: Week;
  readonly estimate: Estimate;
}

export type Verdict = "holds" | "one end" | "fails" | "not promised";

/** Whether the profile's days are reached at both ends of the range, at one, or at none. */
export function verdictOf({ profile, week, estimate: { daysMin, daysMax } }: Row): Verdict {
  if (daysMin >= profile.days) return "holds";
  if (week.more === true && !profile.forMore) return "not promised";
  return daysMax >= profile.days ? "one end" : "fails";
}
