// Alarms and their words inside one SQLite transaction: reports, acts, results, and what they become.
// What an alarm means is for care/; begins and commits nothing itself.

import type { Database, Statement } from "better-sqlite3";
import { type Act, judgeAct } from "../care/acts.ts";
import { type AlarmRow, isCopy, type PositionRow, reduceAlarm } from "../care/alarms.ts";
import { reduceWord } from "../care/words.ts";
import { OnekeyError } from "../error.ts";
import { alarmIdOf, type Event, type FactOf, type Standing } from "../events.ts";
import type { Log } from "./sqlite-log.ts";
import { bodyOfAlarm, type PagerColumns, type WordColumns, wordOf } from "./sqlite-rows.ts";
import type { Receipt } from "./store.ts";

export interface Alarms {
  report(fact: FactOf<"alarm">, atMs: number): Receipt;
  stillOpen(fact: FactOf<"stillOpen">, atMs: number): Receipt;
  result(fact: FactOf<"result">, atMs: number): Receipt;
  proven(fact: FactOf<"proven">, atMs: number): Receipt;
  act(fact: Act, atMs: number): Receipt;
}

export function sqliteAlarms(db: Database, log: Log): Alarms {
  const run = { ...statementsOf(db), ...log };
  return {
    report: (fact, atMs) => report(run, fact, atMs),
    stillOpen: (fact, atMs) => stillOpen(run, fact, atMs),
    result: (fact, atMs) => result(run, fact, atMs),
    proven: (fact, atMs) => proven(run, fact, atMs),
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
      `INSERT INTO words (alarm, pager, number, word, queued_at_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (alarm) DO UPDATE SET word = excluded.word, queued_at_ms = excluded.queued_at_ms`,
    ),
    dropWord: prepare("DELETE FROM words WHERE alarm = ?"),
    alarmOfWord: prepare("SELECT alarm FROM words WHERE pager = ? AND number = ?").pluck(),
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
  const pending = run.alarmOfWord.get(pager, number) as string | undefined;
  if (!run.isFirst(kid, word, number)) return { known: true };
  // The alarm may have come under the other context; its pending word knows.
  const row = alarmOf(run, pending ?? alarmIdOf(pager, kid, number));
  const event = run.append({ ...fact, kind: "wordObeyed", alarm: row?.id }, atMs);
  if (row !== undefined) saveAlarm(run, row, event);
  return { event };
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
  const body = judgeAct(row, fact);
  if ("refused" in body) return body;
  const event = run.append(body, atMs);
  saveAlarm(run, row, event);
  return { event };
}

function standingOf(run: Run, pager: string): Standing {
  return (
    (run.pager.get(pager) as Pick<PagerColumns, "standing"> | undefined)?.standing ?? "unassigned"
  );
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
  else run.saveWord.run(alarm, next.pager, next.number, next.word, next.queuedAtMs);
}
