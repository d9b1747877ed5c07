// What an accelerometer tells: a fall that nobody takes back, and no movement in the hours of day.
// Raises concerns only; off until a desk sets it, and never the only way to help.

import { FALL_GRACE_S_KEY, STILL_S_KEY, TRACK_S_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { hasZones } from "./abilities.ts";
import { isOpen, raiseConcern } from "./alarm.ts";
import { nowS } from "./clock.ts";
import { leftMs, soonerMs } from "./due.ts";
import { noteHand } from "./journal.ts";
import { isPressed } from "./key.ts";
import {
  FALL_CUE_MS,
  REST_MOVED_MS,
  SENSOR_MS,
  STILL_KEPT_S_MIN,
  STILL_LOOK_MS,
} from "./limits.ts";
import { giveCue, type Moment } from "./moment.ts";
import { hurrySearch } from "./runs.ts";
import { hearPart, isTested, MOTION } from "./self-test.ts";
import { numberOf } from "./settings.ts";
import { isDay } from "./soft-cue.ts";
import type { State } from "./state.ts";
import { isZoneSet } from "./zones.ts";

/** What is left of the grace: nothing with an alarm open, or where power went in it. */
function graceMs(state: State, nowMs: number): number {
  if (state.motion.fall > 1 || isOpen(state)) return 0;
  return leftMs(nowMs, state.motion.fallMs, numberOf(state, FALL_GRACE_S_KEY) * 1000);
}

/** Milliseconds until the wearer is asked again, a fall is raised, or stillness looked at; -1 never. */
export function motionDueInMs(state: State, nowMs: number): number {
  const motion = state.motion;
  const lookMs = numberOf(state, STILL_S_KEY) > 0 ? STILL_LOOK_MS : -1;
  if (motion.fall === 0) return lookMs;
  const askMs = leftMs(nowMs, motion.cueMs, FALL_CUE_MS);
  return soonerMs(lookMs, soonerMs(askMs, graceMs(state, nowMs)));
}

function ask(moment: Moment): void {
  moment.pager.motion.cueMs = moment.nowMs;
  giveCue(moment, "fallen");
}

/** The wearer has clicked: all is well. */
export function endFall(moment: Moment): void {
  const motion = moment.pager.motion;
  if (motion.fall === 0) return;
  motion.fall = 0;
  noteHand(moment);
}

function keepMoved(moment: Moment, movedS: number): void {
  moment.pager.motion.movedS = movedS;
  noteHand(moment);
}

/**
 * Stillness goes on behind a start, where the time is known: half of its span is kept, and that it is over.
 * What is older than the whole span says nothing: nobody felt for the pager while it was off.
 */
function keepStill(moment: Moment, stillS: number): void {
  const motion = moment.pager.motion;
  const timeS = nowS(moment);
  if (timeS === 0 || stillS < STILL_KEPT_S_MIN) return;
  if (motion.movedS < 0) {
    const forS = timeS + motion.movedS;
    motion.movedS = forS < 0 || forS >= stillS ? 0 : -motion.movedS;
    if (motion.movedS > 0) motion.movedMs = moment.nowMs - forS * 1000;
  }
  const stillMs = spanMs(moment.nowMs, motion.movedMs);
  if (motion.movedS === 0 && stillMs >= stillS * 500) {
    keepMoved(moment, timeS - moment.machine.divide(stillMs, 1000));
  }
}

function moved(moment: Moment): void {
  const motion = moment.pager.motion;
  motion.movedMs = moment.nowMs;
  motion.told = false;
  if (motion.movedS !== 0) keepMoved(moment, 0);
}

/** `what` as the input says it. */
export function takeMotion(moment: Moment, what: number): void {
  const state = moment.pager;
  const motion = state.motion;
  hearPart(moment, MOTION);
  motion.heardMs = moment.nowMs;
  if (what % 2 === 1) {
    motion.feltMs = moment.nowMs;
    hurrySearch(moment, REST_MOVED_MS);
    moved(moment);
  }
  if (what % 4 < 2 || motion.fall > 0 || numberOf(state, FALL_GRACE_S_KEY) === 0) return;
  motion.fall = 1;
  motion.fallMs = moment.nowMs;
  noteHand(moment);
  // An alarm's cues are the only ones while it is open.
  if (!isOpen(state)) ask(moment);
}

/** The call is on flash before the grace is off it: a cut between finds the call there already. */
function advanceFall(moment: Moment): void {
  const state = moment.pager;
  if (graceMs(state, moment.nowMs) === 0) {
    raiseConcern(moment, "F", 0);
    endFall(moment);
  } else if (leftMs(moment.nowMs, state.motion.cueMs, FALL_CUE_MS) === 0) ask(moment);
}

/** By night, on the charger and under a hand nobody is still; a key that is stuck is no hand. */
function advanceStill(moment: Moment, stillS: number): void {
  const state = moment.pager;
  if (stillS === 0 || state.charging || isPressed(state.key) || !isDay(moment)) moved(moment);
  if (stillS === 0 || state.motion.told) return;
  keepStill(moment, stillS);
  if (leftMs(moment.nowMs, state.motion.movedMs, stillS * 1000) > 0) return;
  state.motion.told = true;
  raiseConcern(moment, "N", stillS);
}

export function advanceMotion(moment: Moment): void {
  const state = moment.pager;
  const stillS = numberOf(state, STILL_S_KEY);
  const motion = state.motion;
  const placed = numberOf(state, TRACK_S_KEY) > 0 || (hasZones() && isZoneSet(state));
  const falls = stillS > 0 || numberOf(state, FALL_GRACE_S_KEY) > 0;
  const level = falls ? 2 : placed || isTested(state, MOTION) ? 1 : 0;
  if (level !== motion.level) {
    moment.effects.push({ kind: "motion", level: level });
    motion.level = level;
    // What was before it nobody felt, and whether it runs it has yet to say.
    motion.feltMs = moment.nowMs;
    motion.heardMs = moment.nowMs - SENSOR_MS;
  }
  if (motion.fall > 0) advanceFall(moment);
  advanceStill(moment, stillS);
}
