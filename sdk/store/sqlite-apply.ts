// Facts become events and derived state: what happens inside one SQLite transaction.
// Begins and commits nothing itself; a fact that is refused changes nothing.

import type { Database, Statement } from "better-sqlite3";
import { HEALTH, SELF_TESTED } from "../../protocol/messages.ts";
import type { Fact, FactOf } from "../events.ts";
import { sqliteAlarms } from "./sqlite-alarms.ts";
import { sqliteBindings } from "./sqlite-bindings.ts";
import { sqliteCommands } from "./sqlite-commands.ts";
import { type Contexts, sqliteContexts } from "./sqlite-contexts.ts";
import { sqliteImages } from "./sqlite-images.ts";
import { type Log, sqliteLog } from "./sqlite-log.ts";
import { columnsOfLink } from "./sqlite-rows.ts";
import type { Link, Receipt } from "./store.ts";
import { newPointsOf } from "./track-points.ts";

export interface Applier {
  apply(fact: Fact, atMs: number): Receipt;
  saveLink(link: Link): void;
}

export function sqliteApplier(db: Database): Applier {
  const log = sqliteLog(db);
  const run = { ...statementsOf(db), ...log };
  const alarms = sqliteAlarms(db, log);
  const bindings = sqliteBindings(db, log);
  const contexts = sqliteContexts(db, log);
  const commands = sqliteCommands(db, { log, contexts });
  const addImage = sqliteImages(db, log);
  const saveLink = (link: Link): void => {
    run.saveLink.run(columnsOfLink(link));
  };
  const apply = (fact: Fact, atMs: number): Receipt => {
    switch (fact.kind) {
      case "register":
        return register(run, contexts, fact, atMs);
      case "setStanding":
        return setStanding(run, fact, atMs);
      case "readPerson":
        return readPerson(run, fact, atMs);
      case "readSecret":
        return readSecret(run, fact, atMs);
      case "alarm":
        return alarms.report(fact, atMs);
      case "stillOpen":
        return alarms.stillOpen(fact, atMs);
      case "checkIn":
        return checkIn(run, fact, atMs);
      case "told":
        return told(run, fact, atMs);
      case "beat":
        activate(run, fact.pager);
        return { event: run.append({ ...fact, kind: "beat" }, atMs) };
      case "result":
        return alarms.result(fact, atMs);
      case "activation":
        activate(run, fact.pager);
        return bindings.activation(fact, atMs);
      case "usedNumber":
        return bindings.usedNumber(fact, atMs);
      case "proven":
        return alarms.proven(fact, atMs);
      case "locate":
        return alarms.locate(fact, atMs);
      case "take":
      case "note":
      case "release":
      case "reopen":
        return alarms.act(fact, atMs);
      case "close":
        return contexts.afterClose(alarms.act(fact, atMs), atMs);
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
      case "addImage":
        return addImage(fact, atMs);
    }
  };
  return { apply, saveLink };
}

// internal

type Run = ReturnType<typeof statementsOf> & Log;

function statementsOf(db: Database) {
  const prepare = (sql: string): Statement => db.prepare(sql);
  return {
    addPager: prepare(
      "INSERT INTO pagers (id, name, standing, registered_at_ms) VALUES (?, ?, ?, ?)",
    ),
    lastPager: prepare("SELECT seq FROM sqlite_sequence WHERE name = 'pagers'").pluck(),
    addPerson: prepare("INSERT INTO persons (pager, record) VALUES (?, ?)"),
    pager: prepare("SELECT id, name, standing, registered_at_ms FROM pagers WHERE id = ?"),
    setStanding: prepare("UPDATE pagers SET standing = ? WHERE id = ?"),
    activate: prepare(
      "UPDATE pagers SET standing = 'active' WHERE id = ? AND standing = 'neverActivated'",
    ),
    setFailed: prepare("UPDATE pagers SET failed_parts = ? WHERE id = ?"),
    setHealth: prepare(
      `UPDATE pagers SET firmware = ?, failed_parts = ?, days_left = ?, health_at_ms = ?
       WHERE id = ?`,
    ),
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

function register(run: Run, contexts: Contexts, fact: FactOf<"register">, atMs: number): Receipt {
  if (fact.contexts.some(({ kid }) => contexts.isTaken(kid))) return { refused: "kid-taken" };
  const number = 1 + ((run.lastPager.get() as number | undefined) ?? 0);
  const pager = `P-${String(number).padStart(6, "0")}`;
  const { standing } = fact;
  run.addPager.run(pager, fact.name ?? null, standing, atMs);
  if (fact.person !== undefined) run.addPerson.run(pager, JSON.stringify(fact.person));
  const event = run.append({ kind: "pagerRegistered", pager, standing }, atMs);
  for (const context of fact.contexts) contexts.addActive(pager, context, event.seq);
  return { event };
}

function setStanding(run: Run, fact: FactOf<"setStanding">, atMs: number): Receipt {
  if (run.setStanding.run(fact.standing, fact.pager).changes === 0) {
    return { refused: "unknown-pager" };
  }
  return { event: run.append({ ...fact, kind: "standingSet" }, atMs) };
}

function readPerson(run: Run, fact: FactOf<"readPerson">, atMs: number): Receipt {
  if (run.pager.get(fact.pager) === undefined) return { refused: "unknown-pager" };
  return { event: run.append({ ...fact, kind: "personRead" }, atMs) };
}

function readSecret(run: Run, fact: FactOf<"readSecret">, atMs: number): Receipt {
  if (run.pager.get(fact.pager) === undefined) return { refused: "unknown-pager" };
  return { event: run.append({ ...fact, kind: "secretRead" }, atMs) };
}

/** What has a number of its own makes one event however often said, and so does a point of a track. */
function told(run: Run, fact: FactOf<"told">, atMs: number): Receipt {
  const { number, id } = fact.values;
  const mark = id ?? (number !== 0 ? number : undefined);
  if (typeof mark === "number" && !run.isFirst(fact.kid, fact.message, mark)) {
    return { known: true };
  }
  keepHealth(run, fact, atMs);
  if (fact.message !== "track") return { event: run.append({ ...fact, kind: "told" }, atMs) };
  // By pager: its keys may have changed between two tellings.
  const values = newPointsOf(fact.values, (time) => run.isFirst(fact.pager, "track", time));
  if (values === undefined) return { known: true };
  return { event: run.append({ ...fact, values, kind: "told" }, atMs) };
}

/** What stands in the pager's row until it says something newer. */
function keepHealth(run: Run, { pager, message, values }: FactOf<"told">, atMs: number): void {
  if (message === SELF_TESTED.name) run.setFailed.run(values.failed, pager);
  if (message !== HEALTH.name) return;
  run.setHealth.run(values.firmware, values.failed, values.daysLeft ?? null, atMs, pager);
}

function checkIn(run: Run, fact: FactOf<"checkIn">, atMs: number): Receipt {
  activate(run, fact.pager);
  if (!run.isFirst(fact.kid, "checkIn", fact.number)) return { known: true };
  return { event: run.append({ ...fact, kind: "checkedIn" }, atMs) };
}

/** A pager that was never activated is in service from its first beat or check-in on. */
function activate(run: Run, pager: string): void {
  run.activate.run(pager);
}
