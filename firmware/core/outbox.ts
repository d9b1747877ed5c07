// What waits to be delivered, in the order in which it goes. On flash before it is on the air.
// Never lets anything go but on an opened answer [wire §2.4, R-16].

import type { Bytes } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import {
  BEAT,
  type Beat,
  LEFT_ZONE,
  NO_MOVEMENT,
  RESULT,
  type Report,
  SOS,
  WAITING,
  WORD_REOPENED,
} from "../../protocol/messages.ts";
import { batteryPercent } from "./battery.ts";
import { nowS } from "./clock.ts";
import { slotInUse } from "./counter.ts";
import { STORAGE_FAULTS } from "./counts.ts";
import { noteGone, noteItem } from "./journal.ts";
import { OUTBOX_MAX } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { addPosition } from "./position.ts";
import type { Item, Letter, State } from "./state.ts";

/** How often a failed exchange moves an item behind the others; the alarm itself never moves. */
const TRIES_MAX = 100;

/** The first of this letter, about this alarm; about any where `number` is 0. */
export function findItem(state: State, letter: Letter, number: number): Item | undefined {
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (item.letter === letter && (number === 0 || item.number === number)) return item;
  }
  return undefined;
}

/**
 * The item on its way from memory to the journal. `what`: of a result the word, of a call for help
 * the last field of its message.
 */
export function putItem(moment: Moment, letter: Letter, number: number, what: number): void {
  const state = moment.pager;
  const timeS = nowS(moment);
  const item: Item = {
    id: state.nextId,
    letter: letter,
    number: number,
    what: what,
    atMs: moment.nowMs,
    timeS: timeS,
    timeFromNetwork: timeS > 0 && state.clock.source === "network",
    old: false,
    tries: 0,
  };
  state.nextId += 1;
  state.outbox.push(item);
  noteItem(moment, item);
}

/** True where a further check-in or result would only crowd the outbox. */
export function isFull(state: State): boolean {
  return state.outbox.length >= OUTBOX_MAX;
}

export function countOf(state: State, letter: Letter): number {
  let found = 0;
  for (let i = 0; i < state.outbox.length; i++) {
    if (state.outbox[i].letter === letter) found += 1;
  }
  return found;
}

/** Takes an item out, in memory and in the journal; undefined where it is gone already. */
export function takeItem(moment: Moment, id: number): Item | undefined {
  const outbox = moment.pager.outbox;
  for (let i = 0; i < outbox.length; i++) {
    const item = outbox[i];
    if (item.id === id) {
      outbox.splice(i, 1);
      noteGone(moment, item);
      return item;
    }
  }
  return undefined;
}

/** Least lost first: a check-in that a newer one stands for, a result whose word will come again. */
function mayGo(state: State, item: Item): boolean {
  if (item.letter === "c") return countOf(state, "c") > 1;
  return item.letter === "o" && item.what <= WORD_REOPENED;
}

/**
 * Calls for help always have a place: what they crowd out goes once they are on their way.
 * Oldest first; never an alarm, a further hold, a mistake, or the result of a command.
 */
export function thinOutbox(moment: Moment): void {
  const outbox = moment.pager.outbox;
  for (let i = 0; i < outbox.length && outbox.length > OUTBOX_MAX; i++) {
    if (!mayGo(moment.pager, outbox[i])) continue;
    takeItem(moment, outbox[i].id);
    i -= 1;
  }
}

/** The kinds of a call for help, the gravest first. */
const CALLS = "sFZNL";
/** Everything by its place: calls for help, then what the wearer and the platform wait for. */
const ORDER = "sFZNLmxorcwb";

/** Whether this letter calls for help. */
export function isCall(letter: Letter): boolean {
  return CALLS.indexOf(letter) >= 0;
}

/** Place in the order; the alarm in hand is the first. */
export function rankOf(state: State, letter: Letter, number: number): number {
  const alarm = state.alarm;
  return letter === alarm.letter && number === alarm.number ? 0 : 1 + ORDER.indexOf(letter);
}

/** What an unanswered exchange costs: everything else gets its turn, but nothing before a call. */
function orderOf(state: State, item: Item): number {
  const rank = rankOf(state, item.letter, item.number);
  const tries = item.tries < TRIES_MAX ? item.tries : TRIES_MAX;
  if (rank === 0) return 0;
  return (isCall(item.letter) ? tries : TRIES_MAX + 1 + tries) * (ORDER.length + 1) + rank;
}

/** What goes next, or undefined. */
export function nextItem(state: State): Item | undefined {
  let next: Item | undefined;
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (next === undefined || orderOf(state, item) < orderOf(state, next)) next = item;
  }
  return next;
}

/** What the kinds of a call say behind a report's own fields. */
interface CallReport extends Report {
  zone?: number;
  stillS?: number;
}

function reportOf(moment: Moment, item: Item): CallReport {
  const report: CallReport = { number: item.number };
  if (item.letter === "N") report.stillS = item.what;
  else report.zone = item.what;
  if (item.timeS > 0) {
    report.time = item.timeS;
    report.timeFromNetwork = item.timeFromNetwork ? 1 : 0;
  }
  const percent = batteryPercent(moment.machine, moment.pager);
  if (percent !== undefined) {
    report.battery = percent;
    report.charging = moment.pager.charging ? 1 : 0;
  }
  addPosition(moment, report);
  return report;
}

/** Bits of a beat's state. */
const STATE_STORAGE_FAULT = 1;
const STATE_SPARE_SLOT = 2;
const STATE_BEAT_MISSED = 4;

function beatOf(moment: Moment): Beat {
  const state = moment.pager;
  let bits = state.counts[STORAGE_FAULTS] > 0 ? STATE_STORAGE_FAULT : 0;
  if (slotInUse(state) > 0) bits += STATE_SPARE_SLOT;
  if (state.beat.missed) bits += STATE_BEAT_MISSED;
  const beat: Beat = { state: bits, settings: 0 };
  const percent = batteryPercent(moment.machine, state);
  if (percent !== undefined) {
    beat.battery = percent;
    beat.charging = state.charging ? 1 : 0;
  }
  if (state.link.signalDbm !== 0) beat.signalDbm = state.link.signalDbm;
  const timeS = nowS(moment);
  if (timeS > 0) {
    beat.time = timeS;
    beat.timeFromNetwork = state.clock.source === "network" ? 1 : 0;
  }
  return beat;
}

/** The payload as it is now: each exchange says the newest position [wire §2.3]. */
export function payloadOf(moment: Moment, item: Item): Bytes {
  const machine = moment.machine;
  switch (item.letter) {
    case "Z":
    case "L":
      // A level stands where a zone does, and is as small a number: one declaration serves both.
      return encodeMessage(machine, LEFT_ZONE, reportOf(moment, item));
    case "N":
      return encodeMessage(machine, NO_MOVEMENT, reportOf(moment, item));
    case "o":
      return encodeMessage(machine, RESULT, { what: item.what, number: item.number });
    case "b":
      return encodeMessage(machine, BEAT, beatOf(moment));
    case "w":
      return encodeMessage(machine, WAITING, item.number > 0 ? { number: item.number } : {});
    default:
      // The key, a fall, a further hold, a mistake, a report and a check-in say the same fields.
      return encodeMessage(machine, SOS, reportOf(moment, item));
  }
}
