// The wearer tries the key because the desk has asked for it: recorded, and no alarm.
// Never stands before help: who goes on holding, holds again or was never asked raises an alarm.

import { WORD_PRESS_TEST } from "../../protocol/messages.ts";
import { PRESS_TEST_S_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { isOpen } from "./alarm.ts";
import { downMs } from "./key.ts";
import { PRESS_TEST_HELP_MS } from "./limits.ts";
import { giveCue, type Moment } from "./moment.ts";
import { startOrder } from "./order.ts";
import { numberOf } from "./settings.ts";

/** `forS` 0: as the settings say. */
export function startPressTest(moment: Moment, id: number, forS: number): void {
  startOrder(
    moment,
    WORD_PRESS_TEST,
    id,
    forS > 0 ? forS : numberOf(moment.pager, PRESS_TEST_S_KEY),
  );
}

/** True where this hold is the test: pressed since it began, and the first one. */
export function takeTestHold(moment: Moment): boolean {
  const state = moment.pager;
  const order = state.order;
  if (order.what !== WORD_PRESS_TEST || isOpen(state)) return false;
  if (spanMs(state.key.pressMs, order.sinceMs) < 0) return false;
  order.held = true;
  giveCue(moment, "pressTestGood");
  return true;
}

/** How long the key was down, or is. */
export function testMs(moment: Moment): number {
  const key = moment.pager.key;
  return key.down ? downMs(key, moment.nowMs) : spanMs(key.releaseMs, key.pressMs);
}

/**
 * The test's own press goes on long behind its cue: nobody holds so long for a test. A wearer in
 * need may have forgotten the test, or never known of it, so this is an alarm.
 */
export function takeHelp(moment: Moment): boolean {
  const order = moment.pager.order;
  if (order.what !== WORD_PRESS_TEST || !order.held || testMs(moment) < PRESS_TEST_HELP_MS)
    return false;
  // Once: the alarm that is open then ends the test.
  order.held = false;
  return true;
}
