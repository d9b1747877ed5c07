// Alarms and their words inside one SQLite transaction: reports, acts, results, and what they become.
// What an alarm means is for care/; begins and commits nothing itself.

import type { Database, Statement } from "better-sqlite3";
import { type Act, judgeAct } from "../care/acts.ts";
import { type AlarmRow, isCopy, type PositionRow, reduceAlarm } from "../care/alarms.ts";
import { isSameCell } from "../care/cells.ts";
import { reduceWord, stageTold } from "../care/words.ts";
import { OnekeyError } from "../error.ts";
import {
  alarmIdOf,
  type Event,
  type FactOf,
  kidOfAlarm,
  type Stage,
  type Standing,
} from "../events.ts";
import type { Log } from "./sqlite-log.ts";
import { bodyOfAlarm, type PagerColumns, type WordColumns, wordOf } from "./sqlite-rows.ts";
import type { Receipt } from "./store.ts";

export interface Alarms {
  report(fact: FactOf<"alarm">, atMs: number): Receipt;
  stillOpen(fact: FactOf<"stillOpen">, atMs: number): Receipt;
  result(fact: FactOf<"result">, atMs: number): Receipt;
  proven(fact: FactOf<"proven">, atMs: number): Receipt;
  locate(fact: FactOf<"locate">, atMs: number): Receipt;
  act(fact: Act, atMs: number): Receipt;
}

export function sqliteAlarms(db: Database, log: Log): Alarms {
  const run = { ...statementsOf(db), ...log };
  return {
    report: (fact, atMs) => report(run, fact, atMs),
    stillOpen: (fact, atMs) => stillOpen(run, fact, atMs),
    result: (fact, atMs) => result(run, fact, atMs),
    proven: (fact, atMs) => proven(run, fact, atMs),
    locate: (fact, atMs) => locate(run, fact, atMs),
    act: (fact, atMs) => act(run, fact, atMs),
  };
}

// internal

type Run = ReturnType<typeof statementsOf> & Log;

function statementsOf(db: Database) {
  const prepare = (sql: string): Statement => db.prepare(sql);
  return {
    pager: prepare("SELECT standing FROM pagers WHERE id = ?"),
    alarm: prepare("SELECT body FROM alarms WHERE id = ?").pluck(),
    saveAlarm: prepare(
      `INSERT INTO alarms (id, raised_seq, closed, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET closed = excluded.closed, body = excluded.body`,
    ),
    // Ids of one key identifier lie together: "0" comes right behind "/".
    alarmsUnder: prepare("SELECT body FROM alarms WHERE id >= ? || '/' AND id < ? || '0'").pluck(),
    positions: prepare("SELECT body FROM alarm_positions WHERE alarm = ?").pluck(),
    addPosition: prepare("INSERT INTO alarm_positions (alarm, seq, body) VALUES (?, ?, ?)"),
    word: prepare("SELECT * FROM words WHERE alarm = ?"),
    saveWord: prepare(
      `INSERT INTO words (alarm, pager, number, word, queued_at_ms, then_taken)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (alarm) DO UPDATE SET word = excluded.word,
         queued_at_ms = excluded.queued_at_ms, then_taken = excluded.then_taken`,
    ),
    dropWord: prepare("DELETE FROM words WHERE alarm = ?"),
    wordOfNumber: prepare("SELECT * FROM words WHERE pager = ? AND number = ?"),
    // What a pager says of its battery goes beside the alarm in hand, and takes nothing's place.
    newer: prepare(
      `SELECT 1 FROM alarms AS other JOIN alarms AS this ON this.id = @id
       WHERE other.id >= @pager || '/' AND other.id < @pager || '0' AND other.id <> this.id
         AND CASE WHEN other.id >= @under || '/' AND other.id < @under || '0'
           THEN json_extract(other.body, '$.number') > json_extract(this.body, '$.number')
           ELSE other.raised_seq > this.raised_seq END
         AND json_extract(other.body, '$.kind') <> 'lowBattery' LIMIT 1`,
    ),
    context: prepare("SELECT state FROM contexts WHERE kid = ?").pluck(),
  };
}

/** Any letter raises an alarm whose number is unknown: the first report may be the lost one. */
function report(run: Run, fact: FactOf<"alarm">, atMs: number): Receipt {
  const id = alarmIdOf(fact.pager, fact.kid, fact.number);
  const row = alarmOf(run, id);
  if (row !== undefined && isCopy(row, fact, () => positionsOf(run, id))) return { known: true };
  const kind =
    row === undefined
      ? "alarmRaised"
      : row.stage === "closed" && fact.letter === "m"
        ? "alarmReopened"
        : "alarmReported";
  const standing = row?.standing ?? standingOf(run, fact.pager);
  const event = run.append({ ...fact, kind, alarm: id, standing }, atMs);
  saveAlarm(run, row, event);
  return { event };
}

/** An alarm that nobody here knows is raised by its poll; a known one is as it was. */
function stillOpen(run: Run, fact: FactOf<"stillOpen">, atMs: number): Receipt {
  if (alarmOf(run, alarmIdOf(fact.pager, fact.kid, fact.number)) !== undefined) {
    return { known: true };
  }
  return report(run, { ...fact, kind: "alarm", letter: "r", report: {} }, atMs);
}

function result(run: Run, fact: FactOf<"result">, atMs: number): Receipt {
  const { pager, number, word, kid } = fact;
  const pending = run.wordOfNumber.get(pager, number) as WordColumns | undefined;
  // The alarm may have come under the other context; its pending word knows.
  const row = alarmOf(run, pending?.alarm ?? alarmIdOf(pager, kid, number));
  const isFirst = run.isFirst(kid, word, number);
  if (row === undefined) {
    if (!isFirst) return { known: true };
    return { event: run.append({ ...fact, kind: "wordObeyed" }, atMs) };
  }
  if (isToldBefore(row, fact, { pending, isFirst })) return { known: true };
  const again = pending === undefined ? stageToTell(row, fact) : undefined;
  const event = run.append({ ...fact, kind: "wordObeyed", alarm: row.id, again }, atMs);
  saveAlarm(run, row, event);
  return { event };
}

/**
 * The same result in another exchange, or one that a newer result has overtaken. A word may be said
 * and obeyed a second time, once the alarm was given back or opened again between.
 */
function isToldBefore(
  row: AlarmRow,
  { kid, piv, word }: FactOf<"result">,
  { pending, isFirst }: { pending: WordColumns | undefined; isFirst: boolean },
): boolean {
  if (row.toldBy?.kid === kid && piv <= row.toldBy.piv) return true;
  if (isFirst || pending?.word === word) return false;
  return row.told === word || row.earlier === undefined;
}

/** Where the wearer was told of another stage than the alarm's, and nothing that waits says so. */
function stageToTell(row: AlarmRow, { word }: FactOf<"result">): Stage | undefined {
  if (row.earlier === undefined || stageTold(word) === row.stage) return undefined;
  return row.stage;
}

/** The marks of all its alarms go: what raised them may be old, and its pager is there [wire §1.3]. */
function proven(run: Run, fact: FactOf<"proven">, atMs: number): Receipt {
  const { pager, kid } = fact;
  const under = `${pager}/${kid}`;
  const rows = (run.alarmsUnder.all(under, under) as string[]).map(rowOf);
  const events = rows
    .filter((row) => row.unproven === true)
    .map((row) => {
      const event = run.append({ kind: "alarmProven", pager, kid, alarm: row.id }, atMs);
      saveAlarm(run, row, event);
      return event;
    });
  const [event, ...also] = events;
  return event === undefined ? { known: true } : { event, also };
}

function act(run: Run, fact: Act, atMs: number): Receipt {
  const row = alarmOf(run, fact.alarm);
  const body = judgeAct(row, fact, {
    atMs,
    isSuperseded: () => row !== undefined && isSuperseded(run, row),
  });
  if ("refused" in body) return body;
  const event = run.append(body, atMs);
  saveAlarm(run, row, event);
  return { event };
}

function isSuperseded(run: Run, { id, pager }: AlarmRow): boolean {
  const kid = kidOfAlarm(id);
  if (run.context.get(kid) === "dropped") return true;
  return run.newer.get({ id, pager, under: `${pager}/${kid}` }) !== undefined;
}

function standingOf(run: Run, pager: string): Standing {
  return (
    (run.pager.get(pager) as Pick<PagerColumns, "standing"> | undefined)?.standing ?? "unassigned"
  );
}

/** The place of a cell counts only while that cell is the newest that is known of the wearer. */
function locate(run: Run, fact: FactOf<"locate">, atMs: number): Receipt {
  const { alarm, cell, place } = fact;
  const row = alarmOf(run, alarm);
  const said = row?.cell;
  if (row === undefined || said === undefined || said.located || !isSameCell(said, cell)) {
    return { known: true };
  }
  const ageS = Math.max(0, Math.round((atMs - said.atMs) / 1000));
  const position = { ...place, source: "cells", ageS } as const;
  const { pager } = row;
  const event = run.append({ kind: "alarmLocated", pager, alarm, cell, position }, atMs);
  saveAlarm(run, row, event);
  return { event };
}

/** Without its positions: the reducer only adds to them, so that what it returns is what is new. */
function alarmOf(run: Run, id: string): AlarmRow | undefined {
  const body = run.alarm.get(id) as string | undefined;
  return body === undefined ? undefined : rowOf(body);
}

const rowOf = (body: string) => JSON.parse(body) as AlarmRow;

function positionsOf(run: Run, alarm: string): PositionRow[] {
  return (run.positions.all(alarm) as string[]).map((body) => JSON.parse(body) as PositionRow);
}

/** The alarm's row, its new position and its word, as they stand after `event`. */
function saveAlarm(run: Run, row: AlarmRow | undefined, event: Event): void {
  const next = reduceAlarm(row, event);
  if (next === undefined) {
    throw new OnekeyError(
      "database-failed",
      `${event.kind} came before its alarm was raised: put back a copy of the database.`,
    );
  }
  run.saveAlarm.run(next.id, event.seq, Number(next.stage === "closed"), bodyOfAlarm(next));
  for (const position of next.positions) {
    run.addPosition.run(next.id, event.seq, JSON.stringify(position));
  }
  saveWord(run, next.id, event);
}

function saveWord(run: Run, alarm: string, event: Event): void {
  const columns = run.word.get(alarm) as WordColumns | undefined;
  const row = columns === undefined ? undefined : wordOf(columns);
  const next = reduceWord(row, event);
  if (next === row) return;
  if (next === undefined) run.dropWord.run(alarm);
  else {
    const { pager, number, word, queuedAtMs, thenTaken } = next;
    run.saveWord.run(alarm, pager, number, word, queuedAtMs, Number(thenTaken === true));
  }
}
