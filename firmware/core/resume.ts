// The first input: reads storage and goes on where the last run stopped [pager §2.4].
// Writes nothing unless a counter was lost, and one word of a weak battery, which boots again and again.

import { shiftDown } from "../../protocol/bytes.ts";
import { newReader, readArray, readInt } from "../../protocol/cbor.ts";
import { NUMBER_MAX } from "../../protocol/limits.ts";
import { readCells } from "../../protocol/list-codec.ts";
import { LOG_BLANK, LOG_STARTED } from "../../protocol/log-events.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { WORD_CLOSED, WORD_REOPENED, WORD_TAKEN } from "../../protocol/messages.ts";
import { newWindow } from "../../protocol/replay.ts";
import { ZONES } from "../../protocol/settings.ts";
import { hasVoice, hasZones } from "./abilities.ts";
import { isOpen, resumeAlarm } from "./alarm.ts";
import { startBeat } from "./beat.ts";
import { startConsole } from "./console.ts";
import { dropSlot, newCounter, slotInUse } from "./counter.ts";
import { count, STARTS, STORAGE_FAULTS } from "./counts.ts";
import { OUTPUTS } from "./hand-state.ts";
import { FRESH_SLOT, openIdentity } from "./identity.ts";
import type { Input } from "./input.ts";
import {
  ACTIVATED,
  ALARM,
  COMMAND,
  COUNTER,
  COUNTS,
  GONE,
  HAND,
  ITEM,
  LETTERS,
  POSITION,
  RUNS,
  STAGES,
} from "./journal.ts";
import { startKey } from "./key.ts";
import { SKIP_COUNT } from "./limits.ts";
import type { CallLetter, Item, Letter } from "./link-state.ts";
import { log, type Moment } from "./moment.ts";
import { findItem, PARTS_MAX } from "./outbox.ts";
import { putCommand } from "./outcomes.ts";
import { openPages, readNumbers, type StoredRecord } from "./pages.ts";
import { resumeRenewal } from "./renewal.ts";
import { startRun } from "./runs.ts";
import { OLD_KEY, SETTING, SETTINGS } from "./setting-facts.ts";
import { putCell } from "./settings.ts";
import { endTrial, tellNetwork } from "./settings-change.ts";
import { newAlarm, newCall, type State } from "./state.ts";
import { dropPoints, POINTS, POINTS_GONE, takePoints } from "./track.ts";

type Boot = Extract<Input, { kind: "boot" }>;

function oldItem(id: number, letter: Letter, number: number, what: number, time: number): Item {
  return {
    id: id,
    letter: letter,
    number: number,
    what: what,
    atMs: 0,
    timeS: time < 0 ? -1 - time : time,
    timeFromNetwork: time < 0,
    old: true,
    tries: 0,
  };
}

/** Takes out what stands under this id: a later record stands for all earlier ones. */
function forget(state: State, id: number): void {
  for (let i = state.outbox.length - 1; i >= 0; i--) {
    if (state.outbox[i].id === id) state.outbox.splice(i, 1);
  }
}

function putBack(state: State, item: Item): void {
  forget(state, item.id);
  state.outbox.push(item);
  if (item.id >= state.nextId) state.nextId = item.id + 1;
}

function takeCounter(state: State, numbers: number[]): void {
  if (numbers.length === 2 && numbers[0] >= 0 && numbers[0] < state.counters.length) {
    state.counters[numbers[0]] = newCounter(true, numbers[1]);
  }
}

/** An older version wrote the first three numbers only. */
function takeAlarm(state: State, payload: Bytes): void {
  const more = readNumbers(payload, 10);
  const numbers = more.length > 0 ? more : readNumbers(payload, 3);
  if (numbers.length === 0 || numbers[1] < 0 || numbers[1] >= STAGES.length) return;
  const alarm = newAlarm();
  alarm.number = numbers[0];
  alarm.stage = STAGES[numbers[1]];
  alarm.raised = numbers[2];
  if (numbers.length > 3) {
    alarm.letter = LETTERS.charAt(numbers[3]) as CallLetter;
    alarm.paths = numbers.slice(4);
    if (hasVoice()) {
      const calls = readNumbers(payload, 11);
      alarm.call = newCall(calls.length > 0 ? calls[10] : 0);
    }
  }
  state.alarm = alarm;
}

/** A result is written before the stage that it tells of: a cut may have come between. */
function inferStage(state: State, what: number, number: number): void {
  const alarm = state.alarm;
  if (number !== alarm.number || (!isOpen(state) && what !== WORD_REOPENED)) return;
  if (what === WORD_TAKEN) alarm.stage = "taken";
  else alarm.stage = what === WORD_CLOSED ? "closed" : "delivered";
}

/** An alarm that is still sending waits in the outbox; a key's own under id 0. */
function putBackAlarm(state: State): void {
  const alarm = state.alarm;
  if (alarm.stage !== "sending" || findItem(state, alarm.letter, alarm.number) !== undefined)
    return;
  putBack(state, oldItem(0, alarm.letter, alarm.number, 0, alarm.raised));
}

function takeItemRecord(state: State, numbers: number[]): void {
  if (numbers.length !== 5 || numbers[1] < 0 || numbers[1] >= LETTERS.length) return;
  const letter = LETTERS.charAt(numbers[1]) as Letter;
  // Written before the records that it tells of: the level, the zone, and what failed.
  if (letter === "L" && numbers[3] > state.battery.reached) state.battery.reached = numbers[3];
  if (hasZones() && letter === "Z" && numbers[3] <= ZONES) state.zones.marks[numbers[3] - 1] = 0;
  if (letter === "k") state.selfTest.failed = shiftDown(numbers[3], PARTS_MAX);
  // Of a word about an alarm: the result of a command lies in the command's own record.
  if (letter === "o") inferStage(state, numbers[3], numbers[2]);
  putBack(state, oldItem(numbers[0], letter, numbers[2], numbers[3], numbers[4]));
}

function takePosition(state: State, numbers: number[]): void {
  if (numbers.length !== 4) return;
  const position = state.position;
  position.known = true;
  position.latitude = numbers[0];
  position.longitude = numbers[1];
  position.uncertaintyM = numbers[2];
  position.timeS = numbers[3];
  position.noted = true;
  position.notedLatitude = numbers[0];
  position.notedLongitude = numbers[1];
}

function takeSetting(machine: Machine, state: State, payload: Bytes): void {
  const reader = newReader(payload);
  const cells = readCells(machine, reader);
  if (reader.fault !== "" || cells.length !== 2) return;
  state.settings.rows.push(cells[0], cells[1]);
}

/** The rows right before count now, and no others: a change that was cut may have left some. */
function takeCommit(state: State, numbers: number[]): void {
  if (numbers.length !== 5) return;
  const settings = state.settings;
  const rows = settings.rows;
  settings.version = numbers[0];
  settings.trial = { id: numbers[2], key: numbers[3], version: numbers[4], sinceMs: 0, old: [] };
  let at = rows.length - 2 * numbers[1];
  for (at = at < 0 ? 0 : at; at < rows.length; at += 2) {
    const key = rows[at] as number;
    if (key < OLD_KEY) putCell(settings, key, rows[at + 1]);
    else settings.trial.old.push(key - OLD_KEY, rows[at + 1]);
  }
  settings.rows = [];
}

function takeCommand(state: State, numbers: number[]): void {
  if (numbers.length !== 5) return;
  putCommand(state, numbers[0], numbers[1], numbers[2], numbers[3]);
  if (numbers[4] > 0) putBack(state, oldItem(numbers[4], "o", numbers[1], numbers[0], 0));
}

/** As many as were kept: this version may count more. */
function takeCounts(state: State, payload: Bytes): void {
  const reader = newReader(payload);
  const kept = readArray(reader);
  for (let i = 0; i < kept && i < state.counts.length; i++) state.counts[i] = readInt(reader);
}

/** Older versions wrote the first three, or four and the zones: what follows was nothing then. */
function takeHand(state: State, payload: Bytes): void {
  const numbers: number[] = [];
  const reader = newReader(payload);
  const kept = readArray(reader);
  for (let i = 0; i < 7 + ZONES; i++) numbers.push(i < kept ? readInt(reader) : 0);
  state.battery.reached = numbers[0];
  state.order.what = numbers[1];
  state.order.id = numbers[2];
  state.zones.marks = numbers.slice(3, 3 + ZONES);
  // Power went while the wearer was asked: nobody took it back.
  state.motion.fall = numbers[3 + ZONES] > 0 ? 2 : 0;
  state.selfTest.failed = numbers[4 + ZONES];
  state.beat.healthS = numbers[5 + ZONES];
  // Not believed before the time is known.
  state.motion.movedS = 0 - Math.abs(numbers[6 + ZONES]);
}

function takeRecord(machine: Machine, state: State, record: StoredRecord): void {
  const payload = record.payload;
  switch (record.type) {
    case COUNTER:
      takeCounter(state, readNumbers(payload, 2));
      break;
    case ALARM:
      takeAlarm(state, payload);
      break;
    case ITEM:
      takeItemRecord(state, readNumbers(payload, 5));
      break;
    case GONE: {
      const ids = readNumbers(payload, 1);
      if (ids.length === 1) forget(state, ids[0]);
      break;
    }
    case POSITION:
      takePosition(state, readNumbers(payload, 4));
      break;
    case SETTING:
      takeSetting(machine, state, payload);
      break;
    case SETTINGS:
      takeCommit(state, readNumbers(payload, 5));
      break;
    case ACTIVATED: {
      const marks = readNumbers(payload, 1);
      state.activated = marks.length === 1;
      if (state.activated) state.card.mark = marks[0];
      break;
    }
    case COUNTS:
      takeCounts(state, payload);
      break;
    case COMMAND:
      takeCommand(state, readNumbers(payload, 5));
      break;
    case HAND:
      takeHand(state, payload);
      break;
    case POINTS:
      takePoints(state.track, payload);
      break;
    case POINTS_GONE: {
      const times = readNumbers(payload, 1);
      if (times.length === 1) dropPoints(state.track, times[0]);
      break;
    }
    case RUNS: {
      // An older version wrote the first number only.
      const runs = readNumbers(payload, 1);
      if (runs.length > 0) state.runs.short = runs[0];
      const more = readNumbers(payload, 2);
      if (more.length > 0) state.runs.failures = more[1];
      break;
    }
  }
}

/**
 * Without a journal the slot in use has lost its counter [wire §1.5].
 */
function startCounters(state: State, readable: boolean): void {
  const used = slotInUse(state);
  for (let slot = 0; slot < state.identity.contexts.length; slot++) {
    // Of the one that is not in use the identity itself says how far it went.
    const known = !readable && slot !== used && slot < FRESH_SLOT;
    state.counters.push(newCounter(known, known ? state.identity.floor : 0));
  }
}

/** What each place of storage lost may have been a reservation: none of its numbers may serve twice [wire §1.4]. */
function skipNumbers(state: State): void {
  for (let slot = 0; slot < state.counters.length; slot++) {
    const counter = state.counters[slot];
    if (!counter.known) continue;
    const places = state.journal.torn > 1 ? state.journal.torn : 1;
    const wanted = counter.reservedTo + places * SKIP_COUNT;
    counter.next = wanted < NUMBER_MAX ? wanted : NUMBER_MAX;
    counter.reservedTo = counter.next;
  }
}

export function startPager(moment: Moment, boot: Boot): void {
  const state = moment.pager;
  const machine = moment.machine;
  state.booted = true;
  if (boot.batteryMv !== undefined) state.batteryMv = boot.batteryMv;
  state.charging = boot.charging === true;
  state.chance = 1 + (boot.seed % 2147483646);
  state.link.token = boot.seed % 256;
  state.link.messageId = boot.seed % 65536;
  state.link.sentMs = moment.nowMs;
  state.journal.noteMs = moment.nowMs;
  state.clock.atMs = moment.nowMs;
  state.runs.hourMs = moment.nowMs;
  state.zones.lookMs = moment.nowMs;
  state.motion.movedMs = moment.nowMs;
  if (boot.board !== undefined) state.card.board = boot.board;
  if (boot.chip !== undefined && boot.chip.length > 0) {
    state.card.chip = boot.chip;
    state.activated = false;
  }
  state.identity = openIdentity(machine, boot.identity, state.identityPages);
  state.link.ways = state.identity.addresses.length;
  state.link.ownWays = state.link.ways;
  startBeat(moment);
  state.outputs = boot.outputs === undefined ? OUTPUTS : boot.outputs;
  startConsole(moment);
  if (state.identity.contexts.length === 0) {
    startKey(moment, boot.keyDown);
    log(moment, LOG_BLANK, 0, 0);
    return;
  }
  if (state.identity.contexts.length > FRESH_SLOT) {
    state.link.windows.push(newWindow(machine));
    state.link.freshPiv.push(-1);
  }
  if (boot.image !== undefined) state.image = boot.image;
  state.update.sinceMs = moment.nowMs;
  const records = openPages(machine, boot.journal, state.journal);
  startCounters(state, state.journal.page >= 0);
  for (let i = 0; i < records.length; i++) takeRecord(machine, state, records[i]);
  state.settings.rows = [];
  // Behind the settings, which say how long a hold is.
  startKey(moment, boot.keyDown);
  putBackAlarm(state);
  state.update.faults = state.counts[STORAGE_FAULTS];
  count(state.counts, STARTS);
  state.countsMs = moment.nowMs;
  if (state.journal.doubtful) skipNumbers(state);
  log(moment, LOG_STARTED, state.alarm.number, records.length);
  for (let slot = slotInUse(state); slot >= 0; slot = slotInUse(state)) {
    if (state.counters[slot].known) break;
    dropSlot(moment, slot);
  }
  // A trial that a start finds is over: nobody knows how long the pager was off.
  if (state.settings.trial.id > 0) endTrial(moment, false);
  else if (state.settings.version > 0) tellNetwork(moment);
  resumeRenewal(moment);
  resumeAlarm(moment);
  startRun(moment);
}
