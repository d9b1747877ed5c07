// The scheduled report of the pager's state, and what the wearer is told when it goes unanswered.
// Never goes before anything else, never while an alarm is open.

import { LOG_BEAT_ANSWERED, LOG_BEAT_MISSED } from "../../protocol/log-events.ts";
import { isOpen } from "./alarm.ts";
import { leftMs } from "./due.ts";
import { BEAT_AGAIN_MS, BEAT_FIRST_MS, BEAT_MS } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, putItem } from "./outbox.ts";
import type { State } from "./state.ts";

function waitForBeat(moment: Moment, waitMs: number): void {
  moment.pager.beat.sinceMs = moment.nowMs;
  moment.pager.beat.waitMs = waitMs;
}

/** After the start: a radio that is never ready is a lost link too. */
export function startBeat(moment: Moment): void {
  waitForBeat(moment, BEAT_AGAIN_MS);
}

/** The radio is ready: for the first time, or again after a beat was missed. */
export function hurryBeat(moment: Moment): void {
  const beat = moment.pager.beat;
  if (!beat.everReady) {
    beat.everReady = true;
    waitForBeat(moment, BEAT_FIRST_MS);
  } else if (beat.missed && beat.waitMs === BEAT_MS) {
    beat.waitMs = BEAT_AGAIN_MS;
    if (leftMs(moment.nowMs, beat.sinceMs, BEAT_AGAIN_MS) === 0) waitForBeat(moment, BEAT_FIRST_MS);
  }
}

/** An alarm went first: the beat comes again soon. */
export function postponeBeat(moment: Moment): void {
  waitForBeat(moment, BEAT_FIRST_MS);
}

/** Nobody answered, or no radio was there to ask. */
export function missBeat(moment: Moment): void {
  moment.pager.beat.missed = true;
  waitForBeat(moment, BEAT_MS);
  if (!isOpen(moment.pager)) giveCue(moment, "linkLost");
  log(moment, LOG_BEAT_MISSED, 0, 0);
}

export function answerBeat(moment: Moment): void {
  moment.pager.beat.missed = false;
  log(moment, LOG_BEAT_ANSWERED, 0, 0);
}

export function beatDueInMs(state: State, nowMs: number): number {
  return leftMs(nowMs, state.beat.sinceMs, state.beat.waitMs);
}

export function advanceBeat(moment: Moment): void {
  const state = moment.pager;
  if (beatDueInMs(state, moment.nowMs) > 0) return;
  if (isOpen(state)) {
    postponeBeat(moment);
  } else if (state.link.radio !== "ready") {
    missBeat(moment);
  } else {
    waitForBeat(moment, BEAT_MS);
    if (findItem(state, "b", 0) === undefined) putItem(moment, "b", 0, 0);
  }
}
