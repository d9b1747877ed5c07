// New keys in the field: stored beside what there is, tried, and in use once an answer has opened.
// At no moment without a context that works, and never one number for two plaintexts [wire §1.5].

import { equalBytes } from "../../protocol/bytes.ts";
import { type Reader, readInt } from "../../protocol/cbor.ts";
import { KEY_OCTETS, KID_OCTETS_MAX, NONCE_OCTETS } from "../../protocol/limits.ts";
import { LOG_RENEWED } from "../../protocol/log-events.ts";
import { WORD_RENEW } from "../../protocol/messages.ts";
import type { Context } from "../../protocol/oscore.ts";
import { newWindow } from "../../protocol/replay.ts";
import { isOpen } from "./alarm.ts";
import { floorOf, newCounter, slotInUse } from "./counter.ts";
import { leftMs } from "./due.ts";
import { FRESH_SLOT, noteFresh, noteUsed, readContext } from "./identity.ts";
import { isKept, noteCommand, noteCounter } from "./journal.ts";
import { PROBE_MS, PROBE_MS_LATER, PROBES_MAX, PROBES_SOON } from "./limits.ts";
import { ASKED_ID, type Item } from "./link-state.ts";
import { log, type Moment } from "./moment.ts";
import { putItem } from "./outbox.ts";
import { DONE, FAILED, findCommand, PENDING, putCommand, REFUSED } from "./outcomes.ts";
import { putOutcome } from "./result.ts";
import type { State } from "./state.ts";

/** Of a renewal that is still pending: its result is due once the other page says so. */
const ADOPTING = 1;

/** A context lies beside the two, its numbers are known, and nobody has given it up. */
function isRenewing(state: State): boolean {
  if (state.identity.contexts.length <= FRESH_SLOT || !state.counters[FRESH_SLOT].known)
    return false;
  const command = findCommand(state, state.identity.freshId);
  return command === undefined || command.outcome === PENDING;
}

function isWhole(context: Context): boolean {
  const kid = context.senderId.length;
  const platformId = context.recipientId.length;
  return (
    kid >= 3 &&
    kid <= KID_OCTETS_MAX &&
    platformId >= 1 &&
    platformId <= KID_OCTETS_MAX &&
    context.senderKey.length === KEY_OCTETS &&
    context.recipientKey.length === KEY_OCTETS &&
    context.commonIv.length === NONCE_OCTETS
  );
}

/**
 * Stores the new context. Its counter is in the journal first: one that is missing later means that
 * the journal was lost, and then nothing is ever sealed with these keys again. The same keys never
 * begin anew, whatever command brings them.
 */
export function startRenewal(moment: Moment, id: number, reader: Reader): number {
  const state = moment.pager;
  const machine = moment.machine;
  const identity = state.identity;
  const slot = readInt(reader);
  const context = readContext(machine, reader);
  if (reader.fault !== "" || slot < 0 || slot >= FRESH_SLOT || !isWhole(context)) return REFUSED;
  const used = slotInUse(state);
  for (let i = 0; i < identity.contexts.length; i++) {
    if (equalBytes(identity.contexts[i].senderId, context.senderId)) {
      if (i === used) return DONE;
      return i === FRESH_SLOT && identity.freshId === id && isRenewing(state) ? PENDING : FAILED;
    }
  }
  if (slot === used) return REFUSED;
  const old = findCommand(state, identity.freshId);
  if (isRenewing(state) && old !== undefined) putOutcome(moment, WORD_RENEW, old.id, FAILED, 0);
  identity.contexts[FRESH_SLOT] = context;
  identity.dropped[FRESH_SLOT] = false;
  identity.freshSlot = slot;
  identity.freshId = id;
  state.counters[FRESH_SLOT] = newCounter(true, 0);
  state.link.windows[FRESH_SLOT] = newWindow(machine);
  state.link.freshPiv[FRESH_SLOT] = -1;
  noteCounter(moment, FRESH_SLOT);
  noteFresh(moment);
  state.renewal = { probes: 0, probeMs: moment.nowMs, misses: 0 };
  return PENDING;
}

/** An alarm keeps its kid, and so does everything that has a number of its own. */
function isCalm(state: State): boolean {
  for (let i = 0; i < state.outbox.length; i++) if (isKept(state.outbox[i])) return false;
  return !isOpen(state);
}

export function renewalDueInMs(state: State, nowMs: number): number {
  const renewal = state.renewal;
  const link = state.link;
  if (state.outbox.length > 0 || link.flight !== undefined || link.radio !== "ready") return -1;
  if (isOpen(state) || !isRenewing(state)) return -1;
  if (renewal.probes === 0) return 0;
  const soon = renewal.probes < PROBES_SOON;
  return leftMs(nowMs, renewal.probeMs, soon ? PROBE_MS : PROBE_MS_LATER);
}

/** Asks under the new context, a few times soon, then seldom; not answered for a day it has failed. */
export function advanceRenewal(moment: Moment): void {
  const state = moment.pager;
  const renewal = state.renewal;
  if (renewalDueInMs(state, moment.nowMs) !== 0) return;
  if (renewal.probes >= PROBES_MAX) {
    putOutcome(moment, WORD_RENEW, state.identity.freshId, FAILED, 0);
    return;
  }
  renewal.probes += 1;
  renewal.probeMs = moment.nowMs;
  putItem(moment, "w", 0, FRESH_SLOT);
}

/** The slot that is not in use, where its context could be used; else -1. */
export function otherSlot(state: State): number {
  const used = slotInUse(state);
  const other = 1 - used;
  if (used < 0 || other >= state.identity.contexts.length || state.identity.dropped[other])
    return -1;
  return state.counters[other].known ? other : -1;
}

/** The slot that an item tries out; -1 where it goes under the one in use. */
export function probeSlot(state: State, item: Item): number {
  if (item.letter === "w" && item.what === FRESH_SLOT) {
    // What was asked for is in use meanwhile, where the platform wanted a proof first [wire §1.3].
    return state.identity.contexts.length > FRESH_SLOT ? FRESH_SLOT : -1;
  }
  return item.id === ASKED_ID ? otherSlot(state) : -1;
}

/** This slot is in use from here on. */
export function use(moment: Moment, slot: number): void {
  const state = moment.pager;
  state.identity.first = slot;
  state.identity.floor = floorOf(state.counters[1 - slot].reservedTo);
  noteUsed(moment);
  log(moment, LOG_RENEWED, 0, slot);
}

/** The slot of this number, whatever it was, holds the new context, and that is in use. */
function adopt(moment: Moment): void {
  const state = moment.pager;
  const identity = state.identity;
  const link = state.link;
  const slot = identity.freshSlot;
  const counter = state.counters[FRESH_SLOT];
  const before = state.counters[slot].reservedTo;
  // Good for what the slot held and for what it will hold: a cut may come between the two writes.
  if (before > counter.reservedTo) counter.reservedTo = before;
  state.counters[slot] = counter;
  noteCounter(moment, slot);
  // Before anything has moved: a cut behind the other page's record finds that its result is due.
  const id = identity.freshId;
  putCommand(state, WORD_RENEW, id, PENDING, ADOPTING);
  noteCommand(moment, id);
  identity.contexts[slot] = identity.contexts[FRESH_SLOT];
  identity.dropped[slot] = false;
  link.windows[slot] = link.windows[FRESH_SLOT];
  link.freshPiv[slot] = link.freshPiv[FRESH_SLOT];
  identity.contexts.splice(FRESH_SLOT, 1);
  identity.dropped.splice(FRESH_SLOT, 1);
  state.counters.splice(FRESH_SLOT, 1);
  link.windows.splice(FRESH_SLOT, 1);
  link.freshPiv.splice(FRESH_SLOT, 1);
  link.sent = [];
  identity.freshId = 0;
  use(moment, slot);
  putOutcome(moment, WORD_RENEW, id, DONE, 0);
}

/** The new context is in use, and a cut has kept the result from being written. */
export function resumeRenewal(moment: Moment): void {
  const commands = moment.pager.commands;
  for (let i = 0; i < commands.length; i++) {
    const command = commands[i];
    if (command.what !== WORD_RENEW || command.outcome !== PENDING) continue;
    if (command.id !== moment.pager.identity.freshId) {
      putOutcome(moment, WORD_RENEW, command.id, DONE, 0);
    }
  }
}

/** An answer has opened under this slot: it works. */
export function proveSlot(moment: Moment, slot: number): void {
  const state = moment.pager;
  if (slot === slotInUse(state)) state.renewal.misses = 0;
  if (slot === FRESH_SLOT && isCalm(state)) adopt(moment);
}
