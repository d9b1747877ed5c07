// The log's one way in, and the memory of what was said before, inside one SQLite transaction.
// Decides nothing: what becomes an event, the files beside this one say.

import type { Database } from "better-sqlite3";
import type { Event, EventBody } from "../events.ts";

export interface Log {
  /** The event as it stands in the log from now on. */
  append(body: EventBody, atMs: number): Event;
  /** True the first time: the same item in another exchange makes no second event. */
  isFirst(kid: string, kind: string, number: number): boolean;
}

export function sqliteLog(db: Database): Log {
  const append = db.prepare("INSERT INTO events (at_ms, body) VALUES (?, ?)");
  const addItem = db.prepare(
    "INSERT INTO items (kid, kind, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  return {
    append(body, atMs) {
      const { lastInsertRowid } = append.run(atMs, JSON.stringify(body));
      return { ...body, seq: Number(lastInsertRowid), atMs };
    },
    isFirst: (kid, kind, number) => addItem.run(kid, kind, number).changes === 1,
  };
}
