// The first input: reads storage and goes on where the last run stopped [pager §2.4].
// Writes nothing unless a counter was lost, and one word of a weak battery, which boots again and again.

import { NUMBER_MAX } from "../../protocol/limits.ts";
import { LOG_BLANK, LOG_STARTED } from "../../protocol/log-events.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { WORD_CLOSED, WORD_REOPENED, WORD_TAKEN } from "../../protocol/messages.ts";
import { hasVoice } from "./abilities.ts";
import { isOpen, resumeAlarm } from "./alarm.ts";
import { startBeat } from "./beat.ts";
import { dropSlot, newCounter, slotInUse } from "./counter.ts";
import { openIdentity } from "./identity.ts";
import type { Input } from "./input.ts";
import { ALARM, COUNTER, GONE, ITEM, LETTERS, POSITION, RUNS, STAGES } from "./journal.ts";
import { startKey } from "./key.ts";
import { SKIP_COUNT } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import { findItem } from "./outbox.ts";
import { openPages, readNumbers, type StoredRecord } from "./pages.ts";
import { startRun } from "./runs.ts";
import { type CallLetter, type Item, type Letter, newAlarm, newCall, type State } from "./state.ts";

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
  if (letter === "o" && numbers[3] > 0 && numbers[3] <= WORD_REOPENED) {
    inferStage(state, numbers[3], numbers[2]);
  }
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

function takeRecord(state: State, record: StoredRecord): void {
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
    case RUNS: {
      const runs = readNumbers(payload, 1);
      if (runs.length === 1) state.runs.short = runs[0];
      break;
    }
  }
}

/**
 * Without a journal the slot in use has lost its counter. The ones behind it were never used:
 * slots are used in their order and a slot is dropped before the next one serves [wire §1.5].
 */
function startCounters(state: State, readable: boolean): void {
  const used = slotInUse(state);
  for (let slot = 0; slot < state.identity.contexts.length; slot++) {
    state.counters.push(newCounter(!readable && slot > used, 0));
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
  state.identity = openIdentity(machine, boot.identity, state.identityPages);
  startKey(moment, boot.keyDown);
  startBeat(moment);
  if (state.identity.contexts.length === 0) {
    log(moment, LOG_BLANK, 0, 0);
    return;
  }
  const records = openPages(machine, boot.journal, state.journal);
  startCounters(state, state.journal.page >= 0);
  for (let i = 0; i < records.length; i++) takeRecord(state, records[i]);
  putBackAlarm(state);
  if (state.journal.doubtful) skipNumbers(state);
  log(moment, LOG_STARTED, state.alarm.number, records.length);
  for (let slot = slotInUse(state); slot >= 0; slot = slotInUse(state)) {
    if (state.counters[slot].known) break;
    dropSlot(moment, slot);
  }
  resumeAlarm(moment);
  startRun(moment);
}
