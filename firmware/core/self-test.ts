// The pager tries its own parts: outputs are driven, a record is written, receiver and platform asked.
// Never says of an output more than that it was driven: no board of ours can feel its own motor.

import { WORD_SELF_TEST } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { hasMotion, hasZones } from "./abilities.ts";
import { STORAGE_FAULTS } from "./counts.ts";
import { OUTPUTS } from "./hand-state.ts";
import { SELF_TEST_S, SIGNAL_MINUS_DBM_MAX } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { endOrder, startOrder } from "./order.ts";
import { findItem, PARTS_MAX, putItem } from "./outbox.ts";
import { DONE } from "./outcomes.ts";
import type { State } from "./state.ts";

/** Bits of protocol/fields.ts, as far as this file tests them. */
const KEY = 1;
const STORAGE = 8;
export const GNSS = 16;
const SIM = 32;
const REGISTRATION = 64;
const ANSWER = 128;
export const MOTION = 512;
const SIGNAL = 1024;
const ALL = 2047;

/** `id` 0: asked for at the console. `parts` 0: all that this board has. */
export function startSelfTest(moment: Moment, id: number, parts: number): void {
  const state = moment.pager;
  const test = state.selfTest;
  // The record of its start, which tells of it after a reset, is the one that tries the storage.
  test.faults = state.counts[STORAGE_FAULTS];
  if (!startOrder(moment, WORD_SELF_TEST, id, SELF_TEST_S)) return;
  test.parts = parts > 0 ? parts : ALL;
  test.itemId = 0;
  test.answerMs = -1;
  test.heard = 0;
  test.fixS = -1;
  // What runs already is asked for anew: only then it says that it works.
  state.locating = false;
  state.motion.level = 0;
}

/** Whether this part is wanted for a test, of the receiver until it has a fix. */
export function isTested(state: State, part: number): boolean {
  const test = state.selfTest;
  if (state.order.what !== WORD_SELF_TEST || (test.parts & part) === 0) return false;
  return part !== GNSS || test.fixS < 0;
}

/** Receiver or accelerometer works: it has answered. */
export function hearPart(moment: Moment, part: number): void {
  const test = moment.pager.selfTest;
  test.heard = test.heard | part;
}

/** A receiver that has a fix works, be the fix good enough for a position or not. */
export function timeFix(moment: Moment): void {
  const state = moment.pager;
  if (!hasZones() || !isTested(state, GNSS)) return;
  hearPart(moment, GNSS);
  const ms = spanMs(moment.nowMs, state.order.sinceMs);
  state.selfTest.fixS = moment.machine.divide(ms > 0 ? ms : 0, 1000);
}

/** Bits of the parts that are known to be well by now. */
function wellParts(state: State): number {
  const test = state.selfTest;
  const link = state.link;
  const key = state.key;
  let well = test.heard;
  if (state.order.held && !key.down && !key.stuck) well += KEY;
  if (test.faults === state.counts[STORAGE_FAULTS] && !state.journal.owed) well += STORAGE;
  if (state.card.iccid !== "" && state.card.fault === 0) well += SIM;
  if (link.radio === "ready") well += REGISTRATION;
  if (link.signalDbm < 0 && -link.signalDbm <= SIGNAL_MINUS_DBM_MAX) well += SIGNAL;
  if (test.answerMs >= 0) well += ANSWER;
  return well;
}

/** Of the parts that a board of ours has and that can fail. */
function missingParts(state: State): number {
  let tried = KEY + STORAGE + SIM + REGISTRATION + ANSWER + SIGNAL;
  if (hasZones()) tried += GNSS;
  if (hasMotion()) tried += MOTION;
  tried = tried & state.selfTest.parts;
  return tried - (tried & wellParts(state));
}

/** Nothing is missing that time could still bring, a fix included. */
export function isDecided(state: State): boolean {
  const lost = state.key.stuck ? STORAGE + KEY : STORAGE;
  if (hasZones() && isTested(state, GNSS)) return false;
  return (missingParts(state) & (ALL - lost)) === 0;
}

/** Looks whether the key went down and whether the platform has answered. */
export function watchParts(moment: Moment): void {
  const state = moment.pager;
  const test = state.selfTest;
  if (state.key.down) state.order.held = true;
  if (test.itemId > 0 && state.link.answeredId === test.itemId) {
    test.answerMs = state.link.answerMs;
  } else if (
    test.answerMs < 0 &&
    (test.parts & ANSWER) > 0 &&
    findItem(state, "w", 0) === undefined
  ) {
    // The first question; or something else went before it, or nobody answered.
    test.itemId = state.nextId;
    putItem(moment, "w", 0, 0);
  }
}

/** Its report is on flash before its result: a cut between the two finds the report, and that it is done. */
export function endSelfTest(moment: Moment): void {
  const state = moment.pager;
  const test = state.selfTest;
  const passed = (wellParts(state) | (OUTPUTS & state.outputs)) & test.parts;
  let failed = missingParts(state);
  // A key that nobody pressed was not tested.
  if (!state.key.stuck && (failed & KEY) > 0) failed -= KEY;
  test.failed = failed;
  putItem(moment, "k", state.order.id, failed * PARTS_MAX + passed);
  endOrder(moment, DONE, 0);
}
