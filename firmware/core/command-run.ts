// What each command does, once; an id that was met gets its result again and does nothing [wire §4.5].
// Does nothing that could wait while an alarm is open: help first.

import { isNull, newReader, type Reader, readArray, readInt } from "../../protocol/cbor.ts";
import { readCells } from "../../protocol/list-codec.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  WORD_ANEW,
  WORD_CHANGE_SETTINGS,
  WORD_LOCATE,
  WORD_NOTICE,
  WORD_PRESS_TEST,
  WORD_READ_SETTINGS,
  WORD_RENEW,
  WORD_RESTART,
  WORD_RING,
  WORD_SELF_TEST,
  WORD_SEND_LOG,
  WORD_UPDATE,
} from "../../protocol/messages.ts";
import { hasUpdates } from "./abilities.ts";
import { isOpen } from "./alarm.ts";
import { goOnAnew } from "./anew.ts";
import { takeHeard } from "./commands.ts";
import { type Heard, type HeardWord, hear } from "./hear.ts";
import { askOther } from "./link.ts";
import { ASKED_ID, type Sent } from "./link-state.ts";
import { startLocating } from "./locate.ts";
import type { Moment } from "./moment.ts";
import { isFull, putItem } from "./outbox.ts";
import { BUSY, DONE, findCommand, makeRoom, PENDING, REFUSED, UNKNOWN_WORD } from "./outcomes.ts";
import { startPressTest } from "./press-test.ts";
import { proveSlot, startRenewal } from "./renewal.ts";
import { askRestart } from "./restart.ts";
import { putOutcome, putResult } from "./result.ts";
import { giveNotice, startRing } from "./ring.ts";
import { startSelfTest } from "./self-test.ts";
import { changeSettings, isWayChange, mustWait, proveWay } from "./settings-change.ts";
import type { State } from "./state.ts";
import { startUpdate, takeBlock } from "./update.ts";

/** An update is refused for this reason: this pager can't take any. */
const NO_UPDATES = 1;

/** Longer spans than a day, and logs longer than all of it, nobody asks for. */
const NUMBER_MAX = 86400;
const CHANGES_MAX = 32;

/** Behind the word and the id: `hear` has read those, and seen that the whole is an array. */
function valuesOf(payload: Bytes): Reader {
  const reader = newReader(payload);
  readArray(reader);
  readInt(reader);
  readInt(reader);
  return reader;
}

/** The number that a command has for itself; 0 where there is none, -1 where it is none of ours. */
function numberIn(payload: Bytes): number {
  const reader = valuesOf(payload);
  if (reader.at === payload.length || isNull(reader)) return 0;
  const value = readInt(reader);
  return reader.fault === "" && value >= 0 && value <= NUMBER_MAX ? value : -1;
}

/** The outcome, or that it comes later or has been put already. */
function runChange(moment: Moment, word: HeardWord): number {
  const reader = valuesOf(word.payload);
  const version = readInt(reader);
  const list = readCells(moment.machine, reader);
  const count = list.length;
  if (reader.fault !== "" || version < 0 || count < 2 || count > CHANGES_MAX || count % 2 === 1) {
    return REFUSED;
  }
  for (let i = 0; i < count; i += 2) if (typeof list[i] !== "number") return REFUSED;
  if (isWayChange(moment.pager, list) && mustWait(moment.pager)) return BUSY;
  changeSettings(moment, word.value, version, list);
  return PENDING;
}

/** What needs neither the way to the platform nor the wearer's hands goes on with an alarm open. */
function mayRun(state: State, what: number): boolean {
  return (
    !isOpen(state) ||
    what > WORD_RENEW ||
    what === WORD_LOCATE ||
    what === WORD_READ_SETTINGS ||
    what === WORD_CHANGE_SETTINGS ||
    what === WORD_SEND_LOG
  );
}

/** Its outcome; PENDING where that comes later, or was put already. */
function runCommand(moment: Moment, word: HeardWord): number {
  const what = word.what;
  const id = word.value;
  const number = numberIn(word.payload);
  if (!mayRun(moment.pager, what)) return BUSY;
  switch (what) {
    case WORD_LOCATE:
      if (number < 0) return REFUSED;
      startLocating(moment, id, number);
      return PENDING;
    case WORD_READ_SETTINGS:
      putItem(moment, "p", id, 0);
      return DONE;
    case WORD_CHANGE_SETTINGS:
      return runChange(moment, word);
    case WORD_SEND_LOG:
      if (number < 0) return REFUSED;
      putItem(moment, "g", id, number);
      return DONE;
    case WORD_UPDATE:
      if (!hasUpdates()) return REFUSED;
      startUpdate(moment, id, valuesOf(word.payload));
      return PENDING;
    case WORD_RENEW:
      return startRenewal(moment, id, valuesOf(word.payload));
    case WORD_RESTART:
      askRestart(moment);
      return DONE;
    case WORD_RING:
      if (number < 0) return REFUSED;
      startRing(moment, number);
      return DONE;
    case WORD_NOTICE:
      if (number < 0) return REFUSED;
      giveNotice(moment, number);
      return DONE;
    case WORD_PRESS_TEST:
      if (number < 0) return REFUSED;
      startPressTest(moment, id, number);
      return PENDING;
    case WORD_SELF_TEST:
      if (number < 0) return REFUSED;
      startSelfTest(moment, id, number);
      return PENDING;
  }
  return UNKNOWN_WORD;
}

/** While its result can't be kept, a command is not begun: the platform says it again. */
function obeyCommand(moment: Moment, word: HeardWord): void {
  const state = moment.pager;
  const known = findCommand(state, word.value);
  if (known !== undefined) {
    if (known.outcome !== PENDING) putResult(moment, known.what, known.id);
    return;
  }
  if (isFull(state) || !makeRoom(state)) return;
  state.commands.push({ what: word.what, id: word.value, outcome: PENDING, detail: 0 });
  const outcome = runCommand(moment, word);
  const detail = word.what === WORD_UPDATE && outcome === REFUSED ? NO_UPDATES : 0;
  if (outcome !== PENDING) putOutcome(moment, word.what, word.value, outcome, detail);
}

/** An answer to what was asked under the other context: in it alone counts the word to begin anew. */
function hearAsked(moment: Moment, heard: Heard, opened: Sent): void {
  const word = heard.word;
  // A platform that was put back wants a proof first [wire §1.3].
  if (heard.delivered === undefined && !opened.withEcho) askOther(moment);
  else if (word !== undefined && word.what === WORD_ANEW) {
    goOnAnew(moment, opened.slot, word.value);
  }
  moment.pager.link.echo = undefined;
}

/** What a datagram delivers, proves and asks for. `address` is below 0 where it came as a text. */
export function takeDatagram(moment: Moment, bytes: Bytes, address: number): void {
  const heard = hear(moment, bytes);
  takeHeard(moment, heard, address);
  // A platform that has lost its windows wants proof first, and is found all the same [wire §1.3].
  const opened = heard.opened;
  const word = heard.word;
  if (opened !== undefined) {
    proveWay(moment, address);
    proveSlot(moment, opened.slot);
    if (hasUpdates() && heard.block !== undefined) takeBlock(moment, heard.block);
    if (opened.itemId === ASKED_ID) {
      hearAsked(moment, heard, opened);
      return;
    }
  }
  if (word !== undefined && word.what >= WORD_LOCATE) obeyCommand(moment, word);
}
