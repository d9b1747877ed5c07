// The scheduled report of the pager's state, and what the wearer is told when it goes unanswered.
// Never goes before anything else, never while an alarm is open.

import { LOG_BEAT_ANSWERED, LOG_BEAT_MISSED } from "../../protocol/log-events.ts";
import { BEAT_S_KEY } from "../../protocol/settings.ts";
import { isOpen } from "./alarm.ts";
import { nowS } from "./clock.ts";
import { leftMs, soonerMs } from "./due.ts";
import { noteHand } from "./journal.ts";
import {
  BEAT_AGAIN_MS,
  BEAT_FIRST_MS,
  HEALTH_AGAIN_S,
  HEALTH_MS,
  LOOK_MS,
  LOST_AGAIN_MS,
} from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, isFull, putItem, takeItem } from "./outbox.ts";
import { numberOf } from "./settings.ts";
import { isDay, softInMs } from "./soft-cue.ts";
import type { State } from "./state.ts";

function waitForBeat(moment: Moment, waitMs: number): void {
  moment.pager.beat.sinceMs = moment.nowMs;
  moment.pager.beat.waitMs = waitMs;
}

/** The next one, by the schedule. */
function waitLong(moment: Moment): void {
  waitForBeat(moment, numberOf(moment.pager, BEAT_S_KEY) * 1000);
}

function waitForHealth(moment: Moment, waitMs: number): void {
  moment.pager.beat.healthMs = moment.nowMs;
  moment.pager.beat.healthWaitMs = waitMs;
}

/** After the start: a radio that is never ready is a lost link too. */
export function startBeat(moment: Moment): void {
  waitForBeat(moment, BEAT_AGAIN_MS);
  waitForHealth(moment, HEALTH_AGAIN_S * 1000);
}

/** The radio is ready: for the first time, or again after a beat was missed. */
export function hurryBeat(moment: Moment): void {
  const beat = moment.pager.beat;
  if (!beat.everReady) {
    beat.everReady = true;
    waitForBeat(moment, BEAT_FIRST_MS);
  } else if (beat.missed && beat.waitMs > BEAT_AGAIN_MS) {
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
  const beat = moment.pager.beat;
  beat.missed = true;
  waitLong(moment);
  if (!beat.lost) {
    beat.lost = true;
    beat.toldMs = moment.nowMs;
    beat.tellWaitMs = 0;
  }
  log(moment, LOG_BEAT_MISSED, 0, 0);
}

export function answerBeat(moment: Moment): void {
  moment.pager.beat.missed = false;
  log(moment, LOG_BEAT_ANSWERED, 0, 0);
}

/**
 * Behind a beat that was answered, while the radio is up in any case: once a day, and behind a start.
 * Starts in a row are told apart by the time of day, or, where nobody said it, by an hour's run.
 */
export function tellHealth(moment: Moment): void {
  const state = moment.pager;
  const beat = state.beat;
  const timeS = nowS(moment);
  const again = beat.healthWaitMs < HEALTH_MS && timeS - beat.healthS >= HEALTH_AGAIN_S;
  const due = again || leftMs(moment.nowMs, beat.healthMs, beat.healthWaitMs) === 0;
  if (!due || isOpen(state) || isFull(state) || findItem(state, "h", 0) !== undefined) return;
  waitForHealth(moment, HEALTH_MS);
  beat.healthS = timeS;
  noteHand(moment);
  putItem(moment, "h", 0, 0);
}

/** Nobody answered, or an alarm is open: it comes behind a later beat. */
export function dropHealth(moment: Moment): void {
  const item = findItem(moment.pager, "h", 0);
  if (item === undefined) return;
  takeItem(moment, item.id);
  waitForHealth(moment, HEALTH_AGAIN_S * 1000);
}

function sendInMs(state: State, nowMs: number): number {
  return leftMs(nowMs, state.beat.sinceMs, state.beat.waitMs);
}

function tellInMs(state: State, nowMs: number): number {
  const beat = state.beat;
  if (!beat.lost || isOpen(state)) return -1;
  return softInMs(state, nowMs, beat.toldMs, beat.tellWaitMs);
}

export function beatDueInMs(state: State, nowMs: number): number {
  return soonerMs(sendInMs(state, nowMs), tellInMs(state, nowMs));
}

/** By day only, and again until something is answered. */
function tellLost(moment: Moment): void {
  const beat = moment.pager.beat;
  if (tellInMs(moment.pager, moment.nowMs) !== 0) return;
  const day = isDay(moment);
  beat.toldMs = moment.nowMs;
  beat.tellWaitMs = day ? LOST_AGAIN_MS : LOOK_MS;
  if (day) giveCue(moment, "linkLost");
}

export function advanceBeat(moment: Moment): void {
  const state = moment.pager;
  tellLost(moment);
  if (isOpen(state)) dropHealth(moment);
  if (sendInMs(state, moment.nowMs) > 0) return;
  if (isOpen(state)) {
    postponeBeat(moment);
  } else if (state.link.radio !== "ready") {
    missBeat(moment);
  } else {
    waitLong(moment);
    if (findItem(state, "b", 0) === undefined) putItem(moment, "b", 0, 0);
  }
}
