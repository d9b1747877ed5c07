// One alarm from the hold to its close: stages, cues, positions, what keeps the way open.
// Nothing the wearer does ends it; only the platform's word does.

import {
  LOG_HELD_AGAIN,
  LOG_HELD_BLANK,
  LOG_MISTAKE,
  LOG_RAISED,
  LOG_RESUMED,
  LOG_STAGE,
} from "../../protocol/log-events.ts";
import { spanMs } from "../../protocol/span.ts";
import { takeNumber, usableSlot } from "./counter.ts";
import type { CueName } from "./cues.ts";
import { leftMs, soonerMs } from "./due.ts";
import { noteAlarm, STAGES } from "./journal.ts";
import {
  HOLDS_MAX,
  POLL_MS,
  PULSE_MS,
  REPORT_MS,
  REPORT_MS_LATER,
  REPORT_OFTEN_MS,
  URGENT_AFTER_MS,
  URGENT_PULSE_MS,
} from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { countOf, findItem, putItem, takeItem } from "./outbox.ts";
import { keepPosition } from "./position.ts";
import { newAlarm, type Stage, type State } from "./state.ts";

export function isOpen(state: State): boolean {
  return state.alarm.stage !== "none" && state.alarm.stage !== "closed";
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

/** A hold with no alarm open. On flash first, then told; sending follows in the same step. */
export function raiseAlarm(moment: Moment): void {
  const state = moment.pager;
  const slot = usableSlot(moment, true);
  if (slot < 0) {
    giveCue(moment, "notActivated");
    log(moment, LOG_HELD_BLANK, 0, 0);
    return;
  }
  const alarm = newAlarm();
  alarm.stage = "sending";
  alarm.number = takeNumber(moment, slot);
  alarm.sinceMs = moment.nowMs;
  alarm.pulseMs = moment.nowMs;
  alarm.sentSerial = state.position.serial;
  state.alarm = alarm;
  putItem(moment, "s", alarm.number, 0);
  noteAlarm(moment);
  giveCue(moment, "raised");
  log(moment, LOG_RAISED, alarm.number, 0);
}

/** A hold while an alarm is open: a further report of it, and the wearer feels where it stands. */
export function repeatAlarm(moment: Moment): void {
  const state = moment.pager;
  const waiting = findItem(state, "m");
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
  if (findItem(state, "x") === undefined) putItem(moment, "x", state.alarm.number, 0);
  repeatCue(moment);
  log(moment, LOG_MISTAKE, state.alarm.number, 0);
}

/** What waits and has lost its meaning with a later stage. */
function dropItem(moment: Moment, letter: "s" | "r" | "w"): void {
  const item = findItem(moment.pager, letter);
  if (item !== undefined) takeItem(moment, item.id);
}

function tellClose(moment: Moment): void {
  if (moment.pager.alarm.closeTold) return;
  moment.pager.alarm.closeTold = true;
  giveCue(moment, "closed");
}

/**
 * Steps forward, never back: taken and closed prove delivered [wire §2.5]. On flash before it is
 * told or answered. A word for another number changes nothing [wire §2.2].
 */
export function stepAlarm(moment: Moment, number: number, stage: Stage): void {
  const state = moment.pager;
  const alarm = state.alarm;
  if (number !== alarm.number) return;
  if (alarm.stage === "closed" && stage === "closed") tellClose(moment);
  if (!isOpen(state) || stage === alarm.stage) return;
  if (stage === "delivered" && alarm.stage !== "sending") return;
  dropItem(moment, "s");
  if (stage === "closed") {
    dropItem(moment, "r");
    dropItem(moment, "w");
  }
  alarm.stage = stage;
  noteAlarm(moment);
  if (stage === "closed") tellClose(moment);
  else if (stage === "delivered" || stage === "taken") giveCue(moment, stage);
  log(moment, LOG_STAGE, number, STAGES.indexOf(stage));
}

/** A message with the present position leaves. */
export function markPositionSent(moment: Moment): void {
  const alarm = moment.pager.alarm;
  const position = moment.pager.position;
  if (position.serial === alarm.sentSerial) return;
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
  if (findItem(state, "r") !== undefined) return -1;
  const before = alarm.sentUncertaintyM;
  if (before === 0 || position.uncertaintyM * 2 <= before) return 0;
  return leftMs(nowMs, alarm.sentMs, alarm.seldom ? REPORT_MS_LATER : REPORT_MS);
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
  if (!alarm.seldom && sinceMs >= REPORT_OFTEN_MS) alarm.seldom = true;
  if (pulseDueInMs(state, moment.nowMs) === 0) {
    if (sinceMs >= URGENT_AFTER_MS) alarm.urgent = true;
    repeatCue(moment);
  }
  if (reportDueInMs(state, moment.nowMs) === 0) putItem(moment, "r", alarm.number, 0);
  if (pollDueInMs(state, moment.nowMs) === 0) putItem(moment, "w", alarm.number, 0);
}

/** Found in the journal: goes on where it was, under its number [pager §2.4]. */
export function resumeAlarm(moment: Moment): void {
  const result = findItem(moment.pager, "o");
  if (moment.pager.alarm.stage === "closed" && result !== undefined) tellClose(moment);
  if (!isOpen(moment.pager)) return;
  const alarm = moment.pager.alarm;
  alarm.sinceMs = moment.nowMs;
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
