// An order's life behind its start: its cues, its end in time or by an alarm. Behind a reset its time is over.
// Decides nothing about the hand: what a hold means during a press test is for press-test.ts.

import { WORD_PRESS_TEST, WORD_RING, WORD_SELF_TEST } from "../../protocol/messages.ts";
import { isOpen } from "./alarm.ts";
import { leftMs, soonerMs } from "./due.ts";
import { CUE_MS, PRESS_TEST_CUE_MS, PRESS_TEST_HELP_MS, RING_MS } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { endOrder, giveOrderCue } from "./order.ts";
import { findItem } from "./outbox.ts";
import { BUSY, DONE, FAILED } from "./outcomes.ts";
import { testMs } from "./press-test.ts";
import { endSelfTest, isDecided, watchParts } from "./self-test.ts";
import type { State } from "./state.ts";

export function orderDueInMs(state: State, nowMs: number): number {
  const order = state.order;
  const key = state.key;
  if (order.what === 0) return -1;
  if (isOpen(state)) return 0;
  const endMs = leftMs(nowMs, order.sinceMs, order.forMs);
  // Of one that a reset has ended no part is left.
  if (order.what === WORD_SELF_TEST && state.selfTest.parts > 0) {
    // Long enough for its cue, and for what storage has to say.
    return isDecided(state) ? leftMs(nowMs, order.sinceMs, CUE_MS) : endMs;
  }
  if (order.what === WORD_RING) return soonerMs(endMs, leftMs(nowMs, order.cueMs, RING_MS));
  if (order.held) return key.down ? leftMs(nowMs, key.pressMs, PRESS_TEST_HELP_MS) : 0;
  // A press that may still become a hold is waited for.
  if (key.down && !key.held) return -1;
  return soonerMs(endMs, leftMs(nowMs, order.cueMs, PRESS_TEST_CUE_MS));
}

export function advanceOrder(moment: Moment): void {
  const state = moment.pager;
  const order = state.order;
  if (order.what === WORD_SELF_TEST && !isOpen(state)) watchParts(moment);
  if (orderDueInMs(state, moment.nowMs) !== 0) return;
  if (isOpen(state)) {
    endOrder(moment, BUSY, 0);
  } else if (order.what === WORD_SELF_TEST && state.selfTest.parts > 0) {
    endSelfTest(moment);
  } else if (order.what === WORD_PRESS_TEST && order.held) {
    if (!state.key.down) endOrder(moment, DONE, testMs(moment));
  } else if (leftMs(moment.nowMs, order.sinceMs, order.forMs) === 0) {
    const told = order.what === WORD_RING || findItem(state, "k", order.id) !== undefined;
    endOrder(moment, told ? DONE : FAILED, 0);
  } else {
    giveOrderCue(moment);
  }
}
