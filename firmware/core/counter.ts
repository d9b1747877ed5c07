// Numbers that never serve twice: PIVs, alarm numbers, check-in numbers, one counter for each slot.
// Never hands out a number that storage was not told of first [wire §1.4].

import { NUMBER_MAX } from "../../protocol/limits.ts";
import { LOG_SLOT_DROPPED } from "../../protocol/log-events.ts";
import { FRESH_SLOT, noteDropped, noteUsed } from "./identity.ts";
import { noteCounter, renewJournal } from "./journal.ts";
import { NUMBERS_LEFT_MIN, RESERVE_COUNT, RESERVE_COUNT_MIN } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import type { Counter, State } from "./state.ts";

/** The first number is 1: 0 stands for "no alarm" in logs. */
export function newCounter(known: boolean, reservedTo: number): Counter {
  return { known: known, next: reservedTo === 0 ? 1 : reservedTo, reservedTo: reservedTo };
}

/** How far the other context may go before the page of its keys is told again. */
export function floorOf(reservedTo: number): number {
  const floor = reservedTo + 32 * RESERVE_COUNT;
  return floor < NUMBER_MAX ? floor : NUMBER_MAX;
}

/** The slot in use: the one that goes first, or the other where that is dropped; -1 for none. */
export function slotInUse(state: State): number {
  const identity = state.identity;
  const first = identity.first;
  const other = 1 - first;
  if (identity.contexts.length > first && !identity.dropped[first]) return first;
  return identity.contexts.length > other && !identity.dropped[other] ? other : -1;
}

/**
 * Reserves ahead where few numbers are left in hand. On first need, not at boot, because a weak
 * battery boots again and again [pager §2.3]; a key that is down is need enough.
 */
export function reserveAhead(moment: Moment, slot: number): void {
  const counter = moment.pager.counters[slot];
  const all = NUMBER_MAX + 1;
  if (counter.reservedTo - counter.next >= RESERVE_COUNT_MIN || counter.reservedTo >= all) return;
  const wanted = counter.next + RESERVE_COUNT;
  counter.reservedTo = wanted < all ? wanted : all;
  noteCounter(moment, slot);
  // The journal may be lost while the other slot is in use: then this alone keeps it from beginning anew.
  const identity = moment.pager.identity;
  if (slot === slotInUse(moment.pager) || slot === FRESH_SLOT) return;
  if (counter.reservedTo <= identity.floor) return;
  identity.floor = counter.reservedTo;
  noteUsed(moment);
}

/** Takes the next number of a slot. The caller has seen that numbers are left. */
export function takeNumber(moment: Moment, slot: number): number {
  reserveAhead(moment, slot);
  const counter = moment.pager.counters[slot];
  const number = counter.next;
  counter.next += 1;
  return number;
}

/**
 * Gives up a slot for good. The journal, which then knows no counter for it, goes first: a cut
 * between the two finds the slot without its counter and gives it up again [wire §1.5].
 */
export function dropSlot(moment: Moment, slot: number): void {
  const state = moment.pager;
  state.counters[slot].known = false;
  state.identity.dropped[slot] = true;
  renewJournal(moment);
  noteDropped(moment, slot);
  log(moment, LOG_SLOT_DROPPED, 0, slot);
}

/**
 * The slot to seal with, or -1. One with few numbers left gives way to the spare while `free`: no
 * alarm is open whose identity would change; one without any number gives way always.
 */
export function usableSlot(moment: Moment, free: boolean): number {
  const state = moment.pager;
  let slot = slotInUse(state);
  while (slot >= 0) {
    const left = NUMBER_MAX + 1 - state.counters[slot].next;
    const other = 1 - slot;
    const spare = other < state.identity.contexts.length && !state.identity.dropped[other];
    if (state.counters[slot].known && left >= NUMBERS_LEFT_MIN) return slot;
    if (state.counters[slot].known && left > 1 && !(free && spare)) return slot;
    dropSlot(moment, slot);
    slot = slotInUse(state);
  }
  return -1;
}
