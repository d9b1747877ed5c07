// The embedded store: one SQLite file, write-ahead log, every commit on disk before it returns.
// Never interprets an alarm: that is the reducer's; never opens a secret: they come and go sealed.

import { closeSync, openSync } from "node:fs";
import Database from "better-sqlite3";
import type { AlarmRow, PositionRow } from "../care/alarms.ts";
import type { Clock } from "../clock.ts";
import { OnekeyError, systemCode } from "../error.ts";
import type { Person } from "../events.ts";
import { APPLICATION_ID, STEPS } from "./schema.ts";
import { sqliteApplier } from "./sqlite-apply.ts";
import { bindingReads } from "./sqlite-bindings.ts";
import { commandReads } from "./sqlite-commands.ts";
import { imageReads } from "./sqlite-images.ts";
import { restoredCall } from "./sqlite-restored.ts";
import {
  type AccessColumns,
  accessOf,
  type ContextColumns,
  type EventColumns,
  eventOf,
  type LinkColumns,
  lineOf,
  linkOf,
  type PagerColumns,
  pagerOf,
  type WordColumns,
  wordOf,
} from "./sqlite-rows.ts";
import type { Batch, Link, PagerRow, Receipt, Store } from "./store.ts";

export interface SqliteOptions {
  file: string;
  clock: Clock;
}

/** How long a write waits for another process that makes a link in the same file. */
const BUSY_MS = 2000;

export function openSqlite(options: SqliteOptions): Store {
  return storeOn(openDatabase(options.file), options.clock);
}

/** The store on a database that is open and holds our tables; `close` closes it. */
export function storeOn(db: Database.Database, clock: Clock): Store {
  const { apply, saveLink } = sqliteApplier(db);
  const commit = db.transaction((batch: Batch): Receipt[] => {
    const atMs = clock.nowMs();
    const receipts = batch.facts.map((fact) => apply(fact, atMs));
    batch.links.forEach(saveLink);
    return receipts;
  });
  return {
    commit: async (batch) => commit.immediate(batch),
    ...lineReads(db),
    ...commandReads(db),
    ...alarmReads(db),
    ...pagerReads(db),
    ...bindingReads(db),
    ...imageReads(db),
    ...eventReads(db),
    ...metaCalls(db),
    ...accessCalls(db),
    restored: restoredCall(db),
    close: async () => {
      db.close();
    },
  };
}

// internal

function openDatabase(file: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    // Only for its owner: persons' records lie in it. SQLite gives its other files the same mode.
    closeSync(openSync(file, "a", 0o600));
    db = new Database(file, { timeout: BUSY_MS });
    // FULL: a commit returns only after its octets are on disk [design §1.2].
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    // What is dropped leaves no trace in the file: secrets of contexts lie in it, sealed [wire §1.5].
    db.pragma("secure_delete = ON");
    migrate(db, file);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof OnekeyError) throw error;
    throw openingError(file, systemCode(error));
  }
}

function openingError(file: string, code: string): OnekeyError {
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
    return new OnekeyError(
      "database-foreign",
      `${file} is not a database that onekey can read: put back a copy of it or move it away.`,
    );
  }
  if (/^(EACCES|EPERM|EROFS|EISDIR|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code)) {
    return new OnekeyError(
      "data-not-writable",
      `${file} is not writable: give this account the right to write it or choose another folder.`,
    );
  }
  return new OnekeyError(
    "database-failed",
    `${file} can't be opened (${code}): look at the disk, then start again.`,
  );
}

/** Brings an open database to this version's tables; `file` is what an error names. */
export function migrate(db: Database.Database, file: string): void {
  const version = Number(db.pragma("user_version", { simple: true }));
  const owner = Number(db.pragma("application_id", { simple: true }));
  const tables = Number(db.prepare("SELECT count(*) FROM sqlite_master").pluck().get());
  if (owner !== APPLICATION_ID && tables > 0) {
    throw new OnekeyError(
      "database-foreign",
      `${file} belongs to another program: choose another folder.`,
    );
  }
  if (version > STEPS.length) {
    throw new OnekeyError(
      "database-newer",
      `${file} is of version ${version} and this onekey knows ${STEPS.length}: ` +
        "install a newer onekey, or choose another folder with --data.",
    );
  }
  if (version === STEPS.length) return;
  const climb = db.transaction(() => {
    for (const step of STEPS.slice(version)) db.exec(step);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${STEPS.length}`);
  });
  climb.immediate();
}

type Db = Database.Database;

function lineReads(db: Db): Pick<Store, "line" | "kidsOf" | "words"> {
  const context = db.prepare<[string], ContextColumns>(
    "SELECT * FROM contexts WHERE kid = ? AND state <> 'dropped'",
  );
  const link = db.prepare<[string], LinkColumns>("SELECT * FROM links WHERE kid = ?");
  const kids = db
    .prepare<[string], string>(
      `SELECT contexts.kid FROM contexts LEFT JOIN links USING (kid)
       WHERE pager = ? AND state <> 'dropped'
       ORDER BY heard_at_ms DESC NULLS LAST, slot`,
    )
    .pluck();
  const words = db.prepare<[], WordColumns>("SELECT * FROM words");
  return {
    line: async (kid) => {
      const row = context.get(kid);
      return row === undefined ? undefined : lineOf(row, link.get(kid));
    },
    kidsOf: async (pager) => kids.all(pager),
    words: async () => words.all().map(wordOf),
  };
}

function alarmReads(db: Db): Pick<Store, "alarms" | "alarm"> {
  const open = db.prepare<[], string>(
    "SELECT body FROM alarms WHERE closed = 0 ORDER BY raised_seq",
  );
  const closed = db.prepare<[number], string>(
    "SELECT body FROM alarms WHERE closed = 1 ORDER BY raised_seq DESC LIMIT ?",
  );
  const one = db.prepare<[string], string>("SELECT body FROM alarms WHERE id = ?");
  const positions = db.prepare<[string], string>(
    "SELECT body FROM alarm_positions WHERE alarm = ? ORDER BY seq",
  );
  for (const statement of [open, closed, one, positions]) statement.pluck();
  const rowOf = (body: string): AlarmRow => {
    const row = JSON.parse(body) as AlarmRow;
    const added = positions.all(row.id).map((text) => JSON.parse(text) as PositionRow);
    return { ...row, positions: added };
  };
  return {
    alarms: async (closedMax) => [...open.all(), ...closed.all(closedMax)].map(rowOf),
    alarm: async (id) => {
      const body = one.get(id);
      return body === undefined ? undefined : rowOf(body);
    },
  };
}

function pagerReads(db: Db): Pick<Store, "pagers" | "pager" | "person"> {
  const all = db.prepare<[], PagerColumns>("SELECT * FROM pagers ORDER BY number");
  const one = db.prepare<[string], PagerColumns>("SELECT * FROM pagers WHERE id = ?");
  const links = db.prepare<[string], LinkColumns>(
    `SELECT links.* FROM links JOIN contexts USING (kid) WHERE pager = ?
     ORDER BY heard_at_ms DESC NULLS LAST`,
  );
  const person = db.prepare<[string], string>("SELECT record FROM persons WHERE pager = ?").pluck();
  const linksOf = (pager: string): Link[] => links.all(pager).map(linkOf);
  const rowOf = (row: PagerColumns): PagerRow => pagerOf(row, linksOf(row.id));
  return {
    pagers: async () => all.all().map(rowOf),
    pager: async (id) => {
      const row = one.get(id);
      return row === undefined ? undefined : rowOf(row);
    },
    person: async (pager) => {
      const record = person.get(pager);
      return record === undefined ? undefined : (JSON.parse(record) as Person);
    },
  };
}

function eventReads(db: Db): Pick<Store, "events" | "lastSeq"> {
  const page = db.prepare<[number, number], EventColumns>(
    "SELECT seq, at_ms, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const last = db.prepare<[], number | null>("SELECT max(seq) FROM events").pluck();
  return {
    events: async (after, max) => page.all(after, max).map(eventOf),
    lastSeq: async () => last.get() ?? 0,
  };
}

function metaCalls(db: Db): Pick<Store, "meta" | "setMeta"> {
  const read = db.prepare<[string], string>("SELECT value FROM meta WHERE name = ?").pluck();
  const save = db.prepare<[string, string]>("INSERT OR REPLACE INTO meta VALUES (?, ?)");
  return {
    meta: async (name) => read.get(name),
    setMeta: async (name, value) => {
      save.run(name, value);
    },
  };
}

function accessCalls(db: Db): Pick<Store, "grant" | "granted" | "revoke" | "extend" | "sweep"> {
  const grant = db.prepare("INSERT INTO access VALUES (@hash, @kind, @label, @expires_at_ms)");
  const read = db.prepare<[string, number], AccessColumns>(
    "SELECT * FROM access WHERE hash = ? AND (expires_at_ms IS NULL OR expires_at_ms > ?)",
  );
  const revoke = db.prepare<[string]>("DELETE FROM access WHERE hash = ?");
  const sweep = db.prepare<[number]>("DELETE FROM access WHERE expires_at_ms <= ?");
  const extend = db.prepare<[number, string]>("UPDATE access SET expires_at_ms = ? WHERE hash = ?");
  return {
    grant: async (access) => {
      const { hash, kind, label, expiresAtMs } = access;
      grant.run({ hash, kind, label, expires_at_ms: expiresAtMs ?? null });
    },
    granted: async (hash, nowMs) => {
      const row = read.get(hash, nowMs);
      return row === undefined ? undefined : accessOf(row);
    },
    revoke: async (hash) => revoke.run(hash).changes === 1,
    extend: async (hash, expiresAtMs) => {
      extend.run(expiresAtMs, hash);
    },
    sweep: async (nowMs) => {
      sweep.run(nowMs);
    },
  };
}
