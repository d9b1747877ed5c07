// An alarm that the platform has no keys for any more: asked about under the other context, raised anew there.
// Never by guess: only the platform, in a fresh answer, says that it can't open what goes under the first.

import { LOG_ANEW } from "../../protocol/log-events.ts";
import { isOpen } from "./alarm.ts";
import { takeNumber } from "./counter.ts";
import { isCall, noteAlarm, noteItem } from "./journal.ts";
import { ASK_OTHER_MISSES } from "./limits.ts";
import type { Item } from "./link-state.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, putItem } from "./outbox.ts";
import { otherSlot, use } from "./renewal.ts";
import type { State } from "./state.ts";

/**
 * True where nobody has answered an open alarm for minutes, at every second exchange: the platform may
 * have been put back from a copy that is older than the keys in use [wire §1.2].
 */
export function mayAskOther(state: State): boolean {
  const misses = state.renewal.misses;
  return isOpen(state) && misses >= ASK_OTHER_MISSES && misses % 2 === 0 && otherSlot(state) >= 0;
}

/** What belongs to an alarm or a check-in counts under its own keys: each takes a number of theirs. */
function renumber(moment: Moment, item: Item, slot: number, before: number): void {
  if (item.number === before && item.letter !== "c") item.number = moment.pager.alarm.number;
  else if (isCall(item.letter) || item.letter === "c") item.number = takeNumber(moment, slot);
  else return;
  noteItem(moment, item);
}

/**
 * The platform can't open what goes under the number before. The record of the alarm comes first: a
 * cut behind it finds a number that the keys in use have never had, and the platform is asked again.
 * A stage that the platform has lost is lost: the wearer is told that help is called once more.
 */
export function raiseAnew(moment: Moment, slot: number, number: number): void {
  const state = moment.pager;
  const alarm = state.alarm;
  if (!isOpen(state) || number !== alarm.number || slot !== otherSlot(state)) return;
  alarm.number = takeNumber(moment, slot);
  alarm.wordPiv = -1;
  log(moment, LOG_ANEW, alarm.number, number);
  if (alarm.stage !== "sending") {
    alarm.stage = "sending";
    alarm.sinceMs = moment.nowMs;
    alarm.beforeMs = 0;
    alarm.urgent = false;
    giveCue(moment, "sending");
  }
  noteAlarm(moment);
  for (let i = 0; i < state.outbox.length; i++) renumber(moment, state.outbox[i], slot, number);
  if (findItem(state, alarm.letter, alarm.number) === undefined) {
    putItem(moment, alarm.letter, alarm.number, 0);
  }
  use(moment, slot);
  state.link.flight = undefined;
  state.link.echo = undefined;
}
