// What must outlive a power cut, written before anything relies on it.
// Never holds an alarm back: a write that fails is owed, and the alarm goes out all the same.

import { LOG_STORAGE } from "../../protocol/log-events.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { spanMs } from "../../protocol/span.ts";
import { hasVoice } from "./abilities.ts";
import { count, STORAGE_FAULTS } from "./counts.ts";
import { leftMs } from "./due.ts";
import type { Input } from "./input.ts";
import {
  CALL_OCTETS,
  COUNTS_MS,
  ERASE_MV_MIN,
  ERASES_RATED,
  PAGES_JOURNAL,
  QUIET_MS,
  ROOM_OCTETS_MIN,
  STORAGE_RETRY_MS,
  STORAGE_RETRY_MS_MAX,
} from "./limits.ts";
import type { Item, Letter } from "./link-state.ts";
import { log, type Moment } from "./moment.ts";
import type { Command } from "./orders.ts";
import { commandOf, findCommand, findResult } from "./outcomes.ts";
import { appendRecord, frameNumbers, leaveTorn, pageImage, roomOf, turnPage } from "./pages.ts";
import { changedKeys, settingFacts } from "./setting-facts.ts";
import type { Journal, State } from "./state.ts";
import { POINTS_GONE, pointsFact, RECORD } from "./track.ts";

/** Types of records. A later record about the same thing stands for all earlier ones. */
export const COUNTER = 1;
export const ALARM = 2;
export const ITEM = 3;
export const GONE = 4;
export const POSITION = 5;
export const COMMAND = 8;
/** The card that the platform was told of. */
export const ACTIVATED = 9;

/** All counts, in their order. */
export const COUNTS = 13;
/** Starts on a weak battery in a row, and failures of the radio. */
export const RUNS = 10;
export const HAND = 14;

type StorageFault = Extract<Input, { kind: "storageFault" }>;

export const STAGES = ["none", "sending", "delivered", "taken", "closed"] as const;
/** Those of them that are kept; a place in this text is what the journal says. */
export const LETTERS = "smxorcwbFZNLtapgkuh";
const KEPT_LETTERS = "mxocFZNLpgk";
/** Calls for help, the gravest first. */
const CALLS = "sFZNL";

/** How much a record may cost: nothing, the octets kept for it, or an erase on a weak battery. */
const ORDINARY = 0;
const CALL = 1;
const MUST = 2;

/** A time and who said it in one number; 0 where it is not known. */
function flaggedTime(item: Item): number {
  return item.timeFromNetwork && item.timeS > 0 ? -1 - item.timeS : item.timeS;
}

/** Whether this letter calls for help. */
export function isCall(letter: Letter): boolean {
  return CALLS.indexOf(letter) >= 0;
}

export function isKept(item: Item): boolean {
  return KEPT_LETTERS.indexOf(item.letter) >= 0;
}

function counterFact(machine: Machine, state: State, slot: number): Bytes {
  return frameNumbers(machine, COUNTER, [slot, state.counters[slot].reservedTo]);
}

function alarmFact(machine: Machine, state: State): Bytes {
  const alarm = state.alarm;
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (item.letter === alarm.letter && item.number === alarm.number) {
      alarm.raised = flaggedTime(item);
    }
  }
  const stage = STAGES.indexOf(alarm.stage);
  const numbers = [alarm.number, stage, alarm.raised, LETTERS.indexOf(alarm.letter)];
  for (let i = 0; i < alarm.paths.length; i++) numbers.push(alarm.paths[i]);
  if (hasVoice()) numbers.push(alarm.call === undefined ? 0 : alarm.call.place);
  return frameNumbers(machine, ALARM, numbers);
}

function itemFact(machine: Machine, item: Item): Bytes {
  return frameNumbers(machine, ITEM, [
    item.id,
    LETTERS.indexOf(item.letter),
    item.number,
    item.what,
    flaggedTime(item),
  ]);
}

function positionFact(machine: Machine, state: State): Bytes {
  const position = state.position;
  return frameNumbers(machine, POSITION, [
    position.latitude,
    position.longitude,
    position.uncertaintyM,
    position.timeS,
  ]);
}

function activatedFact(machine: Machine, state: State): Bytes {
  return frameNumbers(machine, ACTIVATED, [state.card.mark]);
}

function countsFact(machine: Machine, state: State): Bytes {
  return frameNumbers(machine, COUNTS, state.counts);
}

/** With the result that waits, which a cut leaves there with it or not at all; 0 none. */
function commandFact(machine: Machine, state: State, command: Command): Bytes {
  const result = findResult(state, command.what, command.id);
  return frameNumbers(machine, COMMAND, [
    command.what,
    command.id,
    command.outcome,
    command.detail,
    result === undefined ? 0 : result.id,
  ]);
}

/**
 * The level of the battery that is reported, the order that a reset would end, the zones that are
 * armed, a fall, what failed the last self-test, the last health report, the last movement.
 */
function handFact(machine: Machine, state: State): Bytes {
  const numbers = [state.battery.reached, state.order.what, state.order.id];
  const motion = state.motion;
  const more = [motion.fall, state.selfTest.failed, state.beat.healthS, motion.movedS];
  return frameNumbers(machine, HAND, numbers.concat(state.zones.marks, more));
}

function runsFact(machine: Machine, state: State): Bytes {
  return frameNumbers(machine, RUNS, [state.runs.short, state.runs.failures]);
}

/** All that is in force now, as records for the beginning of a page. */
function factsOf(machine: Machine, state: State): Bytes[] {
  const facts: Bytes[] = [];
  for (let slot = 0; slot < state.counters.length; slot++) {
    if (state.counters[slot].known) facts.push(counterFact(machine, state, slot));
  }
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (isKept(item) && commandOf(state, item) === undefined) facts.push(itemFact(machine, item));
  }
  // Behind the results: one that still waits may tell of a stage that is over.
  if (state.alarm.stage !== "none") facts.push(alarmFact(machine, state));
  if (state.position.noted) facts.push(positionFact(machine, state));
  facts.push(countsFact(machine, state));
  if (state.settings.version > 0) {
    const rows = settingFacts(machine, state, changedKeys(state));
    for (let i = 0; i < rows.length; i++) facts.push(rows[i]);
  }
  if (state.activated && state.card.chip.length > 0) facts.push(activatedFact(machine, state));
  for (let i = 0; i < state.commands.length; i++) {
    const command = state.commands[i];
    // Of those that are pending only one whose result is due [renewal.ts].
    if (command.outcome >= 0 || command.detail > 0) {
      facts.push(commandFact(machine, state, command));
    }
  }
  facts.push(handFact(machine, state));
  const points = state.track.points;
  for (let at = 0; at < points.length; at += RECORD) facts.push(pointsFact(machine, points, at));
  if (state.runs.short + state.runs.failures > 0) facts.push(runsFact(machine, state));
  return facts;
}

function mayErase(state: State): boolean {
  return state.batteryMv === 0 || state.charging || state.batteryMv >= ERASE_MV_MIN;
}

/** Goes on in the other page. Where none holds a journal there is nothing to protect in either. */
function turnJournal(moment: Moment): void {
  const journal = moment.pager.journal;
  const facts = factsOf(moment.machine, moment.pager);
  journal.backPage = journal.page;
  journal.backAt = journal.at;
  journal.backTorn = journal.torn;
  journal.turned = 1 - (journal.page < 0 ? journal.turned : journal.page);
  turnPage(moment.machine, moment.effects, journal, journal.turned, facts);
  moment.pager.track.noted = moment.pager.track.points.length;
  journal.owed = false;
  journal.noteMs = moment.nowMs;
}

/**
 * Writes records that count together, in one page; the state already says it, so that a page turn has
 * it too. On a weak battery nothing is erased [pager §1.2], and behind a failed page turn the next one
 * waits: the last octets of the page in force are for calls and numbers, other facts are owed.
 */
function noteAll(moment: Moment, facts: Bytes[], need: number): void {
  const journal = moment.pager.journal;
  const turns = mayErase(moment.pager) && !journal.owed;
  let room = roomOf(journal, !turns) - (need > ORDINARY ? 0 : CALL_OCTETS);
  for (let i = 0; i < facts.length; i++) room -= facts[i].length;
  if (room >= 0) {
    for (let i = 0; i < facts.length; i++) appendRecord(moment.effects, journal, facts[i]);
    journal.noteMs = moment.nowMs;
  } else if (turns || need === MUST) {
    turnJournal(moment);
  } else {
    journal.owed = true;
  }
}

function note(moment: Moment, framed: Bytes, need: number): void {
  noteAll(moment, [framed], need);
}

/** A number must never serve twice, whatever the battery says [wire §1.4]. */
export function noteCounter(moment: Moment, slot: number): void {
  note(moment, counterFact(moment.machine, moment.pager, slot), MUST);
}

export function noteAlarm(moment: Moment): void {
  note(moment, alarmFact(moment.machine, moment.pager), CALL);
}

/** How a command stands that was met under this id. */
export function noteCommand(moment: Moment, id: number): void {
  const command = findCommand(moment.pager, id);
  if (command === undefined) return;
  note(moment, commandFact(moment.machine, moment.pager, command), ORDINARY);
}

export function noteItem(moment: Moment, item: Item): void {
  const need = isCall(item.letter) ? CALL : ORDINARY;
  if (commandOf(moment.pager, item) !== undefined) noteCommand(moment, item.number);
  else if (isKept(item)) note(moment, itemFact(moment.machine, item), need);
}

/** The item was delivered. An alarm says so by its stage. */
export function noteGone(moment: Moment, item: Item): void {
  if (isKept(item)) note(moment, frameNumbers(moment.machine, GONE, [item.id]), ORDINARY);
}

export function noteRuns(moment: Moment): void {
  note(moment, runsFact(moment.machine, moment.pager), ORDINARY);
}

export function notePosition(moment: Moment): void {
  note(moment, positionFact(moment.machine, moment.pager), ORDINARY);
}

/** These settings are as the state says, all of them from the last of these records on. */
export function noteSettings(moment: Moment, keys: number[]): void {
  noteAll(moment, settingFacts(moment.machine, moment.pager, keys), ORDINARY);
}

/** The last thing that a page has room for, and nothing that a page is turned for. */
function noteLeast(moment: Moment, framed: Bytes): boolean {
  const room = roomOf(moment.pager.journal, false) >= ROOM_OCTETS_MIN;
  if (room) note(moment, framed, ORDINARY);
  return room;
}

/** The points that the journal doesn't have yet. */
export function notePoints(moment: Moment): void {
  const track = moment.pager.track;
  const all = track.points.length;
  while (track.noted < all) {
    if (!noteLeast(moment, pointsFact(moment.machine, track.points, track.noted))) return;
    track.noted = track.noted + RECORD < all ? track.noted + RECORD : all;
  }
}

/** Without this record they are sent once more, and the platform knows them. */
export function notePointsGone(moment: Moment, time: number): void {
  noteLeast(moment, frameNumbers(moment.machine, POINTS_GONE, [time]));
}

/** Once a day: more often they would wear the pages out. */
export function noteCounts(moment: Moment): void {
  const state = moment.pager;
  if (leftMs(moment.nowMs, state.countsMs, COUNTS_MS) > 0) return;
  state.countsMs = moment.nowMs;
  note(moment, countsFact(moment.machine, state), ORDINARY);
}

export function noteActivated(moment: Moment): void {
  note(moment, activatedFact(moment.machine, moment.pager), ORDINARY);
}

export function noteHand(moment: Moment): void {
  note(moment, handFact(moment.machine, moment.pager), ORDINARY);
}

/** A journal that starts anew: after it was lost, and where a slot was dropped. */
export function renewJournal(moment: Moment): void {
  turnJournal(moment);
}

/** What may have gone with a failed write or page turn, once more in the page in force. */
function noteAgain(moment: Moment): void {
  const state = moment.pager;
  if (state.journal.page < 0) return;
  for (let slot = 0; slot < state.counters.length; slot++) {
    if (state.counters[slot].known) noteCounter(moment, slot);
  }
  for (let i = 0; i < state.outbox.length; i++) {
    if (isCall(state.outbox[i].letter)) noteItem(moment, state.outbox[i]);
  }
  if (state.alarm.stage !== "none") noteAlarm(moment);
}

/** A page turn failed: the page before it is in force again. */
function turnBack(journal: Journal): void {
  journal.page = journal.backPage;
  journal.at = journal.backAt;
  journal.torn = journal.backTorn;
}

/**
 * A write or erase failed or was slow. What was only slow stands: writing it anew would put it at
 * risk again. After a failure the journal is written anew at once; after a further one only after
 * a pause that grows, so that a bad storage isn't worn out.
 */
export function takeStorageFault(moment: Moment, fault: StorageFault): void {
  const state = moment.pager;
  const journal = state.journal;
  count(state.counts, STORAGE_FAULTS);
  log(moment, LOG_STORAGE, 0, fault.page * 2 + (fault.failed ? 1 : 0));
  if (!fault.failed || fault.page !== journal.first + journal.page) return;
  if (fault.turning) turnBack(journal);
  else leaveTorn(journal);
  if (journal.owed) return;
  const calmMs = spanMs(moment.nowMs, journal.faultMs);
  const calm = calmMs < 0 || calmMs > 2 * STORAGE_RETRY_MS_MAX;
  if (journal.pauseMs < 0 || calm) journal.pauseMs = 0;
  else if (journal.pauseMs === 0) journal.pauseMs = STORAGE_RETRY_MS;
  else if (journal.pauseMs < STORAGE_RETRY_MS_MAX) journal.pauseMs = journal.pauseMs * 4;
  journal.faultMs = moment.nowMs;
  journal.owed = true;
  // What was refused may stand whole, and what it lacks would be forgotten at the next start.
  if (fault.turning && journal.pauseMs > 0) {
    moment.effects.push({ kind: "erase", page: fault.page });
  }
  // Where no page turn brings it at once; each retry in vain would use up the page.
  const lasts = journal.pauseMs > 0 && (!fault.turning || journal.pauseMs === STORAGE_RETRY_MS);
  if (lasts || !mayErase(state)) noteAgain(moment);
}

/** Nothing goes on that a page turn could hold back. */
export function isIdle(state: State): boolean {
  const stage = state.alarm.stage;
  const open = stage !== "none" && stage !== "closed";
  const key = state.key;
  // A stuck key must not keep the journal from making room.
  return !open && (key.stuck || (!key.rawDown && !key.down && key.clicks === 0));
}

/** Milliseconds until the journal wants a page turn; -1 where it wants none. */
export function journalDueInMs(state: State, nowMs: number): number {
  const journal = state.journal;
  if (!state.booted || state.identity.contexts.length === 0 || !mayErase(state)) return -1;
  if (journal.owed) return leftMs(nowMs, journal.faultMs, journal.pauseMs);
  if (roomOf(journal, false) >= ROOM_OCTETS_MIN || !isIdle(state)) return -1;
  return leftMs(nowMs, journal.noteMs, QUIET_MS);
}

/** Catches up on what is owed, and makes room while nothing goes on. */
export function careForJournal(moment: Moment): void {
  if (journalDueInMs(moment.pager, moment.nowMs) === 0) turnJournal(moment);
}

/** Of the erases that a page is rated for: generations count those of both pages. */
export function wearPercent(machine: Machine, state: State): number {
  return machine.divide(state.journal.generation * 100, 2 * ERASES_RATED);
}

/** The journal page that provisioning writes: nothing used, nothing waiting. */
export function blankJournal(machine: Machine): Bytes {
  const facts: Bytes[] = [];
  for (let slot = 0; slot < 2; slot++) facts.push(frameNumbers(machine, COUNTER, [slot, 0]));
  return pageImage(machine, PAGES_JOURNAL, 1, facts);
}
