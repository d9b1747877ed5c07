// The desk asks where the wearer is: satellites for a while, and each position that comes of it.
// Never holds back an alarm, whose own reports go first; tells nothing that isn't new.

import { WORD_LOCATE } from "../../protocol/messages.ts";
import { LOCATE_S_KEY, REPORT_S_KEY } from "../../protocol/settings.ts";
import { leftMs, soonerMs } from "./due.ts";
import type { Moment } from "./moment.ts";
import { DONE, FAILED } from "./outcomes.ts";
import { putOutcome } from "./result.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";
import { keepPoint } from "./track-care.ts";

/** Ends without a position where none was found. */
function endLocating(moment: Moment): void {
  const locate = moment.pager.locate;
  const id = locate.id;
  locate.id = 0;
  if (!locate.told) putOutcome(moment, WORD_LOCATE, id, FAILED, 0);
}

/** A later command takes over: one receiver searches for both. */
export function startLocating(moment: Moment, id: number, forS: number): void {
  const state = moment.pager;
  if (state.locate.id > 0) endLocating(moment);
  state.locate = {
    id: id,
    sinceMs: moment.nowMs,
    forMs: (forS > 0 ? forS : numberOf(state, LOCATE_S_KEY)) * 1000,
    told: false,
    toldMs: moment.nowMs,
    serial: state.position.serial,
  };
}

function pointDueInMs(state: State, nowMs: number): number {
  const locate = state.locate;
  if (state.position.serial === locate.serial) return -1;
  return locate.told ? leftMs(nowMs, locate.toldMs, numberOf(state, REPORT_S_KEY) * 1000) : 0;
}

export function locateDueInMs(state: State, nowMs: number): number {
  const locate = state.locate;
  if (locate.id === 0) return -1;
  const endMs = leftMs(nowMs, locate.sinceMs, locate.forMs);
  return soonerMs(endMs, pointDueInMs(state, nowMs));
}

/** Each position becomes a point of the track, which waits where nothing leaves. */
export function advanceLocating(moment: Moment): void {
  const state = moment.pager;
  const locate = state.locate;
  if (locate.id === 0) return;
  if (pointDueInMs(state, moment.nowMs) === 0) {
    locate.serial = state.position.serial;
    locate.toldMs = moment.nowMs;
    keepPoint(moment, -1);
    if (!locate.told) putOutcome(moment, WORD_LOCATE, locate.id, DONE, 0);
    locate.told = true;
  }
  if (leftMs(moment.nowMs, locate.sinceMs, locate.forMs) === 0) endLocating(moment);
}
