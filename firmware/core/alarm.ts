// One alarm from the hold to its close: stages, cues, positions, what keeps the way open.
// Nothing the wearer does ends it; only the platform's word does.

import {
  LOG_BESIDE,
  LOG_HELD_AGAIN,
  LOG_HELD_BLANK,
  LOG_MISTAKE,
  LOG_RAISED,
  LOG_RESUMED,
  LOG_STAGE,
} from "../../protocol/log-events.ts";
import { WORD_CLOSED, WORD_REOPENED, WORD_TAKEN } from "../../protocol/messages.ts";
import { REPORT_LATER_S_KEY, REPORT_OFTEN_S_KEY, REPORT_S_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { takeNumber, usableSlot } from "./counter.ts";
import type { CueName } from "./cues.ts";
import { leftMs, soonerMs } from "./due.ts";
import { LETTERS, noteAlarm, STAGES } from "./journal.ts";
import { HOLDS_MAX, POLL_MS, PULSE_MS, URGENT_AFTER_MS, URGENT_PULSE_MS } from "./limits.ts";
import type { CallLetter } from "./link-state.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { countOf, findItem, putItem, rankOf, takeItem } from "./outbox.ts";
import { findResult } from "./outcomes.ts";
import { keepPosition } from "./position.ts";
import { numberOf } from "./settings.ts";
import { newAlarm, type Stage, type State } from "./state.ts";

export function isOpen(state: State): boolean {
  return state.alarm.stage !== "none" && state.alarm.stage !== "closed";
}

/** Since the hold, also where a reset came between and both times are known. */
export function heldMs(state: State, nowMs: number): number {
  const alarm = state.alarm;
  const sinceMs = spanMs(nowMs, alarm.sinceMs);
  return alarm.beforeMs > 0 ? sinceMs + alarm.beforeMs : sinceMs;
}

/** Milliseconds until a step whose span behind the hold is this setting. */
export function stepDueInMs(state: State, nowMs: number, key: number): number {
  const restMs = numberOf(state, key) * 1000 - heldMs(state, nowMs);
  return restMs > 0 ? restMs : 0;
}

/** What the wearer was told last and is told again on asking. */
function presentCue(state: State): CueName {
  const stage = state.alarm.stage;
  if (stage === "delivered" || stage === "taken") return stage;
  if (!state.alarm.urgent) return "sending";
  return state.link.radio === "ready" ? "stillTrying" : "noNetwork";
}

export function repeatCue(moment: Moment): void {
  giveCue(moment, presentCue(moment.pager));
  moment.pager.alarm.pulseMs = moment.nowMs;
}

/**
 * A new call for help, which is the alarm in hand from now on. On flash first, then told; sending
 * follows in the same step. What was in hand and isn't delivered waits on in the outbox.
 */
export function raiseAlarm(moment: Moment, letter: CallLetter, detail: number): void {
  const state = moment.pager;
  const slot = usableSlot(moment, !isOpen(state));
  if (slot < 0) {
    giveCue(moment, "notActivated");
    log(moment, LOG_HELD_BLANK, 0, 0);
    return;
  }
  const alarm = newAlarm();
  alarm.letter = letter;
  alarm.stage = "sending";
  alarm.number = takeNumber(moment, slot);
  alarm.sinceMs = moment.nowMs;
  alarm.pulseMs = moment.nowMs;
  alarm.sentSerial = state.position.serial;
  state.alarm = alarm;
  // Clicks before it must not use up the word that it is a mistake.
  state.key.trains = 0;
  putItem(moment, letter, alarm.number, detail);
  noteAlarm(moment);
  // Honest, and it goes out all the same.
  giveCue(moment, state.activated ? "raised" : "notActivated");
  log(moment, LOG_RAISED, alarm.number, LETTERS.indexOf(letter));
}

/**
 * What the pager itself has noticed. In hand where nothing as grave is; else it goes beside that and
 * changes no cue, and while one of its kind waits a further one adds nothing.
 */
export function raiseConcern(moment: Moment, letter: CallLetter | "L", detail: number): void {
  const state = moment.pager;
  if (findItem(state, letter, 0) !== undefined) return;
  const graver = rankOf(state, letter, 0) < rankOf(state, state.alarm.letter, -1);
  if (letter !== "L" && (graver || !isOpen(state))) {
    raiseAlarm(moment, letter, detail);
    return;
  }
  const slot = usableSlot(moment, !isOpen(state));
  if (slot < 0) return;
  const number = takeNumber(moment, slot);
  putItem(moment, letter, number, detail);
  log(moment, LOG_BESIDE, number, LETTERS.indexOf(letter));
}

/** A hold while an alarm is open: a further report of it, and the wearer feels where it stands. */
export function repeatAlarm(moment: Moment): void {
  const state = moment.pager;
  const waiting = findItem(state, "m", state.alarm.number);
  const flight = state.link.flight;
  const unsent =
    waiting !== undefined &&
    waiting.tries === 0 &&
    (flight === undefined || flight.itemId !== waiting.id);
  if (!unsent && countOf(state, "m") < HOLDS_MAX) putItem(moment, "m", state.alarm.number, 0);
  repeatCue(moment);
  log(moment, LOG_HELD_AGAIN, state.alarm.number, 0);
}

/** Three clicks while an alarm is open: said and shown at the desk, closes nothing. */
export function reportMistake(moment: Moment): void {
  const state = moment.pager;
  if (findItem(state, "x", state.alarm.number) === undefined)
    putItem(moment, "x", state.alarm.number, 0);
  repeatCue(moment);
  log(moment, LOG_MISTAKE, state.alarm.number, 0);
}

/** What waits and has lost its meaning with a later stage. */
function dropItem(moment: Moment, letter: CallLetter | "r" | "w"): void {
  const item = findItem(moment.pager, letter, moment.pager.alarm.number);
  if (item !== undefined) takeItem(moment, item.id);
}

/** Once in this run: a cut may have come between the word and its cue. */
export function tellClose(moment: Moment): void {
  const alarm = moment.pager.alarm;
  if (alarm.closeTold || alarm.stage !== "closed") return;
  alarm.closeTold = true;
  giveCue(moment, "closed");
}

/** The stage that a word leads to. Of 0, which stands for the answer to the alarm itself: delivered. */
function stageOf(what: number): Stage {
  if (what === WORD_TAKEN) return "taken";
  return what === WORD_CLOSED ? "closed" : "delivered";
}

/**
 * Steps forward; taken and closed prove delivered, and back go only released and reopened
 * [wire §2.5]. Changes memory alone, so that the result of the word is written with what it did or
 * before it; `tellStage` follows. False where nothing changed.
 */
export function changeStage(moment: Moment, number: number, what: number): boolean {
  const alarm = moment.pager.alarm;
  const stage = stageOf(what);
  // A word for another number changes nothing [wire §2.2].
  if (number !== alarm.number || alarm.stage === stage || alarm.stage === "none") return false;
  if (alarm.stage === "closed" && what !== WORD_REOPENED) return false;
  if (alarm.stage !== "sending" && what === 0) return false;
  alarm.again = alarm.stage !== "sending" && stage === "delivered";
  alarm.stage = stage;
  if (!alarm.again) return true;
  // Reports begin anew.
  alarm.sinceMs = moment.nowMs;
  alarm.seldom = false;
  alarm.closeTold = false;
  return true;
}

/** On flash before it is told or answered. */
export function tellStage(moment: Moment): void {
  const alarm = moment.pager.alarm;
  const stage = alarm.stage;
  noteAlarm(moment);
  dropItem(moment, alarm.letter);
  if (stage === "closed") {
    dropItem(moment, "r");
    dropItem(moment, "w");
    tellClose(moment);
  } else if (alarm.again) giveCue(moment, "waitingAgain");
  else if (stage === "delivered" || stage === "taken") giveCue(moment, stage);
  log(moment, LOG_STAGE, alarm.number, STAGES.indexOf(stage));
}

/** A message with the present position leaves. */
export function markPositionSent(moment: Moment, number: number): void {
  const alarm = moment.pager.alarm;
  const position = moment.pager.position;
  if (number !== alarm.number || position.serial === alarm.sentSerial) return;
  alarm.sentSerial = position.serial;
  alarm.sentMs = moment.nowMs;
  alarm.sentUncertaintyM = position.uncertaintyM;
}

function pulseDueInMs(state: State, nowMs: number): number {
  const alarm = state.alarm;
  if (alarm.stage !== "sending" || (state.key.down && !state.key.held)) return -1;
  if (alarm.urgent) return leftMs(nowMs, alarm.pulseMs, URGENT_PULSE_MS);
  const minuteMs = leftMs(nowMs, alarm.sinceMs, URGENT_AFTER_MS);
  return soonerMs(minuteMs, leftMs(nowMs, alarm.pulseMs, PULSE_MS));
}

/** A new position: at once the first of this alarm and a clearly better one, else by schedule. */
function reportDueInMs(state: State, nowMs: number): number {
  const alarm = state.alarm;
  const position = state.position;
  if (alarm.stage === "sending" || position.serial === alarm.sentSerial) return -1;
  if (findItem(state, "r", alarm.number) !== undefined) return -1;
  const before = alarm.sentUncertaintyM;
  if (before === 0 || position.uncertaintyM * 2 <= before) return 0;
  const everyS = numberOf(state, alarm.seldom ? REPORT_LATER_S_KEY : REPORT_S_KEY);
  return leftMs(nowMs, alarm.sentMs, everyS * 1000);
}

/** NAT forgets a way that nothing uses: the desk's word must find back [wire §4.1]. */
function pollDueInMs(state: State, nowMs: number): number {
  const link = state.link;
  if (link.radio !== "ready" || link.flight !== undefined || state.outbox.length > 0) return -1;
  return link.nudged ? 0 : leftMs(nowMs, link.sentMs, POLL_MS);
}

/** Milliseconds until an open alarm wants something done; -1 for never. */
export function alarmDueInMs(state: State, nowMs: number): number {
  if (!isOpen(state)) return -1;
  const talkMs = soonerMs(reportDueInMs(state, nowMs), pollDueInMs(state, nowMs));
  return soonerMs(pulseDueInMs(state, nowMs), talkMs);
}

export function advanceAlarm(moment: Moment): void {
  const state = moment.pager;
  const alarm = state.alarm;
  if (!isOpen(state)) return;
  const sinceMs = spanMs(moment.nowMs, alarm.sinceMs);
  if (sinceMs >= numberOf(state, REPORT_OFTEN_S_KEY) * 1000) alarm.seldom = true;
  if (pulseDueInMs(state, moment.nowMs) === 0) {
    if (sinceMs >= URGENT_AFTER_MS) alarm.urgent = true;
    repeatCue(moment);
  }
  if (reportDueInMs(state, moment.nowMs) === 0) putItem(moment, "r", alarm.number, 0);
  if (pollDueInMs(state, moment.nowMs) === 0) putItem(moment, "w", alarm.number, 0);
}

/** Found in the journal: goes on where it was, under its number [pager §2.4]. */
export function resumeAlarm(moment: Moment): void {
  // A command's id may be the alarm's number by chance.
  const result = findResult(moment.pager, WORD_CLOSED, moment.pager.alarm.number);
  if (result !== undefined) tellClose(moment);
  if (!isOpen(moment.pager)) return;
  const alarm = moment.pager.alarm;
  alarm.sinceMs = moment.nowMs;
  alarm.smsMs = moment.nowMs;
  alarm.textMs = moment.nowMs;
  alarm.beforeMs = -1;
  alarm.positionKept = true;
  repeatCue(moment);
  log(moment, LOG_RESUMED, alarm.number, STAGES.indexOf(alarm.stage));
}

/** The place to begin with after a reset. Behind the first sending: nothing waits for it. */
export function keepAlarmPosition(moment: Moment): void {
  const alarm = moment.pager.alarm;
  if (alarm.positionKept || !isOpen(moment.pager)) return;
  alarm.positionKept = true;
  keepPosition(moment);
}
