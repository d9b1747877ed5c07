// The folder that holds a platform's database: made, tried for writing, and held by one process.
// Two gateways on one SQLite file would each count numbers of their own: a nonce used twice.

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { OnekeyError, systemCode } from "../error.ts";

/** Makes the folder if need be and proves that a file can be made in it. */
export function prepareFolder(dataDir: string): void {
  const probe = join(dataDir, ".onekey-probe");
  try {
    makeFolder(dataDir);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new OnekeyError(
      "data-not-writable",
      `The data folder ${dataDir} is not writable (${systemCode(error)}): ` +
        "give this account the right to write there or choose another folder with --data.",
    );
  }
}

/** Node's own recursive mkdir never returns below folders such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * Holds the folder until the function returned is called or the process ends, however it ends: the
 * lock is SQLite's own lock on a file, which the system takes back even after SIGKILL.
 */
export function holdFolder(dataDir: string): () => void {
  const lock = new Database(join(dataDir, "onekey.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (systemCode(error) !== "SQLITE_BUSY") throw error;
    throw new OnekeyError(
      "data-in-use",
      `The data folder ${dataDir} is in use by another onekey: ` +
        "stop that one or choose another folder with --data.",
    );
  }
  return () => lock.close();
}
