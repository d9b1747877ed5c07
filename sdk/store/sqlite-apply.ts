// Facts become events and derived state: what happens inside one SQLite transaction.
// Begins and commits nothing itself; a fact that is refused changes nothing.

import type { Database, Statement } from "better-sqlite3";
import { type Act, judgeAct } from "../care/acts.ts";
import { type AlarmRow, isCopy, type PositionRow, reduceAlarm } from "../care/alarms.ts";
import { reduceWord } from "../care/words.ts";
import { OnekeyError } from "../error.ts";
import { alarmIdOf, type Event, type EventBody, type Fact, type Standing } from "../events.ts";
import { sqliteBindings } from "./sqlite-bindings.ts";
import { sqliteCommands } from "./sqlite-commands.ts";
import { sqliteContexts } from "./sqlite-contexts.ts";
import {
  bodyOfAlarm,
  columnsOfLink,
  type PagerColumns,
  type WordColumns,
  wordOf,
} from "./sqlite-rows.ts";
import type { Link, Receipt } from "./store.ts";

export interface Applier {
  apply(fact: Fact, atMs: number): Receipt;
  saveLink(link: Link): void;
}

type FactOf<Kind extends Fact["kind"]> = Extract<Fact, { kind: Kind }>;

export function sqliteApplier(db: Database): Applier {
  const run = statementsOf(db);
  const tell = (body: EventBody, atMs: number): Event => append(run, body, atMs);
  const bindings = sqliteBindings(db, tell);
  const contexts = sqliteContexts(db, tell);
  const commands = sqliteCommands(db, { append: tell, contexts });
  const saveLink = (link: Link): void => {
    run.saveLink.run(columnsOfLink(link));
  };
  const apply = (fact: Fact, atMs: number): Receipt => {
    switch (fact.kind) {
      case "register":
        return register(run, fact, atMs);
      case "setStanding":
        return setStanding(run, fact, atMs);
      case "readPerson":
        return readPerson(run, fact, atMs);
      case "readSecret":
        return readSecret(run, fact, atMs);
      case "alarm":
        return report(run, fact, atMs);
      case "stillOpen":
        return stillOpen(run, fact, atMs);
      case "checkIn":
        return checkIn(run, fact, atMs);
      case "told":
        return told(run, fact, atMs);
      case "beat":
        activate(run, fact.pager);
        return { event: append(run, { ...fact, kind: "beat" }, atMs) };
      case "result":
        return result(run, fact, atMs);
      case "activation":
        activate(run, fact.pager);
        return bindings.activation(fact, atMs);
      case "usedNumber":
        return bindings.usedNumber(fact, atMs);
      case "proven":
        return proven(run, fact, atMs);
      case "take":
      case "note":
        return act(run, fact, atMs);
      case "close":
        return contexts.afterClose(act(run, fact, atMs), atMs);
      case "commandResult":
        return commands.result(fact, atMs);
      case "queueCommand":
        return commands.queue(fact, atMs);
      case "expireCommand":
        return commands.expire(fact, atMs);
      case "renew":
        return commands.renew(fact, atMs);
      case "contextHeard":
        return contexts.heard(fact, atMs);
      case "provision":
        return commands.provision(fact, atMs);
    }
  };
  return { apply, saveLink };
}

// internal

type Statements = ReturnType<typeof statementsOf>;

function statementsOf(db: Database) {
  const prepare = (sql: string): Statement => db.prepare(sql);
  return {
    append: prepare("INSERT INTO events (at_ms, body) VALUES (?, ?)"),
    addPager: prepare(
      "INSERT INTO pagers (id, name, standing, registered_at_ms) VALUES (?, ?, ?, ?)",
    ),
    lastPager: prepare("SELECT seq FROM sqlite_sequence WHERE name = 'pagers'").pluck(),
    addPerson: prepare("INSERT INTO persons (pager, record) VALUES (?, ?)"),
    hasKid: prepare("SELECT 1 FROM contexts WHERE kid = ?").pluck(),
    addContext: prepare("INSERT INTO contexts (kid, pager, slot, sealed) VALUES (?, ?, ?, ?)"),
    pager: prepare("SELECT id, name, standing, registered_at_ms FROM pagers WHERE id = ?"),
    setStanding: prepare("UPDATE pagers SET standing = ? WHERE id = ?"),
    activate: prepare(
      "UPDATE pagers SET standing = 'active' WHERE id = ? AND standing = 'neverActivated'",
    ),
    alarm: prepare("SELECT body FROM alarms WHERE id = ?").pluck(),
    saveAlarm: prepare(
      `INSERT INTO alarms (id, raised_seq, closed, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET closed = excluded.closed, body = excluded.body`,
    ),
    // Ids of one key identifier lie together: "0" comes right behind "/".
    alarmsUnder: prepare("SELECT body FROM alarms WHERE id >= ? || '/' AND id < ? || '0'").pluck(),
    positions: prepare("SELECT body FROM alarm_positions WHERE alarm = ?").pluck(),
    addPosition: prepare("INSERT INTO alarm_positions (alarm, seq, body) VALUES (?, ?, ?)"),
    addItem: prepare(
      "INSERT INTO items (kid, kind, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    word: prepare("SELECT * FROM words WHERE alarm = ?"),
    saveWord: prepare(
      `INSERT INTO words (alarm, pager, number, word, queued_at_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (alarm) DO UPDATE SET word = excluded.word, queued_at_ms = excluded.queued_at_ms`,
    ),
    dropWord: prepare("DELETE FROM words WHERE alarm = ?"),
    alarmOfWord: prepare("SELECT alarm FROM words WHERE pager = ? AND number = ?").pluck(),
    saveLink: prepare(
      `INSERT INTO links (kid, highest, seen, next_piv, address, port, heard_at_ms,
         battery_percent, charging, signal_dbm, checked_in_at_ms, carrier, window_lost, bottom)
       VALUES (@kid, @highest, @seen, @next_piv, @address, @port, @heard_at_ms,
         @battery_percent, @charging, @signal_dbm, @checked_in_at_ms, @carrier, @window_lost, @bottom)
       ON CONFLICT (kid) DO UPDATE SET highest = excluded.highest, seen = excluded.seen,
         next_piv = max(next_piv, excluded.next_piv), address = excluded.address,
         port = excluded.port, heard_at_ms = excluded.heard_at_ms,
         battery_percent = excluded.battery_percent, charging = excluded.charging,
         signal_dbm = excluded.signal_dbm, checked_in_at_ms = excluded.checked_in_at_ms,
         carrier = excluded.carrier, window_lost = excluded.window_lost, bottom = excluded.bottom`,
    ),
  };
}

function append(run: Statements, body: EventBody, atMs: number): Event {
  const { lastInsertRowid } = run.append.run(atMs, JSON.stringify(body));
  return { ...body, seq: Number(lastInsertRowid), atMs };
}

function register(run: Statements, fact: FactOf<"register">, atMs: number): Receipt {
  if (fact.contexts.some((context) => run.hasKid.get(context.kid) !== undefined)) {
    return { refused: "kid-taken" };
  }
  const number = 1 + ((run.lastPager.get() as number | undefined) ?? 0);
  const pager = `P-${String(number).padStart(6, "0")}`;
  run.addPager.run(pager, fact.name ?? null, fact.standing, atMs);
  if (fact.person !== undefined) run.addPerson.run(pager, JSON.stringify(fact.person));
  for (const { kid, slot, sealed } of fact.contexts) run.addContext.run(kid, pager, slot, sealed);
  const { standing } = fact;
  return { event: append(run, { kind: "pagerRegistered", pager, standing }, atMs) };
}

function setStanding(run: Statements, fact: FactOf<"setStanding">, atMs: number): Receipt {
  if (run.setStanding.run(fact.standing, fact.pager).changes === 0) {
    return { refused: "unknown-pager" };
  }
  return { event: append(run, { ...fact, kind: "standingSet" }, atMs) };
}

function readPerson(run: Statements, fact: FactOf<"readPerson">, atMs: number): Receipt {
  if (run.pager.get(fact.pager) === undefined) return { refused: "unknown-pager" };
  return { event: append(run, { ...fact, kind: "personRead" }, atMs) };
}

function readSecret(run: Statements, fact: FactOf<"readSecret">, atMs: number): Receipt {
  if (run.pager.get(fact.pager) === undefined) return { refused: "unknown-pager" };
  return { event: append(run, { ...fact, kind: "secretRead" }, atMs) };
}

/** Any letter raises an alarm whose number is unknown: the first report may be the lost one. */
function report(run: Statements, fact: FactOf<"alarm">, atMs: number): Receipt {
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
  const event = append(run, { ...fact, kind, alarm: id, standing }, atMs);
  saveAlarm(run, row, event);
  return { event };
}

/** An alarm that nobody here knows is raised by its poll; a known one is as it was. */
function stillOpen(run: Statements, fact: FactOf<"stillOpen">, atMs: number): Receipt {
  if (alarmOf(run, alarmIdOf(fact.pager, fact.kid, fact.number)) !== undefined) {
    return { known: true };
  }
  return report(run, { ...fact, kind: "alarm", letter: "r", report: {} }, atMs);
}

/** What has a number of its own, or a time that nothing else has, makes one event however often said. */
function told(run: Statements, fact: FactOf<"told">, atMs: number): Receipt {
  const { number, id, time } = fact.values;
  const mark =
    id ?? (number !== 0 ? number : undefined) ?? (fact.message === "track" ? time : undefined);
  if (typeof mark === "number" && run.addItem.run(fact.kid, fact.message, mark).changes === 0) {
    return { known: true };
  }
  return { event: append(run, { ...fact, kind: "told" }, atMs) };
}

function checkIn(run: Statements, fact: FactOf<"checkIn">, atMs: number): Receipt {
  activate(run, fact.pager);
  if (run.addItem.run(fact.kid, "checkIn", fact.number).changes === 0) return { known: true };
  return { event: append(run, { ...fact, kind: "checkedIn" }, atMs) };
}

function result(run: Statements, fact: FactOf<"result">, atMs: number): Receipt {
  const { pager, number, word, kid } = fact;
  const pending = run.alarmOfWord.get(pager, number) as string | undefined;
  if (run.addItem.run(kid, word, number).changes === 0) return { known: true };
  // The alarm may have come under the other context; its pending word knows.
  const row = alarmOf(run, pending ?? alarmIdOf(pager, kid, number));
  const event = append(run, { ...fact, kind: "wordObeyed", alarm: row?.id }, atMs);
  if (row !== undefined) saveAlarm(run, row, event);
  return { event };
}

/** The marks of all its alarms go: what raised them may be old, and its pager is there [wire §1.3]. */
function proven(run: Statements, fact: FactOf<"proven">, atMs: number): Receipt {
  const { pager, kid } = fact;
  const under = `${pager}/${kid}`;
  const rows = (run.alarmsUnder.all(under, under) as string[]).map(rowOf);
  const events = rows
    .filter((row) => row.unproven === true)
    .map((row) => {
      const event = append(run, { kind: "alarmProven", pager, kid, alarm: row.id }, atMs);
      saveAlarm(run, row, event);
      return event;
    });
  const [event, ...also] = events;
  return event === undefined ? { known: true } : { event, also };
}

function act(run: Statements, fact: Act, atMs: number): Receipt {
  const row = alarmOf(run, fact.alarm);
  const body = judgeAct(row, fact);
  if ("refused" in body) return body;
  const event = append(run, body, atMs);
  saveAlarm(run, row, event);
  return { event };
}

/** A pager that was never activated is in service from its first beat or check-in on. */
function activate(run: Statements, pager: string): void {
  run.activate.run(pager);
}

function standingOf(run: Statements, pager: string): Standing {
  return (run.pager.get(pager) as PagerColumns | undefined)?.standing ?? "unassigned";
}

/** Without its positions: the reducer only adds to them, so that what it returns is what is new. */
function alarmOf(run: Statements, id: string): AlarmRow | undefined {
  const body = run.alarm.get(id) as string | undefined;
  return body === undefined ? undefined : rowOf(body);
}

const rowOf = (body: string) => JSON.parse(body) as AlarmRow;

function positionsOf(run: Statements, alarm: string): PositionRow[] {
  return (run.positions.all(alarm) as string[]).map((body) => JSON.parse(body) as PositionRow);
}

/** The alarm's row, its new position and its word, as they stand after `event`. */
function saveAlarm(run: Statements, row: AlarmRow | undefined, event: Event): void {
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

function saveWord(run: Statements, alarm: string, event: Event): void {
  const columns = run.word.get(alarm) as WordColumns | undefined;
  const row = columns === undefined ? undefined : wordOf(columns);
  const next = reduceWord(row, event);
  if (next === row) return;
  if (next === undefined) run.dropWord.run(alarm);
  else run.saveWord.run(alarm, next.pager, next.number, next.word, next.queuedAtMs);
}
