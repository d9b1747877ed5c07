// To which chip and SIM card a context belongs, and the suspicion that two pagers speak under it.
// Judges by what pagers say of themselves; shuts nobody out: that is for people [wire §1.5].

import type { Database } from "better-sqlite3";
import type { EventBody, FactOf } from "../events.ts";
import type { Log } from "./sqlite-log.ts";
import type { BindingColumns } from "./sqlite-rows.ts";
import type { Receipt, Store } from "./store.ts";

type Suspicion = Omit<Extract<EventBody, { kind: "cloneSuspected" }>, "kind">;

export interface Bindings {
  activation(fact: FactOf<"activation">, atMs: number): Receipt;
  usedNumber(fact: FactOf<"usedNumber">, atMs: number): Receipt;
}

/** One case, one event: a clone that goes on speaking would fill the log. */
const AGAIN_MS = 24 * 3600 * 1000;

export function sqliteBindings(db: Database, { append }: Log): Bindings {
  const read = db.prepare<[string], BindingColumns>("SELECT * FROM bindings WHERE kid = ?");
  const save = db.prepare(
    `INSERT INTO bindings (kid, pager, chip, iccid, imei, firmware, board)
     VALUES (@kid, @pager, @chip, @iccid, @imei, @firmware, @board)
     ON CONFLICT (kid) DO UPDATE SET iccid = coalesce(excluded.iccid, iccid),
       imei = coalesce(excluded.imei, imei), firmware = excluded.firmware, board = excluded.board`,
  );
  const setFirmware = db.prepare("UPDATE pagers SET firmware = ? WHERE id = ?");
  const suspected = db
    .prepare<[string, string], number>("SELECT at_ms FROM suspicions WHERE kid = ? AND why = ?")
    .pluck();
  const suspect = db.prepare(
    "INSERT OR REPLACE INTO suspicions (kid, why, at_ms) VALUES (?, ?, ?)",
  );

  const suspicion = (body: Suspicion, atMs: number): Receipt => {
    const lastMs = suspected.get(body.kid, body.why);
    // A clock that was set back must not hide a case for ever.
    if (lastMs !== undefined && Math.abs(atMs - lastMs) < AGAIN_MS) return { known: true };
    suspect.run(body.kid, body.why, atMs);
    return { event: append({ ...body, kind: "cloneSuspected" }, atMs) };
  };

  return {
    activation(fact, atMs) {
      const { pager, kid, piv, chip } = fact;
      const iccid = fact.iccid === "" ? undefined : fact.iccid;
      const bound = read.get(kid);
      if (bound !== undefined && bound.chip !== chip) {
        return suspicion({ pager, kid, piv, why: "chip", chip }, atMs);
      }
      save.run(columnsOf(fact));
      setFirmware.run(fact.firmware, pager);
      if (bound === undefined) return { event: append({ ...fact, kind: "pagerBound" }, atMs) };
      const before = bound.iccid ?? iccid;
      if (iccid === undefined || before === undefined || iccid === before) return { known: true };
      return { event: append({ kind: "simChanged", pager, kid, piv, iccid, before }, atMs) };
    },
    usedNumber: ({ pager, kid, piv }, atMs) => suspicion({ pager, kid, piv, why: "number" }, atMs),
  };
}

/** Keys from the bench may be for other hardware; those of a renewal are for the same. */
export function bindingReads(db: Database): Pick<Store, "boardOf"> {
  const board = db
    .prepare<[string, string], number>(
      `SELECT board FROM bindings JOIN contexts USING (kid)
       WHERE contexts.pager = ? AND made >=
         (SELECT max(made) FROM contexts WHERE pager = ? AND under IS NULL)
       ORDER BY made DESC LIMIT 1`,
    )
    .pluck();
  return { boardOf: async (pager) => board.get(pager, pager) };
}

// internal

function columnsOf(fact: FactOf<"activation">): BindingColumns {
  const { kid, pager, chip, iccid = "", imei = "", firmware, board } = fact;
  const known = (text: string) => (text === "" ? null : text);
  return { kid, pager, chip, iccid: known(iccid), imei: known(imei), firmware, board };
}
