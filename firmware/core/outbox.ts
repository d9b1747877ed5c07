// What waits to be delivered, in the order in which it goes. On flash before it is on the air.
// Never lets anything go but on an opened answer [wire §2.4, R-16].

import { copyBytes, shiftDown } from "../../protocol/bytes.ts";
import { finish, newWriter, writeArray } from "../../protocol/cbor.ts";
import { writeCell, writeCells } from "../../protocol/list-codec.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import {
  BEAT,
  type Beat,
  LEFT_ZONE,
  NO_MOVEMENT,
  type Report,
  SELF_TESTED,
  type SelfTested,
  SOS,
  WORD_LOCATE,
  WORD_REOPENED,
} from "../../protocol/messages.ts";
import { activationOf } from "./activation.ts";
import { batteryPercent } from "./battery.ts";
import { nowS } from "./clock.ts";
import { slotInUse } from "./counter.ts";
import { faultBits, healthOf } from "./health.ts";
import { isCall, noteGone, noteItem } from "./journal.ts";
import { OUTBOX_MAX } from "./limits.ts";
import { ASKED_ID, type Item, type Letter } from "./link-state.ts";
import { logRows } from "./log-ring.ts";
import type { Moment } from "./moment.ts";
import { findCommand } from "./outcomes.ts";
import { addPosition } from "./position.ts";
import { type Cell, cellOf, settingKeys } from "./settings.ts";
import type { State } from "./state.ts";
import { sayPoints } from "./track.ts";

/** How often a failed exchange moves an item behind the others; the alarm itself never moves. */
const TRIES_MAX = 100;
/** A first guess of the room that a message takes. */
const SAID_OCTETS = 64;
const HASH_OCTETS = 8;
/** Of a self-test's item: failed parts times this, and passed parts. */
export const PARTS_MAX = 2048;

/** The first of this letter, about this alarm; about any where `number` is 0. */
export function findItem(state: State, letter: Letter, number: number): Item | undefined {
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (item.letter === letter && (number === 0 || item.number === number)) return item;
  }
  return undefined;
}

/** Made now. `what`: of a result the word, of a call for help the last field of its message. */
export function newItem(
  moment: Moment,
  id: number,
  letter: Letter,
  number: number,
  what: number,
): Item {
  const timeS = nowS(moment);
  return {
    id: id,
    letter: letter,
    number: number,
    what: what,
    atMs: moment.nowMs,
    timeS: timeS,
    timeFromNetwork: timeS > 0 && moment.pager.clock.source === "network",
    old: false,
    tries: 0,
  };
}

/** The item on its way from memory to the journal. */
export function putItem(moment: Moment, letter: Letter, number: number, what: number): void {
  const state = moment.pager;
  const item = newItem(moment, state.nextId, letter, number, what);
  state.nextId += 1;
  state.outbox.push(item);
  noteItem(moment, item);
}

/** What waits, but a track: nothing has less room because of one. */
function loadOf(state: State): number {
  return findItem(state, "t", 0) === undefined ? state.outbox.length : state.outbox.length - 1;
}

/** True where a further check-in or result would only crowd the outbox. */
export function isFull(state: State): boolean {
  return loadOf(state) >= OUTBOX_MAX;
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
  for (let i = 0; i < outbox.length && loadOf(moment.pager) > OUTBOX_MAX; i++) {
    if (!mayGo(moment.pager, outbox[i])) continue;
    takeItem(moment, outbox[i].id);
    i -= 1;
  }
}

/** Everything by its place: calls for help, then what the wearer and the platform wait for. */
const ORDER = "sFZNLmxaorkpgcwbhtu";

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

function beatOf(moment: Moment): Beat {
  const state = moment.pager;
  const beat: Beat = { state: faultBits(state), settings: state.settings.version };
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

/** Values in the order of a message, and a list behind them where it has one. */
function saidOf(machine: Machine, cells: Cell[], list?: Cell[]): Bytes {
  const writer = newWriter(machine, SAID_OCTETS);
  if (list === undefined) {
    writeCells(writer, cells);
  } else {
    writeArray(writer, cells.length + 1);
    for (let i = 0; i < cells.length; i++) writeCell(writer, cells[i]);
    writeCells(writer, list);
  }
  return finish(machine, writer);
}

/** As many points as go with the oldest; the answer to this very exchange lets those go. */
function trackOf(moment: Moment, item: Item): Bytes {
  const machine = moment.machine;
  const points = moment.pager.track.points;
  const rows: number[] = [];
  const cells = sayPoints(machine, points, rows);
  item.what = points[rows.length + machine.divide(rows.length, 3)];
  return saidOf(machine, cells, rows);
}

/** Of a command with what became of it; of a word about an alarm nothing more is to be said. */
function resultOf(moment: Moment, item: Item): Bytes {
  const cells = [item.what, item.number];
  const command = item.what < WORD_LOCATE ? undefined : findCommand(moment.pager, item.number);
  if (command !== undefined) cells.push(command.outcome, command.detail);
  return saidOf(moment.machine, cells);
}

/** All settings; the hash is over the list as it is encoded. */
function settingsOf(moment: Moment, id: number): Bytes {
  const machine = moment.machine;
  const keys = settingKeys();
  const list: Cell[] = [];
  for (let i = 0; i < keys.length; i++) list.push(keys[i], cellOf(machine, moment.pager, keys[i]));
  const hash = copyBytes(machine, machine.sha256(saidOf(machine, list)), 0, HASH_OCTETS);
  return saidOf(machine, [id, moment.pager.settings.version, hash], list);
}

function selfTestedOf(moment: Moment, item: Item): SelfTested {
  const state = moment.pager;
  const passed = item.what % PARTS_MAX;
  const tested: SelfTested = {
    number: item.number,
    passed: passed,
    failed: shiftDown(item.what, PARTS_MAX),
  };
  if (state.link.signalDbm !== 0) tested.signalDbm = state.link.signalDbm;
  if (state.batteryMv > 0) tested.batteryMv = state.batteryMv;
  // Of the test that this run of the pager made.
  const test = state.selfTest;
  if (item.old) return tested;
  if (test.fixS >= 0) tested.fixS = test.fixS;
  if (test.answerMs >= 0) tested.roundTripMs = test.answerMs;
  return tested;
}

/** Beside an exchange it asks about the alarm's own context, under the other one. */
function waitingOf(moment: Moment, item: Item): Bytes {
  const machine = moment.machine;
  if (item.id !== ASKED_ID) {
    return item.number > 0 ? saidOf(machine, [item.number]) : machine.bytes(0);
  }
  const context = moment.pager.identity.contexts[slotInUse(moment.pager)];
  return saidOf(machine, [item.number, context.senderId]);
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
      return resultOf(moment, item);
    case "t":
      return trackOf(moment, item);
    case "p":
      return settingsOf(moment, item.number);
    case "g":
      return saidOf(machine, [item.number], logRows(moment, item.what));
    case "k":
      return encodeMessage(machine, SELF_TESTED, selfTestedOf(moment, item));
    case "h":
      return healthOf(moment);
    case "b":
      return encodeMessage(machine, BEAT, beatOf(moment));
    case "a":
      return saidOf(machine, activationOf(moment));
    case "w":
      return waitingOf(moment, item);
    case "u":
      return machine.bytes(0);
    default:
      // The key, a fall, a further hold, a mistake, a report and a check-in say the same fields.
      return encodeMessage(machine, SOS, reportOf(moment, item));
  }
}
