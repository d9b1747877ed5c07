// Security contexts from their making to their end: pending, active, leaving, dropped [wire §1.5].
// Never opens a secret; what is dropped has none any more, and its key identifier stays taken.

import type { Database, Statement } from "better-sqlite3";
import {
  type Event,
  type FactOf,
  kidOfAlarm,
  type NewContext,
  type SealedContext,
} from "../events.ts";
import type { Log } from "./sqlite-log.ts";
import type { ContextColumns } from "./sqlite-rows.ts";
import type { Receipt } from "./store.ts";

type Whose = Pick<ContextColumns, "kid" | "slot" | "state" | "made">;

export interface Contexts {
  isTaken(kid: string): boolean;
  /** For the field: pending until its pager is heard under it. `made` is the event's cursor. */
  addPending(pager: string, context: NewContext, made: number): void;
  /** From the bench. */
  addActive(pager: string, context: SealedContext, made: number): void;
  heard(fact: FactOf<"contextHeard">, atMs: number): Receipt;
  /**
   * The pager was answered under `kid`, so whatever its slot held before is over at both ends. One
   * made later may be on its way. The context in the other slot stays: it is the spare from now on.
   */
  settleSlot(of: { pager: string; kid: string }, atMs: number): Event[];
  /** None of the pager's contexts is of use any more. */
  dropAll(pager: string, atMs: number): Event[];
  /** Behind the close of an alarm: its context may have waited for that. */
  afterClose(receipt: Receipt, atMs: number): Receipt;
}

export function sqliteContexts(db: Database, { append }: Log): Contexts {
  const run = statementsOf(db);

  const drop = (pager: string, { kid, slot }: Whose, atMs: number): Event => {
    run.erase.run(kid);
    run.dropWords.run(pager, kid, pager, kid);
    return append({ kind: "contextDropped", pager, kid, slot }, atMs);
  };

  /**
   * What is still on its way about an open alarm, by SMS perhaps, must be opened and be the same
   * alarm: its context is dropped only after it was closed.
   */
  const dropOrWait = (pager: string, context: Whose, atMs: number): Event[] => {
    if (context.state === "dropped") return [];
    if (run.openAlarm.get(pager, context.kid, pager, context.kid) === undefined) {
      return [drop(pager, context, atMs)];
    }
    run.setState.run("leaving", context.kid);
    return [];
  };

  const of = (pager: string): Whose[] => run.ofPager.all(pager) as Whose[];
  const one = (kid: string): Whose | undefined => run.one.get(kid) as Whose | undefined;

  return {
    isTaken: (kid) => one(kid) !== undefined,
    addPending(pager, { kid, slot, sealed, under }, made) {
      run.add.run(kid, pager, slot, sealed, "pending", under, made);
    },
    addActive(pager, { kid, slot, sealed }, made) {
      run.add.run(kid, pager, slot, sealed, "active", null, made);
    },
    heard({ pager, kid }, atMs) {
      const context = one(kid);
      if (context?.state !== "pending") return { known: true };
      run.setState.run("active", kid);
      // The same pager: what it was bound to under the old one holds under the new one.
      run.inheritBinding.run(kid, kid);
      const { slot } = context;
      return { event: append({ kind: "contextActive", pager, kid, slot }, atMs) };
    },
    settleSlot({ pager, kid }, atMs) {
      const { slot, made } = one(kid) as Whose;
      const before = of(pager).filter((other) => other.slot === slot && other.made < made);
      return before.flatMap((other) => dropOrWait(pager, other, atMs));
    },
    dropAll: (pager, atMs) => of(pager).flatMap((each) => dropOrWait(pager, each, atMs)),
    afterClose(receipt, atMs) {
      if (!("event" in receipt) || receipt.event.kind !== "alarmClosed") return receipt;
      const { pager, alarm } = receipt.event;
      const context = one(kidOfAlarm(alarm));
      if (context?.state !== "leaving") return receipt;
      const also = dropOrWait(pager, context, atMs);
      return { ...receipt, also: [...(receipt.also ?? []), ...also] };
    },
  };
}

// internal

function statementsOf(db: Database) {
  const prepare = (sql: string): Statement => db.prepare(sql);
  return {
    one: prepare("SELECT kid, slot, state, made FROM contexts WHERE kid = ?"),
    ofPager: prepare(
      "SELECT kid, slot, state, made FROM contexts WHERE pager = ? ORDER BY slot, made",
    ),
    add: prepare(
      `INSERT INTO contexts (kid, pager, slot, sealed, state, under, made)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    setState: prepare("UPDATE contexts SET state = ? WHERE kid = ?"),
    erase: prepare("UPDATE contexts SET state = 'dropped', sealed = zeroblob(0) WHERE kid = ?"),
    inheritBinding: prepare(
      `INSERT INTO bindings (kid, pager, chip, iccid, imei, firmware, board)
       SELECT ?, bindings.pager, chip, iccid, imei, firmware, board
       FROM bindings JOIN contexts ON contexts.under = bindings.kid WHERE contexts.kid = ?
       ON CONFLICT (kid) DO NOTHING`,
    ),
    // Ids of one key identifier lie together: "0" comes right behind "/".
    openAlarm: prepare(
      `SELECT 1 FROM alarms WHERE id >= ? || '/' || ? || '/' AND id < ? || '/' || ? || '0'
         AND closed = 0 LIMIT 1`,
    ),
    dropWords: prepare(
      "DELETE FROM words WHERE alarm >= ? || '/' || ? || '/' AND alarm < ? || '/' || ? || '0'",
    ),
  };
}
