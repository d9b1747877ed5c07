// Master secrets for those who must look into datagrams, such as a technician with a capture file.
// Each one that leaves the vault is an event in the log before it does, with the reader's name.

import { join } from "node:path";
import { type Clock, systemClock } from "./clock.ts";
import { OnekeyError, systemCode } from "./error.ts";
import type { Fact } from "./events.ts";
import { openContext } from "./gateway/lines.ts";
import type { ContextIds, MasterSecret } from "./keys.ts";
import { DATABASE_FILE } from "./platform.ts";
import { type Random, systemRandom } from "./random.ts";
import { openVaultFor } from "./seal.ts";
import { openExisting } from "./store/sqlite-existing.ts";
import type { LineRow, Store } from "./store/store.ts";

export interface SecretsOptions {
  /** Folder of a platform, which may be running. */
  dataDir: string;
  keyFile?: string;
  /** Who reads them. */
  reader: string;
  /** Contexts by their key identifier, those that no pager has are passed over. */
  kids: string[];
  /** Pagers by their id, with all their contexts. */
  pagers: string[];
  clock?: Clock;
  random?: Random;
}

/** A master secret and whose it is, from the pager's point of view. */
export interface Secret {
  pager: string;
  kid: string;
  master: MasterSecret;
  ids: ContextIds;
}

export async function readSecrets(options: SecretsOptions): Promise<Secret[]> {
  const { dataDir, reader, clock = systemClock, random = systemRandom } = options;
  const store = openExisting({ file: join(dataDir, DATABASE_FILE), clock });
  try {
    const rows = await rowsOf(store, options);
    if (rows.length === 0) return [];
    const vault = await openVaultFor(store, { dataDir, keyFile: options.keyFile, random });
    await logReading(store, rows, reader);
    return rows.map((row) => ({ pager: row.pager, kid: row.kid, ...openContext(vault, row) }));
  } finally {
    await store.close();
  }
}

// internal

async function logReading(store: Store, rows: LineRow[], reader: string): Promise<void> {
  const facts = rows.map(({ pager, kid }): Fact => ({ kind: "readSecret", pager, kid, reader }));
  const receipts = await store.commit({ facts, links: [] }).catch((error: unknown) => {
    throw notLogged(systemCode(error));
  });
  if (receipts.some((receipt) => !("event" in receipt))) throw notLogged("refused");
}

function notLogged(why: string): OnekeyError {
  const text = `The reading can't be logged (${why}), so nothing was read: look at the disk, then try again.`;
  return new OnekeyError("database-failed", text);
}

async function rowsOf(store: Store, { kids, pagers }: SecretsOptions): Promise<LineRow[]> {
  const all = new Set(kids);
  for (const pager of pagers) {
    const own = await store.kidsOf(pager);
    if (own.length === 0) {
      throw new OnekeyError("unknown-pager", `There is no pager ${pager} with keys: see the desk.`);
    }
    for (const kid of own) all.add(kid);
  }
  const rows: LineRow[] = [];
  for (const kid of all) {
    const row = await store.line(kid);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}
