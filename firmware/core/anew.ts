// Keys that the platform has lost: it is asked under the other context, and all that waits goes on there.
// Never by guess: only the platform, in a fresh answer, says that it can't open what goes under the first.

import { LOG_ANEW, LOG_BESIDE_ANEW, LOG_CHECK_IN_ANEW } from "../../protocol/log-events.ts";
import { isOpen } from "./alarm.ts";
import { floorOf, takeNumber } from "./counter.ts";
import { noteUsed } from "./identity.ts";
import { isCall, noteAlarm, noteItem } from "./journal.ts";
import { ASK_OTHER_MISSES, RESERVE_COUNT } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, putItem } from "./outbox.ts";
import { otherSlot, use } from "./renewal.ts";
import type { State } from "./state.ts";

/** What is said about the alarm in hand. */
const OF_ALARM = "smxrwFZN";

/** Numbers of the other context that may be used without a word to the page of its keys. */
function numbersLeft(state: State, other: number): number {
  return state.identity.floor - state.counters[other].next;
}

/**
 * In calm, so that no question writes to the page of the keys: a cut there may cost the context in use
 * [wire §1.5], and an alarm with it.
 */
export function readyOther(moment: Moment): void {
  const state = moment.pager;
  const other = otherSlot(state);
  if (other < 0 || isOpen(state) || numbersLeft(state, other) >= 4 * RESERVE_COUNT) return;
  state.identity.floor = floorOf(state.counters[other].reservedTo);
  noteUsed(moment);
}

/**
 * True at every second exchange while nobody answers: the platform may have been put back from a copy
 * that is older than the keys in use [wire §1.2].
 */
export function mayAskOther(state: State): boolean {
  const misses = state.renewal.misses;
  if (misses < ASK_OTHER_MISSES || misses % 2 > 0) return false;
  const other = otherSlot(state);
  return other >= 0 && numbersLeft(state, other) >= 2 * RESERVE_COUNT;
}

/** What the platform is asked about: the alarm that is open, or whatever waits. */
export function askedNumber(state: State): number {
  return isOpen(state) ? state.alarm.number : 0;
}

/** An alarm's number, and a check-in's, counts under its own keys: it goes on under one of this slot. */
function renumber(moment: Moment, slot: number, before: number, row: number): number {
  const number = takeNumber(moment, slot);
  log(moment, row, number, before);
  return number;
}

/** A stage that the platform has lost is lost: the wearer is told that help is called once more. */
function callAgain(moment: Moment): void {
  const alarm = moment.pager.alarm;
  if (alarm.stage === "sending") return;
  alarm.stage = "sending";
  alarm.sinceMs = moment.nowMs;
  alarm.beforeMs = 0;
  alarm.urgent = false;
  giveCue(moment, "sending");
}

/**
 * The platform can't open what is sealed with the keys in use: all that waits goes on under the other
 * ones. The record of the alarm comes first: a cut behind it finds a number that the keys in use have
 * never had, and the platform is asked again.
 */
export function goOnAnew(moment: Moment, slot: number, number: number): void {
  const state = moment.pager;
  const alarm = state.alarm;
  if (slot !== otherSlot(state) || number !== askedNumber(state)) return;
  if (number > 0) {
    alarm.number = renumber(moment, slot, number, LOG_ANEW);
    alarm.wordPiv = -1;
    callAgain(moment);
    noteAlarm(moment);
  }
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    const own = number > 0 && item.number === number && OF_ALARM.indexOf(item.letter) >= 0;
    if (own) item.number = alarm.number;
    else if (isCall(item.letter)) {
      item.number = renumber(moment, slot, item.number, LOG_BESIDE_ANEW);
    } else if (item.letter === "c") {
      item.number = renumber(moment, slot, item.number, LOG_CHECK_IN_ANEW);
    } else continue;
    noteItem(moment, item);
  }
  if (number > 0 && findItem(state, alarm.letter, alarm.number) === undefined) {
    putItem(moment, alarm.letter, alarm.number, 0);
  }
  use(moment, slot);
  state.link.flight = undefined;
}
