// A database that was put back from a copy: the platform's numbers jump, so that none serves twice.
// Replay windows are marked as lost: what came since the copy could else be sent once more.

import type { Database } from "better-sqlite3";
import { REPLAY_WINDOW } from "../../protocol/limits.ts";
import { COMMAND_JUMP, RESTORE_JUMP, type Store } from "./store.ts";

/**
 * The numbers of the nth return begin at n jumps, so that the same copy, put back twice, gives none
 * twice. Where a copy stands higher already it jumps from there. A context that was not heard
 * before the copy may have been heard since: it jumps as well. What the copy's windows have seen
 * stays seen; of all else nobody knows [wire §1.3].
 */
export function restoredCall(db: Database): Store["restored"] {
  const fill = db.prepare<[number]>(
    `INSERT INTO links (kid, highest, seen, next_piv)
     SELECT kid, -1, zeroblob(?), 0 FROM contexts WHERE kid NOT IN (SELECT kid FROM links)`,
  );
  const jump = db.prepare<[number, number, number]>(
    `UPDATE links SET next_piv = CASE WHEN next_piv < ? THEN ? ELSE next_piv + ? END,
       window_lost = 1`,
  );
  const jumpCommands = db.prepare<[number, number, number]>(
    `UPDATE pagers SET next_command =
       CASE WHEN next_command <= ? THEN ? + 1 ELSE next_command + ? END`,
  );
  const all = db.transaction((times: number) => {
    fill.run(REPLAY_WINDOW / 8);
    jump.run(times * RESTORE_JUMP, times * RESTORE_JUMP, RESTORE_JUMP);
    jumpCommands.run(times * COMMAND_JUMP, times * COMMAND_JUMP, COMMAND_JUMP);
  });
  return async (times) => {
    all.immediate(times);
  };
}
