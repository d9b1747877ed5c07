// The desk asks where the wearer is: satellites for a while, and each position that comes of it.
// Never holds back an alarm, whose own reports go first; tells nothing that isn't new.

import { WORD_LOCATE } from "../../protocol/messages.ts";
import { LOCATE_S_KEY } from "../../protocol/settings.ts";
import { leftMs } from "./due.ts";
import type { Moment } from "./moment.ts";
import { FAILED } from "./outcomes.ts";
import { putOutcome } from "./result.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";

/** Ends without a position where none was found. */
function endLocating(moment: Moment): void {
  const locate = moment.pager.locate;
  const id = locate.id;
  locate.id = 0;
  if (!locate.told) putOutcome(moment, WORD_LOCATE, id, FAILED, 0);
}

/** A later command takes over: one receiver searches for both. What it finds are points of a track. */
export function startLocating(moment: Moment, id: number, forS: number): void {
  const state = moment.pager;
  if (state.locate.id > 0) endLocating(moment);
  state.track.serial = state.position.serial;
  state.locate = {
    id: id,
    sinceMs: moment.nowMs,
    forMs: (forS > 0 ? forS : numberOf(state, LOCATE_S_KEY)) * 1000,
    told: false,
  };
}

export function locateDueInMs(state: State, nowMs: number): number {
  const locate = state.locate;
  return locate.id > 0 ? leftMs(nowMs, locate.sinceMs, locate.forMs) : -1;
}

export function advanceLocating(moment: Moment): void {
  if (locateDueInMs(moment.pager, moment.nowMs) === 0) endLocating(moment);
}
