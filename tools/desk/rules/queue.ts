// The order of the desk queue and what calls for sound. Pure; knows no screen.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";

/** The desk warns at 15 s untaken; after 60 s the aim is missed [N-01]. */
export const WARN_MS = 15_000;
export const LATE_MS = 60_000;

const STAGE_RANK = { delivered: 0, taken: 1, closed: 2 };

/** Untaken, taken, closed; then priority, 1 highest; then age, oldest first [D-01]. */
export function compareRows(a: AlarmRow, b: AlarmRow): number {
  const stage = STAGE_RANK[a.stage] - STAGE_RANK[b.stage];
  if (stage !== 0) return stage;
  if (a.stage === "closed") return (b.closedAtMs ?? 0) - (a.closedAtMs ?? 0);
  return a.priority - b.priority || a.raisedAtMs - b.raisedAtMs || (a.id < b.id ? -1 : 1);
}

/** The rows as read, save where an act of our own has brought a newer one since the reading began. */
export function newestOf(known: AlarmRow[], read: AlarmRow[]): AlarmRow[] {
  const bySeq = (row: AlarmRow) => known.find((one) => one.id === row.id && one.seq > row.seq);
  return read.map((row) => bySeq(row) ?? row);
}

export interface Queue {
  untaken: AlarmRow[];
  taken: AlarmRow[];
  /** Newest first. */
  closed: AlarmRow[];
}

/** The rows in the three groups of the desk, each in its order. */
export function queueOf(rows: AlarmRow[]): Queue {
  const sorted = [...rows].sort(compareRows);
  const at = (stage: AlarmRow["stage"]) => sorted.filter((row) => row.stage === stage);
  return { untaken: at("delivered"), taken: at("taken"), closed: at("closed") };
}

/** The highest priority that nobody has taken, which decides the sound; undefined: be quiet. */
export function soundingPriority(rows: AlarmRow[]): number | undefined {
  const ranks = rows.filter((row) => row.stage === "delivered").map((row) => row.priority);
  return ranks.length === 0 ? undefined : Math.min(...ranks);
}

/** How long an alarm stood untaken, since it was given back if it was: running, or the take time [N-01]. */
export function untakenMs(row: AlarmRow, nowMs: number): number {
  const sinceMs = row.waitsSinceMs ?? row.raisedAtMs;
  return Math.max(0, (row.takenAtMs ?? row.closedAtMs ?? nowMs) - sinceMs);
}

/** So long the platform takes a close back. */
const REOPEN_MS_MAX = 3600_000;

/** Whether there is any use in trying: the platform may still say that a newer alarm came. */
export function mayReopen(row: AlarmRow, nowMs: number): boolean {
  return row.stage === "closed" && nowMs - (row.closedAtMs ?? 0) <= REOPEN_MS_MAX;
}

export type Haste = "new" | "warn" | "late";

export function hasteOf(spanMs: number): Haste {
  if (spanMs >= LATE_MS) return "late";
  return spanMs >= WARN_MS ? "warn" : "new";
}

/**
 * Which alarm stands open after the rows changed. The operator's own choice stays; an untaken
 * alarm opens by itself only where none is open, so that nobody's work is swept away [D-01].
 */
export function openAfter(chosen: string | undefined, rows: AlarmRow[]): string | undefined {
  const current = rows.find((row) => row.id === chosen);
  if (current !== undefined) return current.id;
  return queueOf(rows).untaken[0]?.id;
}
