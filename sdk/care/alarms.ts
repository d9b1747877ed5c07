// An alarm as the desk sees it, from raise to close: a pure reducer over events.
// No clock, no store, no radio: the same events give the same row, today and in a replay.

import type {
  CarrierName,
  Event,
  FactOf,
  Position,
  Report,
  Stage,
  Standing,
  Word,
} from "../events.ts";
import { type CellRow, cellAfter, isSameCell } from "./cells.ts";
import { type AlarmKind, kindOf, priorityOf } from "./kinds.ts";
import type { Outcome } from "./outcome.ts";

/** A position and when the platform stored it. Positions are added, none is overwritten. */
export type PositionRow = Position & { atMs: number };

export interface NoteRow {
  atMs: number;
  operator: string;
  text: string;
}

/** An act that stands no more, because the alarm was given back or opened again behind it. */
export interface EarlierAct {
  act: "take" | "release" | "close" | "reopen";
  atMs: number;
  operator: string;
  /** Of a close. */
  outcome?: Outcome;
}

export interface AlarmRow {
  /** `pager/kid/number` [wire §2.1]. */
  id: string;
  pager: string;
  number: number;
  kind: AlarmKind;
  stage: Stage;
  /** 1 is the highest. */
  priority: number;
  /** It may be an old one, sent once more: nothing has shown its pager's words fresh yet [wire §1.3]. */
  unproven?: true;
  /** By what its newest report came; absent: by UDP. */
  carrier?: CarrierName;
  /** What the pager's standing was when the alarm came in; anything but "active" is shown. */
  standing: Standing;
  /** Platform time at which the alarm was stored. */
  raisedAtMs: number;
  /** Seconds since 2020-01-01T00:00:00Z by the pager's clock at the raise; never proven. */
  reportedTimeS?: number;
  reportedFromNetwork?: boolean;
  positions: PositionRow[];
  /** The newest cell that the pager said, unless a fix is newer. */
  cell?: CellRow;
  /** Further holds of the same alarm. */
  repeats: number;
  /** The wearer said that it was a mistake, which closes nothing. */
  mistake: boolean;
  batteryPercent?: number;
  charging?: boolean;
  owner?: string;
  takenAtMs?: number;
  notes: NoteRow[];
  outcome?: Outcome;
  closedBy?: string;
  closedAtMs?: number;
  /** Oldest first; absent until an alarm was given back or opened again. */
  earlier?: EarlierAct[];
  /** Since when it waits once more; absent: since it was raised. */
  waitsSinceMs?: number;
  /** The last word whose cue the pager has given to its wearer. */
  told?: Word;
  toldAtMs?: number;
  /** The result that said so: one with a lower number under this key identifier is older. */
  toldBy?: { kid: string; piv: number };
  /** Cursor of the newest event in this row. */
  seq: number;
}

/** The row after `event`; the same row when the event is not about this alarm. */
export function reduceAlarm(row: AlarmRow | undefined, event: Event): AlarmRow | undefined {
  if (row === undefined) return event.kind === "alarmRaised" ? raised(event) : undefined;
  if (!("alarm" in event) || event.alarm !== row.id) return row;
  const next = { ...row, seq: event.seq };
  switch (event.kind) {
    case "alarmRaised":
    case "alarmReported":
      return reported(next, event);
    case "alarmReopened":
      return reported(marked(untaken(next, event.atMs), event), event);
    case "alarmProven":
      return provenRow(next);
    case "alarmLocated":
      return located(next, event);
    case "alarmTaken":
      return { ...next, stage: "taken", owner: event.operator, takenAtMs: event.atMs };
    case "alarmNoted":
      return noted(next, event.atMs, event.operator, event.text);
    case "alarmClosed":
      return closed(next, event);
    case "alarmReleased":
    case "alarmReopenedByDesk":
      return givenBack(next, event);
    case "wordObeyed":
      return {
        ...next,
        told: event.word,
        toldAtMs: event.atMs,
        toldBy: { kid: event.kid, piv: event.piv },
      };
  }
}

/**
 * Whether what came is the row's alarm once more by another carrier, with nothing new in it. It is
 * counted and makes no second event [wire §5]; a position that is not known yet always does.
 */
export function isCopy(
  row: AlarmRow,
  fact: FactOf<"alarm">,
  positionsOf: () => readonly Position[],
): boolean {
  if ((fact.carrier ?? "udp") === (row.carrier ?? "udp")) return false;
  const { letter, report } = fact;
  // A further hold says something each time.
  if (letter === "m" || (letter === "x" && !row.mistake)) return false;
  const isKnown =
    (report.timeS === undefined || row.reportedTimeS !== undefined) &&
    (report.batteryPercent === undefined || report.batteryPercent === row.batteryPercent) &&
    (report.cell === undefined || (row.cell !== undefined && isSameCell(row.cell, report.cell)));
  const { position } = report;
  if (!isKnown || position === undefined) return isKnown;
  return positionsOf().some((one) => isSamePlace(one, position));
}

function isSamePlace(one: Position, other: Position): boolean {
  return (
    one.latitude === other.latitude &&
    one.longitude === other.longitude &&
    one.source === other.source &&
    one.uncertaintyM === other.uncertaintyM
  );
}

/** The queue: not closed first, then priority, then age [D-01]. */
export function compareAlarms(a: AlarmRow, b: AlarmRow): number {
  const open = Number(a.stage === "closed") - Number(b.stage === "closed");
  if (open !== 0) return open;
  if (a.stage === "closed") return b.raisedAtMs - a.raisedAtMs;
  return a.priority - b.priority || a.raisedAtMs - b.raisedAtMs || (a.id < b.id ? -1 : 1);
}

type AlarmEvent = Extract<Event, { kind: "alarmRaised" | "alarmReported" | "alarmReopened" }>;

function raised(event: AlarmEvent): AlarmRow {
  // Whose first report was lost is taken for the gravest until it says what it is.
  const kind = kindOf(event.letter) ?? "sos";
  const row: AlarmRow = {
    id: event.alarm,
    pager: event.pager,
    number: event.number,
    kind,
    stage: "delivered",
    priority: priorityOf(kind),
    standing: event.standing,
    raisedAtMs: event.atMs,
    positions: [],
    repeats: 0,
    mistake: false,
    notes: [],
    seq: event.seq,
  };
  return reported(marked(row, event), event);
}

/** What calls for help may be old: said beside it until its pager has proven that it is there. */
function marked(row: AlarmRow, event: AlarmEvent): AlarmRow {
  return event.unproven === true ? { ...row, unproven: true } : row;
}

function provenRow(row: AlarmRow): AlarmRow {
  const { unproven, ...rest } = row;
  return rest;
}

function reported(row: AlarmRow, event: AlarmEvent): AlarmRow {
  const kind = kindOf(event.letter) ?? row.kind;
  return {
    ...row,
    kind,
    priority: priorityOf(kind),
    ...timeOf(row, event.report),
    ...batteryOf(row, event.report),
    repeats: row.repeats + (event.letter === "m" ? 1 : 0),
    // A hold after a mistake asks for help again.
    mistake: event.letter === "x" || (row.mistake && event.letter !== "m"),
    positions: withPosition(row.positions, event),
    cell: cellAfter(row.cell, event.report, event.atMs),
    carrier: event.carrier,
  };
}

function located(row: AlarmRow, event: Extract<Event, { kind: "alarmLocated" }>): AlarmRow {
  const { cell } = row;
  const positions = [...row.positions, { ...event.position, atMs: event.atMs }];
  return { ...row, positions, cell: cell === undefined ? cell : { ...cell, located: true } };
}

/** The first time that the pager knew stays. */
function timeOf(row: AlarmRow, report: Report): Partial<AlarmRow> {
  if (row.reportedTimeS !== undefined || report.timeS === undefined) return {};
  return { reportedTimeS: report.timeS, reportedFromNetwork: report.timeFromNetwork === true };
}

function batteryOf(row: AlarmRow, report: Report): Partial<AlarmRow> {
  return {
    batteryPercent: report.batteryPercent ?? row.batteryPercent,
    charging: report.charging ?? row.charging,
  };
}

function withPosition(positions: PositionRow[], event: AlarmEvent): PositionRow[] {
  const position = event.report.position;
  return position === undefined ? positions : [...positions, { ...position, atMs: event.atMs }];
}

function noted(row: AlarmRow, atMs: number, operator: string, text: string): AlarmRow {
  return { ...row, notes: [...row.notes, { atMs, operator, text }] };
}

/** Untaken again: whoever had it may have gone home. What was done is kept as done earlier. */
function untaken(row: AlarmRow, atMs: number): AlarmRow {
  const { owner, takenAtMs, outcome, closedBy, closedAtMs, ...rest } = row;
  const earlier = [...(row.earlier ?? [])];
  if (owner !== undefined && takenAtMs !== undefined) {
    earlier.push({ act: "take", atMs: takenAtMs, operator: owner });
  }
  if (closedBy !== undefined && closedAtMs !== undefined) {
    earlier.push({ act: "close", atMs: closedAtMs, operator: closedBy, outcome });
  }
  return { ...rest, stage: "delivered", earlier, waitsSinceMs: atMs };
}

type BackEvent = Extract<Event, { kind: "alarmReleased" | "alarmReopenedByDesk" }>;

function givenBack(row: AlarmRow, event: BackEvent): AlarmRow {
  const { atMs, operator, text } = event;
  const act = event.kind === "alarmReleased" ? "release" : "reopen";
  const back = untaken(row, atMs);
  const next = { ...back, earlier: [...(back.earlier ?? []), { act, atMs, operator } as const] };
  return text === undefined ? next : noted(next, atMs, operator, text);
}

function closed(row: AlarmRow, event: Extract<Event, { kind: "alarmClosed" }>): AlarmRow {
  const { atMs, operator, outcome, text } = event;
  const next: AlarmRow = {
    ...row,
    stage: "closed",
    outcome,
    closedBy: operator,
    closedAtMs: atMs,
  };
  return text === undefined ? next : noted(next, atMs, operator, text);
}
