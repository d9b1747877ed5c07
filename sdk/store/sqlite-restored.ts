// A database that was put back from a copy: the platform's numbers jump, so that none serves twice.
// Replay windows stay as the copy has them: what came since the copy is taken once more.

import type { Database } from "better-sqlite3";
import { REPLAY_WINDOW } from "../../protocol/limits.ts";
import type { Store } from "./store.ts";

/** So many numbers of one context nobody uses between a copy and its return [wire §1.2]. */
const RESTORE_JUMP = 1 << 20;

/**
 * The numbers of the nth return begin at n jumps, so that the same copy, put back twice, gives none
 * twice. Where a copy stands higher already it jumps from there. A context that was not heard
 * before the copy may have been heard since: it jumps as well.
 */
export function restoredCall(db: Database): Store["restored"] {
  const fill = db.prepare<[number]>(
    `INSERT INTO links (kid, highest, seen, next_piv)
     SELECT kid, -1, zeroblob(?), 0 FROM contexts WHERE kid NOT IN (SELECT kid FROM links)`,
  );
  const jump = db.prepare<[number, number, number]>(
    "UPDATE links SET next_piv = CASE WHEN next_piv < ? THEN ? ELSE next_piv + ? END",
  );
  const all = db.transaction((times: number) => {
    fill.run(REPLAY_WINDOW / 8);
    jump.run(times * RESTORE_JUMP, times * RESTORE_JUMP, RESTORE_JUMP);
  });
  return async (times) => {
    all.immediate(times);
  };
}
