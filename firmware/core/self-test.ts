// The pager tries its own parts: outputs are driven, a record is written, the platform is asked.
// Never says of an output more than that it was driven: no board of ours can feel its own motor.

import { WORD_SELF_TEST } from "../../protocol/messages.ts";
import { STORAGE_FAULTS } from "./counts.ts";
import { OUTPUTS } from "./hand-state.ts";
import { SELF_TEST_S } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { endOrder, startOrder } from "./order.ts";
import { findItem, PARTS_MAX, putItem } from "./outbox.ts";
import { DONE } from "./outcomes.ts";
import type { State } from "./state.ts";

/** Bits of protocol/fields.ts, as far as this file tests them. */
const KEY = 1;
const STORAGE = 8;
const ANSWER = 128;
const ALL = 399;

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
}

/** The key was pressed since, and is up again; the platform has answered. */
export function isDecided(state: State): boolean {
  const test = state.selfTest;
  const tried = state.key.stuck || (state.order.held && !state.key.down);
  if ((test.parts & KEY) > 0 && !tried) return false;
  return (test.parts & ANSWER) === 0 || test.answerMs >= 0;
}

/** Looks whether the key went down and whether the platform has answered. */
export function watchParts(moment: Moment): void {
  const state = moment.pager;
  const test = state.selfTest;
  if (state.key.down) state.order.held = true;
  if (test.itemId > 0 && state.link.answeredId === test.itemId) {
    test.answerMs = state.link.answerMs;
  } else if ((test.parts & ANSWER) > 0 && findItem(state, "w", 0) === undefined) {
    // The first question; or something else went before it, or nobody answered.
    test.itemId = state.nextId;
    putItem(moment, "w", 0, 0);
  }
}

/** Its report is on flash before its result: a cut between the two finds the report, and that it is done. */
export function endSelfTest(moment: Moment): void {
  const state = moment.pager;
  const order = state.order;
  const test = state.selfTest;
  const stored = test.faults === state.counts[STORAGE_FAULTS] && !state.journal.owed;
  let passed = OUTPUTS & state.outputs;
  let failed = 0;
  if (state.key.stuck) failed += KEY;
  else if (order.held && !state.key.down) passed += KEY;
  if (stored) passed += STORAGE;
  else failed += STORAGE;
  if (test.answerMs >= 0) passed += ANSWER;
  else failed += ANSWER;
  const parts = (failed & test.parts) * PARTS_MAX + (passed & test.parts);
  putItem(moment, "k", order.id, parts);
  endOrder(moment, DONE, 0);
}
