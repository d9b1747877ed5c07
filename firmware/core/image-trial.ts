// An image on trial: what it must have done before it is kept, and when the one before it comes back.
// Never ends a run with the key down, nor one whose alarm is stored and not closed [design §4].

import { LOG_UPDATE } from "../../protocol/log-events.ts";
import { WORD_UPDATE } from "../../protocol/messages.ts";
import { STORAGE_FAULTS } from "./counts.ts";
import { leftMs, soonerMs } from "./due.ts";
import { GOOD_AT, HEAD_AT, headPage, MARK_OCTETS } from "./image-slots.ts";
import { TRIAL_MS, TRIAL_MS_ALARM, UPDATE_PROVE_MS } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import { newUpdate } from "./orders.ts";
import { putItem } from "./outbox.ts";
import { DONE } from "./outcomes.ts";
import { putOutcome } from "./result.ts";
import type { State } from "./state.ts";

/** The image that runs has proved itself, and its mark is written. */
const KEEPING = 5;

/** The slot that does not run. */
export function spareSlot(state: State): number {
  return state.image.slot === 1 ? 2 : 1;
}

export function goTo(moment: Moment, stage: number): void {
  moment.pager.update.stage = stage;
  log(moment, LOG_UPDATE, 0, stage);
}

/** A mark in a slot's head: zeros, which nothing but an erase takes back. */
export function markHead(moment: Moment, slot: number, at: number): void {
  moment.effects.push({
    kind: "write",
    page: headPage(slot),
    offset: HEAD_AT + at,
    bytes: moment.machine.bytes(MARK_OCTETS),
  });
}

/** A sealed round trip in this run, storage that works, a card, a key: long enough to see it stay up. */
function isProved(state: State, nowMs: number): boolean {
  return (
    leftMs(nowMs, state.update.sinceMs, UPDATE_PROVE_MS) === 0 &&
    state.link.answeredId > 0 &&
    state.counts[STORAGE_FAULTS] === state.update.faults &&
    !state.journal.owed &&
    state.card.fault === 0 &&
    !state.key.stuck
  );
}

/**
 * Until the image that runs gives way to the one before it. With an alarm that nobody has, sooner;
 * with one that is stored, not at all.
 */
function trialInMs(state: State, nowMs: number): number {
  const key = state.key;
  const alarm = state.alarm;
  if (!key.stuck && (key.rawDown || key.down)) return -1;
  if (alarm.stage === "sending") return leftMs(nowMs, alarm.sinceMs, TRIAL_MS_ALARM);
  if (alarm.stage === "delivered" || alarm.stage === "taken") return -1;
  return leftMs(nowMs, state.update.sinceMs, TRIAL_MS);
}

export function proveImage(moment: Moment): void {
  const state = moment.pager;
  const update = state.update;
  const image = state.image;
  if (update.stage === KEEPING) {
    image.trial = false;
    state.update = newUpdate();
    putOutcome(moment, WORD_UPDATE, image.id, DONE, 0);
    // Says which version this is.
    if (state.card.chip.length > 0) putItem(moment, "a", 0, 0);
    return;
  }
  if (isProved(state, moment.nowMs)) {
    markHead(moment, image.slot, GOOD_AT);
    goTo(moment, KEEPING);
    return;
  }
  const radio = state.link.radio;
  if (radio === "ready" && state.link.answeredId === 0 && state.outbox.length === 0) {
    putItem(moment, "w", 0, 0);
  }
  if (trialInMs(state, moment.nowMs) !== 0) return;
  update.sinceMs = moment.nowMs;
  moment.effects.push({ kind: "restart" });
}

/** Milliseconds until something of it is due; -1 for never. */
export function trialDueInMs(state: State, nowMs: number): number {
  const update = state.update;
  if (update.stage === KEEPING || isProved(state, nowMs)) return 0;
  const proveMs = leftMs(nowMs, update.sinceMs, UPDATE_PROVE_MS);
  return soonerMs(proveMs > 0 ? proveMs : -1, trialInMs(state, nowMs));
}
