// The wearer tries the key because the desk has asked for it: recorded, and no alarm.
// Never stands before help: who goes on holding, holds again or was never told raises an alarm.

import { LOG_PRESS_TEST } from "../../protocol/log-events.ts";
import { PRESS_TEST } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { isOpen } from "./alarm.ts";
import { BUSY, DONE, FAILED, putOutcome } from "./commands.ts";
import { leftMs, soonerMs } from "./due.ts";
import { noteHand } from "./journal.ts";
import { downMs } from "./key.ts";
import { PRESS_TEST_CUE_MS, PRESS_TEST_HELP_MS, SET_PRESS_TEST_S } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { numberOf } from "./settings.ts";
import { softInMs } from "./soft-cue.ts";
import type { State } from "./state.ts";

/** The result first: a cut between the two finds it and says nothing twice. */
function endTest(moment: Moment, outcome: number, detail: number): void {
  const test = moment.pager.pressTest;
  putOutcome(moment, PRESS_TEST.word, test.id, outcome, detail);
  log(moment, LOG_PRESS_TEST, 0, outcome);
  test.id = 0;
  test.held = false;
  noteHand(moment);
}

/** `forS` 0: as the settings say. A further one takes the place of one that still runs. */
export function startPressTest(moment: Moment, id: number, forS: number): void {
  const state = moment.pager;
  const test = state.pressTest;
  if (isOpen(state)) {
    putOutcome(moment, PRESS_TEST.word, id, BUSY, 0);
    return;
  }
  if (test.id > 0) endTest(moment, FAILED, 0);
  test.id = id;
  test.forMs = (forS > 0 ? forS : numberOf(state, SET_PRESS_TEST_S)) * 1000;
  test.sinceMs = moment.nowMs;
  test.cueMs = moment.nowMs;
  noteHand(moment);
  giveCue(moment, "pressTest");
}

/** A test that a reset has ended. */
export function failPressTest(moment: Moment): void {
  if (moment.pager.pressTest.id > 0) endTest(moment, FAILED, 0);
}

/** True where this hold is the test: pressed since it began, and the first one. */
export function takeTestHold(moment: Moment): boolean {
  const test = moment.pager.pressTest;
  const key = moment.pager.key;
  if (test.id === 0 || isOpen(moment.pager) || spanMs(key.pressMs, test.sinceMs) < 0) return false;
  test.held = true;
  giveCue(moment, "pressTestGood");
  return true;
}

/**
 * The test's own press goes on long behind its cue: nobody holds so long for a test. A wearer in
 * need may have forgotten the test, or never known of it, so this is an alarm.
 */
export function isHeldForHelp(moment: Moment): boolean {
  const test = moment.pager.pressTest;
  const key = moment.pager.key;
  if (!test.held || isOpen(moment.pager)) return false;
  const ms = key.down ? downMs(key, moment.nowMs) : spanMs(key.releaseMs, key.pressMs);
  return ms >= PRESS_TEST_HELP_MS;
}

/** A press that may still become a hold is waited for. */
function isPressing(state: State): boolean {
  return state.key.down && !state.key.held;
}

export function pressTestDueInMs(state: State, nowMs: number): number {
  const test = state.pressTest;
  if (test.id === 0) return -1;
  if (isOpen(state)) return 0;
  if (test.held) return state.key.down ? leftMs(nowMs, state.key.pressMs, PRESS_TEST_HELP_MS) : 0;
  if (isPressing(state)) return -1;
  const endMs = leftMs(nowMs, test.sinceMs, test.forMs);
  return soonerMs(endMs, softInMs(state, nowMs, test.cueMs, PRESS_TEST_CUE_MS));
}

export function advancePressTest(moment: Moment): void {
  const state = moment.pager;
  const test = state.pressTest;
  const key = state.key;
  if (pressTestDueInMs(state, moment.nowMs) !== 0) return;
  if (isOpen(state)) {
    endTest(moment, BUSY, 0);
  } else if (test.held) {
    if (!key.down) endTest(moment, DONE, spanMs(key.releaseMs, key.pressMs));
  } else if (leftMs(moment.nowMs, test.sinceMs, test.forMs) === 0) {
    endTest(moment, FAILED, 0);
  } else {
    test.cueMs = moment.nowMs;
    giveCue(moment, "pressTest");
  }
}
