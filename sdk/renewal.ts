// A pager in the field gets a new security context: made here, brought to it by a command [wire §1.5].
// No key leaves by this file: it lies sealed in the store, and the gateway seals it for the pager.

import { EXPIRES_S_MAX, RENEW_COMMAND } from "./care/command-names.ts";
import type { CommandRow } from "./care/commands.ts";
import type { Clock } from "./clock.ts";
import { stateFact } from "./desk-acts.ts";
import { OnekeyError } from "./error.ts";
import type { NewContext } from "./events.ts";
import type { Commits } from "./gateway/commits.ts";
import type { Random } from "./random.ts";
import { makeContext } from "./register.ts";
import type { Vault } from "./seal.ts";
import type { LineRow, Store } from "./store/store.ts";

export interface RenewalParts {
  store: Store;
  commits: Commits;
  vault: Vault;
  clock: Clock;
  random: Random;
}

/** Three octets: even with a million pagers a new one is free nearly always. */
export const KID_TRIES = 20;

/**
 * The new context goes into the slot that the pager does not use now, in the place of a spare or of a
 * context that it gave up. What that slot held is dropped here only when the pager says under the
 * new one that it was answered there; the context in use stays, and is the spare from then on. So
 * the pager has a working context at each moment, whatever datagram is lost.
 *
 * Asked again while a renewal waits, it is that renewal.
 */
export async function renewPager(
  parts: RenewalParts,
  pager: string,
  by: string,
): Promise<CommandRow> {
  const { store, commits, clock } = parts;
  const inUse = await contextInUse(store, pager);
  await refuseSecond(parts, pager);
  const context = await freeContext(parts, inUse);
  const expiresAtMs = clock.nowMs() + EXPIRES_S_MAX * 1000;
  await stateFact(commits, { kind: "renew", pager, context, by, expiresAtMs });
  const rows = await store.commands(pager);
  const row = rows.find((one) => one.command === RENEW_COMMAND && one.state === "waiting");
  if (row === undefined) throw new OnekeyError("closed", "The platform is closing.");
  return row;
}

// internal

/** Between two copies of a database at most: daily ones are the least that anybody should make. */
const AGAIN_MS_MIN = 24 * 3600 * 1000;

/**
 * A copy of the database knows a pager by at least one of its two contexts only if not both were made
 * since: put back, it could never hear that pager again [wire §1.2].
 */
async function refuseSecond({ store, clock }: RenewalParts, pager: string): Promise<void> {
  const sinceMs = clock.nowMs() - AGAIN_MS_MIN;
  for (const { command, outcome, endedAtMs = 0 } of await store.commands(pager)) {
    if (command !== RENEW_COMMAND || outcome !== "done" || endedAtMs < sinceMs) continue;
    throw new OnekeyError(
      "renewed-lately",
      "This pager got new keys less than a day ago: make a copy of the database, and wait until tomorrow.",
    );
  }
}

/** The one that the pager was heard under last: before it was heard nobody knows which it uses. */
async function contextInUse(store: Store, pager: string): Promise<LineRow> {
  const [kid] = await store.kidsOf(pager);
  if (kid === undefined) {
    throw new OnekeyError("unknown-pager", "There is no such pager: read the list again.");
  }
  const line = await store.line(kid);
  if (line?.link?.heardAtMs !== undefined) return line;
  throw new OnekeyError(
    "not-heard",
    "This pager was never heard: let it send a check-in, or provision it again.",
  );
}

async function freeContext(
  { store, random, vault }: RenewalParts,
  inUse: LineRow,
): Promise<NewContext> {
  for (let i = 0; i < KID_TRIES; i++) {
    const { sealed } = makeContext(random, vault, 1 - inUse.slot);
    if ((await store.line(sealed.kid)) === undefined) return { ...sealed, under: inUse.kid };
  }
  throw new OnekeyError("database-failed", "No free key identifier was found: try again.");
}
