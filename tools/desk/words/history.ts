// What happened to one alarm, newest first, out of its row. Pure.
import type { AlarmRow, EarlierAct, PositionRow } from "../../../sdk/care/alarms.ts";
import { texts } from "./texts.ts";
import type { Words } from "./words.ts";

/** 2020-01-01T00:00:00Z, where the pager's seconds begin [wire §6]. */
const EPOCH_MS = 1_577_836_800_000;

/** A delivery that took longer than this is said aloud. */
const LATE_MS = 60_000;

export interface Moment {
  atMs: number;
  what: Words;
  /** What somebody wrote. */
  text?: string;
  position?: PositionRow;
}

/** Every dated fact of the row. Of equal times the later in the alarm's life stands on top. */
export function historyOf(row: AlarmRow): Moment[] {
  const h = texts.history;
  const list: Moment[] = [{ atMs: row.raisedAtMs, what: h.delivered }];
  const heldAtMs = heldAtMsOf(row);
  if (heldAtMs !== undefined)
    list.unshift({ atMs: heldAtMs, what: row.kind === "sos" ? h.raised : h.raisedItself });
  for (const position of row.positions) {
    list.push({ atMs: position.atMs, what: h.position, position });
  }
  for (const one of row.earlier ?? []) list.push({ atMs: one.atMs, what: earlierWords(one) });
  if (row.takenAtMs !== undefined) {
    list.push({ atMs: row.takenAtMs, what: h.taken(row.owner ?? "") });
  }
  for (const note of row.notes) {
    list.push({ atMs: note.atMs, what: h.note(note.operator), text: note.text });
  }
  if (row.closedAtMs !== undefined) {
    list.push({ atMs: row.closedAtMs, what: h.closed(row.closedBy ?? "", outcomeOf(row)) });
  }
  if (row.toldAtMs !== undefined && row.told !== undefined) {
    list.push({ atMs: row.toldAtMs, what: h.told(texts.told[row.told]) });
  }
  const order = list.map((moment, i) => ({ moment, i }));
  order.sort((a, b) => b.moment.atMs - a.moment.atMs || b.i - a.i);
  return order.map(({ moment }) => moment);
}

/** What the wearer has been told, as far as the platform knows it. */
export function wearerKnows(row: AlarmRow): Words {
  const a = texts.alarm;
  if (row.stage === "delivered") return waitingKnows(row);
  if (row.stage === "taken") return row.told === "taken" ? a.wearerTaken : a.wearerTakenSent;
  return row.told === "closed" ? a.wearerClosed : a.wearerClosedSent;
}

/** Of an alarm that nobody has: whether its wearer knows that somebody had it before. */
function waitingKnows({ earlier, told }: AlarmRow): Words {
  const a = texts.alarm;
  if (earlier === undefined) return a.wearerDelivered;
  return told === "released" || told === "reopened" ? a.wearerWaits : a.wearerWaitsSent;
}

function outcomeOf({ outcome }: Pick<EarlierAct, "outcome">): Words | undefined {
  return outcome === undefined ? undefined : texts.outcomes[outcome];
}

function earlierWords(one: EarlierAct): Words {
  const h = texts.history;
  if (one.act === "take") return h.taken(one.operator);
  if (one.act === "release") return h.released(one.operator);
  return one.act === "reopen" ? h.reopened(one.operator) : h.closed(one.operator, outcomeOf(one));
}

/** Age of a position now: what it had when it was sent, and what passed since; if known. */
export function positionAgeMs(position: PositionRow, nowMs: number): number | undefined {
  if (position.ageS === undefined) return undefined;
  return position.ageS * 1000 + Math.max(0, nowMs - position.atMs);
}

/** When the key was held, by the pager's own clock; nothing proves it. */
function heldAtMsOf(row: AlarmRow): number | undefined {
  return row.reportedTimeS === undefined ? undefined : EPOCH_MS + row.reportedTimeS * 1000;
}

/** How long the alarm took to arrive, where that is long enough to matter. */
export function deliveredLateMs(row: AlarmRow): number | undefined {
  const heldAtMs = heldAtMsOf(row);
  if (heldAtMs === undefined || row.raisedAtMs - heldAtMs < LATE_MS) return undefined;
  return row.raisedAtMs - heldAtMs;
}
