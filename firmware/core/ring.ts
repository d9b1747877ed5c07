// A pager that makes itself heard so that it is found, and the cue of a notice to its wearer.
// Never while an alarm is open: its cues are the only ones then.

import { WORD_RING } from "../../protocol/messages.ts";
import { RING_S_KEY } from "../../protocol/settings.ts";
import { isOpen } from "./alarm.ts";
import { giveCue, type Moment } from "./moment.ts";
import { endOrder, startOrder } from "./order.ts";
import { DONE } from "./outcomes.ts";
import { numberOf } from "./settings.ts";

const NOTICE_CHARGE = 1;

/** False where an alarm is open: the command ends as "busy". `forS` 0: as the settings say. */
export function startRing(moment: Moment, forS: number): boolean {
  return startOrder(moment, WORD_RING, 0, forS > 0 ? forS : numberOf(moment.pager, RING_S_KEY));
}

/**
 * False where an alarm is open. Nobody tells four patterns of notices apart at eighty: "charge" has
 * the cue that means it, all others say that there is one, and a speaker says which.
 */
export function giveNotice(moment: Moment, code: number): boolean {
  if (isOpen(moment.pager)) return false;
  moment.pager.notice = code;
  giveCue(moment, code === NOTICE_CHARGE ? "batteryLow" : "notice");
  return true;
}

/** Whoever presses has found it: this press is no check-in, but a hold of it is an alarm. */
export function hushRing(moment: Moment): void {
  const key = moment.pager.key;
  if (moment.pager.order.what !== WORD_RING || !key.down || key.stuck) return;
  endOrder(moment, DONE, 0);
  key.hushed = true;
}
