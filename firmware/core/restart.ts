// A restart that the platform asked for: a little later, so that the answer leaves, and only in peace.
// Never while an alarm is open or the key is down, and never before its result is on flash.

import { isOpen } from "./alarm.ts";
import { leftMs } from "./due.ts";
import { RESTART_MS } from "./limits.ts";
import type { Moment } from "./moment.ts";
import type { State } from "./state.ts";

export function askRestart(moment: Moment): void {
  moment.pager.restart = { asked: true, atMs: moment.nowMs };
}

/** Milliseconds until the pager may start anew; -1 where nobody asked, or something goes on. */
export function restartDueInMs(state: State, nowMs: number): number {
  const restart = state.restart;
  if (!restart.asked || isOpen(state) || state.key.rawDown || state.key.down) return -1;
  return leftMs(nowMs, restart.atMs, RESTART_MS);
}

/** Without its result in the journal the command would come again, and again. */
export function advanceRestart(moment: Moment): void {
  if (restartDueInMs(moment.pager, moment.nowMs) !== 0) return;
  moment.pager.restart.asked = false;
  if (!moment.pager.journal.owed) moment.effects.push({ kind: "restart" });
}
