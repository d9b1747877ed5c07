// Calls by voice, on boards that can: the desk, then the contacts in order, 60 s each.
// Never hangs up on anybody, and never takes a call that was picked up for "taken".

import { LOG_CALL } from "../../protocol/log-events.ts";
import {
  CONTACT_KEY_MIN,
  CONTACTS,
  DESK_NUMBER_KEY,
  VOICE_AFTER_S_KEY,
} from "../../protocol/settings.ts";
import { isOpen, stepDueInMs } from "./alarm.ts";
import { leftMs } from "./due.ts";
import type { Input } from "./input.ts";
import { noteAlarm } from "./journal.ts";
import { CALL_AGAIN_MS, CALL_MS } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import { textOf } from "./settings.ts";
import { newCall, type State } from "./state.ts";

/** The desk, then the contacts; "" behind the last. */
function numberAt(state: State, place: number): string {
  if (place === 0) return textOf(state, DESK_NUMBER_KEY);
  return place <= CONTACTS ? textOf(state, CONTACT_KEY_MIN + place - 1) : "";
}

/** The next place from `place` on with a number; the count of places where there is none. */
function nextPlace(state: State, place: number): number {
  let next = place;
  while (next <= CONTACTS && numberAt(state, next) === "") next += 1;
  return next;
}

/** Milliseconds until a number is to be dialled; -1 while somebody talks, or where nobody can be. */
export function callDueInMs(state: State, nowMs: number): number {
  const call = state.alarm.call;
  const busy = call !== undefined && (call.talking || call.unable);
  if (busy || nextPlace(state, 0) > CONTACTS) return -1;
  if (call === undefined || !call.begun) return stepDueInMs(state, nowMs, VOICE_AFTER_S_KEY);
  const round = nextPlace(state, call.place) > CONTACTS;
  return leftMs(nowMs, call.atMs, call.ringing ? CALL_MS : round ? CALL_AGAIN_MS : 0);
}

/** On flash before it rings: a start goes on with the next one, and not with the first again. */
export function advanceCall(moment: Moment): void {
  const state = moment.pager;
  const alarm = state.alarm;
  if (callDueInMs(state, moment.nowMs) !== 0) return;
  const call = alarm.call === undefined ? newCall(0) : alarm.call;
  alarm.call = call;
  call.atMs = moment.nowMs;
  let place = nextPlace(state, call.place);
  if (place > CONTACTS && call.ringing) {
    // The last one did not pick up; a round begins behind a pause.
    call.ringing = false;
    return;
  }
  if (place > CONTACTS) place = nextPlace(state, 0);
  call.place = place + 1;
  call.begun = true;
  call.ringing = true;
  noteAlarm(moment);
  log(moment, LOG_CALL, alarm.number, place);
  moment.effects.push({ kind: "dial", number: numberAt(state, place) });
}

/** While an alarm is open a listed number is answered by itself, and nobody else ever. */
function takeIncoming(moment: Moment, number: string): void {
  const state = moment.pager;
  if (!isOpen(state) || number === "") return;
  for (let place = 0; place <= CONTACTS; place++) {
    if (numberAt(state, place) !== number) continue;
    moment.effects.push({ kind: "answer", number: number });
    return;
  }
}

/** What became of a call, or somebody who calls; all other inputs are passed over. */
export function takeVoice(moment: Moment, input: Input): void {
  const alarm = moment.pager.alarm;
  if (input.kind === "incoming") takeIncoming(moment, input.number);
  if (input.kind !== "call") return;
  const call = alarm.call === undefined ? newCall(0) : alarm.call;
  alarm.call = call;
  call.talking = input.state === "answered";
  // Not tried again in this alarm: each try costs the channel of the datagrams.
  if (input.state === "unable") call.unable = true;
  call.ringing = false;
  call.atMs = moment.nowMs;
}
