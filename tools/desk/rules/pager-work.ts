// What of a pager needs a technician. Pure; never an alarm and never in its queue [D-12, R-32].
import type { PagerRow } from "../../../sdk/store/store.ts";

export type Trouble =
  | "blocked"
  | "neverActivated"
  | "neverHeard"
  | "silent"
  | "batteryEmpty"
  | "batteryLow"
  | "unassigned"
  | "signalWeak"
  | "partFailed";

/** Silent after two missed beats of 12 hours [N-04]. */
export const SILENT_MS = 24 * 3_600_000;

/** Levels of the battery notice [N-09]. */
export const LOW_PERCENT = 20;
export const EMPTY_PERCENT = 10;

export const WEAK_DBM = -115;

/** Everything that is wrong, the heaviest first; an empty list: all is well. */
export function troublesOf(pager: PagerRow, nowMs: number): Trouble[] {
  const troubles: Trouble[] = [];
  if (pager.standing === "blocked") troubles.push("blocked");
  if (pager.standing === "neverActivated") troubles.push("neverActivated");
  else if (pager.heardAtMs === undefined) troubles.push("neverHeard");
  else if (nowMs - pager.heardAtMs >= SILENT_MS) troubles.push("silent");
  if (pager.charging !== true && pager.batteryPercent !== undefined) {
    if (pager.batteryPercent <= EMPTY_PERCENT) troubles.push("batteryEmpty");
    else if (pager.batteryPercent <= LOW_PERCENT) troubles.push("batteryLow");
  }
  if (pager.standing === "unassigned") troubles.push("unassigned");
  if (pager.signalDbm !== undefined && pager.signalDbm <= WEAK_DBM) troubles.push("signalWeak");
  if ((pager.failedParts ?? []).length > 0) troubles.push("partFailed");
  return troubles;
}

const ORDER: Trouble[] = [
  "silent",
  "batteryEmpty",
  "neverHeard",
  "neverActivated",
  "batteryLow",
  "partFailed",
  "unassigned",
  "signalWeak",
  "blocked",
];

/** Pagers that need work first, the most pressing on top; then the rest by id. */
export function comparePagers(nowMs: number): (a: PagerRow, b: PagerRow) => number {
  const rank = (pager: PagerRow) => {
    const ranks = troublesOf(pager, nowMs).map((trouble) => ORDER.indexOf(trouble));
    return Math.min(ORDER.length, ...ranks);
  };
  return (a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}
