// The pager tries its own parts: outputs are driven, a record is written, the platform is asked.
// Never says of an output more than that it was driven: no board of ours can feel its own motor.

import { LOG_SELF_TEST } from "../../protocol/log-events.ts";
import { SELF_TEST } from "../../protocol/messages.ts";
import { isOpen } from "./alarm.ts";
import { BUSY, FAILED, putOutcome } from "./commands.ts";
import { STORAGE_FAULTS } from "./counts.ts";
import { leftMs } from "./due.ts";
import { noteHand } from "./journal.ts";
import { CUE_MS, SELF_TEST_MS } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, PARTS_MAX, putItem } from "./outbox.ts";
import type { State } from "./state.ts";

/** Bits of protocol/fields.ts, as far as this file tests them. */
const KEY = 1;
const LIGHT_MOTOR_SOUND = 262;
const STORAGE = 8;
const ROUND_TRIP = 128;
const ALL = 399;

function put(moment: Moment): void {
  moment.pager.selfTest.itemId = moment.pager.nextId;
  putItem(moment, "w", 0, 0);
}

/** `id` 0: asked for at the console. `parts` 0: all that this board has. */
export function startSelfTest(moment: Moment, id: number, parts: number): void {
  const state = moment.pager;
  const test = state.selfTest;
  if (isOpen(state) || test.parts > 0) {
    if (id > 0) putOutcome(moment, SELF_TEST.word, id, BUSY, 0);
    return;
  }
  test.id = id;
  test.parts = parts > 0 ? parts : ALL;
  test.sinceMs = moment.nowMs;
  test.pressed = false;
  test.passed = test.parts & LIGHT_MOTOR_SOUND & state.outputs;
  test.roundTripMs = -1;
  test.faults = state.counts[STORAGE_FAULTS];
  // The record that tells of this test after a reset is the one that tries the storage.
  noteHand(moment);
  if (test.passed > 0) giveCue(moment, "selfTest");
  if ((test.parts & ROUND_TRIP) > 0) put(moment);
}

/** A test that a reset has ended; what it found before waits in the outbox already. */
export function failSelfTest(moment: Moment): void {
  const state = moment.pager;
  const id = state.selfTest.id;
  if (id === 0) return;
  const item = findItem(state, "k");
  if (item === undefined || item.number !== id) {
    putOutcome(moment, SELF_TEST.word, id, FAILED, 0);
  }
  state.selfTest.id = 0;
  noteHand(moment);
}

/** Pressed since the test began, and up again. */
function isKeyTried(state: State): boolean {
  return state.key.stuck || (state.selfTest.pressed && !state.key.down);
}

function isDecided(state: State): boolean {
  const test = state.selfTest;
  if ((test.parts & KEY) > 0 && !isKeyTried(state)) return false;
  return (test.parts & ROUND_TRIP) === 0 || test.roundTripMs >= 0;
}

function judge(state: State, part: number, good: boolean): void {
  const test = state.selfTest;
  if ((test.parts & part) === 0) return;
  if (good) test.passed += part;
  else test.failed += part;
}

function endTest(moment: Moment): void {
  const state = moment.pager;
  const test = state.selfTest;
  test.failed = 0;
  if (isKeyTried(state)) judge(state, KEY, !state.key.stuck);
  const stored = test.faults === state.counts[STORAGE_FAULTS] && !state.journal.owed;
  judge(state, STORAGE, stored);
  judge(state, ROUND_TRIP, test.roundTripMs >= 0);
  log(moment, LOG_SELF_TEST, 0, test.failed);
  putItem(moment, "k", test.id, test.failed * PARTS_MAX + test.passed);
  test.parts = 0;
  test.id = 0;
  noteHand(moment);
}

export function selfTestDueInMs(state: State, nowMs: number): number {
  const test = state.selfTest;
  if (test.parts === 0) return -1;
  if (isOpen(state)) return 0;
  // Long enough for its cue, and for what storage has to say.
  return leftMs(nowMs, test.sinceMs, isDecided(state) ? CUE_MS : SELF_TEST_MS);
}

export function advanceSelfTest(moment: Moment): void {
  const state = moment.pager;
  const test = state.selfTest;
  const link = state.link;
  if (test.parts === 0) return;
  if (isOpen(state)) {
    test.parts = 0;
    if (test.id > 0) putOutcome(moment, SELF_TEST.word, test.id, BUSY, 0);
    test.id = 0;
    noteHand(moment);
    return;
  }
  if (state.key.down) test.pressed = true;
  if ((test.parts & ROUND_TRIP) > 0 && test.roundTripMs < 0) {
    if (link.answeredId === test.itemId) test.roundTripMs = link.roundTripMs;
    // Something else went first, or nobody answered.
    else if (findItem(state, "w") === undefined) put(moment);
  }
  if (selfTestDueInMs(state, moment.nowMs) === 0) endTest(moment);
}
