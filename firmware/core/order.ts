// What the desk has asked of the pager and still goes on: a ring, a press test, a self-test. One at a time.
// Never beside an open alarm: an alarm ends it at once.

import { LOG_ORDER } from "../../protocol/log-events.ts";
import { WORD_PRESS_TEST, WORD_RING } from "../../protocol/messages.ts";
import { isOpen } from "./alarm.ts";
import { noteHand } from "./journal.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { BUSY, FAILED } from "./outcomes.ts";
import { putOutcome } from "./result.ts";

const OUTCOMES_MAX = 8;

/** The result first: a cut behind it finds it and says nothing twice. */
export function endOrder(moment: Moment, outcome: number, detail: number): void {
  const order = moment.pager.order;
  const what = order.what;
  if (what === 0) return;
  order.what = 0;
  log(moment, LOG_ORDER, 0, what * OUTCOMES_MAX + outcome);
  if (order.id > 0) putOutcome(moment, what, order.id, outcome, detail);
  order.id = 0;
  noteHand(moment);
}

export function giveOrderCue(moment: Moment): void {
  const order = moment.pager.order;
  order.cueMs = moment.nowMs;
  giveCue(
    moment,
    order.what === WORD_RING ? "ring" : order.what === WORD_PRESS_TEST ? "pressTest" : "selfTest",
  );
}

/** A further one takes the place of one that still runs. `id` 0: nobody waits for a result. */
export function startOrder(moment: Moment, what: number, id: number, forS: number): boolean {
  const state = moment.pager;
  const order = state.order;
  const open = isOpen(state);
  endOrder(moment, open ? BUSY : FAILED, 0);
  order.what = what;
  order.id = id;
  if (open) {
    endOrder(moment, BUSY, 0);
    return false;
  }
  order.forMs = forS * 1000;
  order.sinceMs = moment.nowMs;
  order.held = false;
  noteHand(moment);
  giveOrderCue(moment);
  return true;
}
