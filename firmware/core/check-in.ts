// The wearer's click: "I am well". Its cue comes when the platform has stored it, not before.
// Never goes before an alarm.

import { LOG_CHECK_IN, LOG_CHECK_IN_JOINS } from "../../protocol/log-events.ts";
import { takeNumber, usableSlot } from "./counter.ts";
import { CHECKINS_MAX } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { countOf, isFull, putItem } from "./outbox.ts";

/** Each has its own number. While too many wait, a further one adds nothing. */
export function putCheckIn(moment: Moment): void {
  const state = moment.pager;
  const waiting = countOf(state, "c");
  if (waiting >= CHECKINS_MAX || (waiting > 0 && isFull(state))) {
    log(moment, LOG_CHECK_IN_JOINS, 0, 0);
    return;
  }
  const slot = usableSlot(moment, true);
  if (slot < 0) {
    giveCue(moment, "notActivated");
    return;
  }
  const number = takeNumber(moment, slot);
  putItem(moment, "c", number, 0);
  log(moment, LOG_CHECK_IN, 0, number);
}
