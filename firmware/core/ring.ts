// A pager that makes itself heard so that it is found, and the cue of a notice to its wearer.
// Never while an alarm is open: its cues are the only ones then.

import { LOG_NOTICE, LOG_RING } from "../../protocol/log-events.ts";
import { isOpen } from "./alarm.ts";
import { leftMs, soonerMs } from "./due.ts";
import { RING_MS, SET_RING_S } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";

const NOTICE_CHARGE = 1;

/** False where an alarm is open: the command ends as "busy". `forS` 0: as the settings say. */
export function startRing(moment: Moment, forS: number): boolean {
  const state = moment.pager;
  if (isOpen(state)) return false;
  const ring = state.ring;
  ring.forMs = (forS > 0 ? forS : numberOf(state, SET_RING_S)) * 1000;
  ring.sinceMs = moment.nowMs;
  ring.cueMs = moment.nowMs;
  giveCue(moment, "ring");
  log(moment, LOG_RING, 0, ring.forMs);
  return true;
}

/**
 * False where an alarm is open. Nobody tells four patterns of notices apart at eighty: "charge" has
 * the cue that means it, all others say that there is one, and a speaker says which.
 */
export function giveNotice(moment: Moment, code: number): boolean {
  if (isOpen(moment.pager)) return false;
  moment.pager.notice = code;
  giveCue(moment, code === NOTICE_CHARGE ? "batteryLow" : "notice");
  log(moment, LOG_NOTICE, 0, code);
  return true;
}

/** Whoever presses has found it: this press is no check-in, but a hold of it is an alarm. */
export function hushRing(moment: Moment): void {
  const key = moment.pager.key;
  if (moment.pager.ring.forMs === 0 || !key.down || key.stuck) return;
  moment.pager.ring.forMs = 0;
  key.hushed = true;
}

export function ringDueInMs(state: State, nowMs: number): number {
  const ring = state.ring;
  if (ring.forMs === 0) return -1;
  if (isOpen(state)) return 0;
  return soonerMs(leftMs(nowMs, ring.sinceMs, ring.forMs), leftMs(nowMs, ring.cueMs, RING_MS));
}

export function advanceRing(moment: Moment): void {
  const state = moment.pager;
  const ring = state.ring;
  if (ringDueInMs(state, moment.nowMs) !== 0) return;
  if (isOpen(state) || leftMs(moment.nowMs, ring.sinceMs, ring.forMs) === 0) {
    ring.forMs = 0;
    return;
  }
  ring.cueMs = moment.nowMs;
  giveCue(moment, "ring");
}
