// Opens the database of a platform beside it, while it may be running: makes no file, changes no table.
// One more event in the log is safe for both, SQLite puts the writers in a row; counters and windows,
// which a running platform keeps in memory, are not touched by who opens the store here.

import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { Clock } from "../clock.ts";
import { OnekeyError, systemCode } from "../error.ts";
import { APPLICATION_ID, STEPS } from "./schema.ts";
import { storeOn } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** How long a write waits for the platform's. */
const BUSY_MS = 5000;

export function openExisting(options: { file: string; clock: Clock }): Store {
  const { file, clock } = options;
  if (!existsSync(file)) {
    throw new OnekeyError(
      "file-unreadable",
      `There is no database ${file}: name the folder of a platform with --data.`,
    );
  }
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { fileMustExist: true, timeout: BUSY_MS });
    checkVersion(db, file);
    // FULL: a commit returns only after its octets are on disk [design §1.2].
    db.pragma("synchronous = FULL");
    return storeOn(db, clock);
  } catch (error) {
    db?.close();
    if (error instanceof OnekeyError) throw error;
    throw new OnekeyError(
      "database-failed",
      `${file} can't be opened (${systemCode(error)}): use the account that runs the platform.`,
    );
  }
}

// internal

/** A running platform must find its tables as it left them, so they are not brought up to date here. */
function checkVersion(db: Database.Database, file: string): void {
  const version = Number(db.pragma("user_version", { simple: true }));
  if (Number(db.pragma("application_id", { simple: true })) !== APPLICATION_ID) {
    throw new OnekeyError(
      "database-foreign",
      `${file} belongs to another program: name the folder of a platform with --data.`,
    );
  }
  if (version === STEPS.length) return;
  const isNewer = version > STEPS.length;
  throw new OnekeyError(
    isNewer ? "database-newer" : "database-older",
    `${file} is of version ${version} and this onekey knows ${STEPS.length}: ` +
      (isNewer ? "install a newer onekey." : "run the platform of this version on it first."),
  );
}
