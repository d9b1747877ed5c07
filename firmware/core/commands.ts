// What the pager does on the platform's word, and what it says back.
// Words that come twice, late or out of order change nothing [wire §2.5].

import { LOG_DELIVERED, WHY_ANSWER } from "../../protocol/log-events.ts";
import { WORD_LOCATE, WORD_TIME, type Word } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { cardMark } from "./activation.ts";
import { changeStage, isOpen, tellClose, tellStage } from "./alarm.ts";
import { readyOther } from "./anew.ts";
import { tellLevel } from "./battery-levels.ts";
import { answerBeat, tellHealth } from "./beat.ts";
import { setClock } from "./clock.ts";
import { REPEATED, UNFRESH } from "./counts.ts";
import { askByText, textPlatform } from "./escalation.ts";
import { type Heard, refuse } from "./hear.ts";
import { isCall, LETTERS, noteActivated, noteCounts, notePointsGone } from "./journal.ts";
import { UNFRESH_POLL_MS } from "./limits.ts";
import { ASKED_ID, type Item, type Sent } from "./link-state.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, putItem, takeItem } from "./outbox.ts";
import { putResult } from "./result.ts";
import { dropPoints } from "./track.ts";

/** "What waits for me?", once; by the way on which the platform spoke. */
function askPlatform(moment: Moment, byText: boolean): void {
  const state = moment.pager;
  if (findItem(state, "w", 0) === undefined) {
    putItem(moment, "w", isOpen(state) ? state.alarm.number : 0, 0);
  }
  if (byText) askByText(moment, findItem(state, "w", 0) as Item);
}

/** A word about an alarm proves that it is stored, also where it isn't in hand [wire §2.5]. */
function settleCall(moment: Moment, number: number): void {
  const state = moment.pager;
  for (let i = state.outbox.length - 1; i >= 0; i--) {
    const item = state.outbox[i];
    if (isCall(item.letter) && item.number === number) takeItem(moment, item.id);
  }
}

/** The platform's number says which of two words that crossed on the air is the later one. */
function isLate(moment: Moment, word: Word, piv: number | undefined): boolean {
  const alarm = moment.pager.alarm;
  if (word.value !== alarm.number || piv === undefined) return false;
  if (piv < alarm.wordPiv) return true;
  alarm.wordPiv = piv;
  return false;
}

/**
 * The result is written first: after a cut right behind it the alarm's stage follows from it, while
 * a stage without its result would leave the platform waiting. Commands are for command-run.ts.
 */
function obey(moment: Moment, word: Word, piv: number | undefined): void {
  const number = word.value;
  if (word.what >= WORD_LOCATE) return;
  if (word.what === WORD_TIME) {
    setClock(moment, number, "platform");
    return;
  }
  if (isLate(moment, word, piv)) return;
  const changed = changeStage(moment, number, word.what);
  putResult(moment, word.what, number);
  if (changed) tellStage(moment);
  else if (number === moment.pager.alarm.number) tellClose(moment);
  settleCall(moment, number);
}

/** Says what the pager is, unless the platform knows it, or there is a chip that nobody can read. */
export function wantActivation(moment: Moment): void {
  const state = moment.pager;
  const card = state.card;
  const known = state.activated && (card.iccid === "" || card.mark === cardMark(moment));
  if (known || card.chip.length === 0 || findItem(state, "a", 0) !== undefined) return;
  putItem(moment, "a", 0, 0);
}

function settleActivation(moment: Moment): void {
  moment.pager.activated = true;
  moment.pager.card.mark = cardMark(moment);
  noteActivated(moment);
}

/** The platform has stored it: out of the outbox, and the wearer is told. */
function settle(moment: Moment, sent: Sent): void {
  const state = moment.pager;
  if (sent.letter === state.alarm.letter && changeStage(moment, sent.number, 0)) {
    tellStage(moment);
    return;
  }
  if (sent.itemId === ASKED_ID) return;
  // First those that this exchange said, whatever a later one says more.
  if (sent.letter === "t" && dropPoints(state.track, sent.what)) {
    notePointsGone(moment, sent.what);
  }
  const item = takeItem(moment, sent.itemId);
  if (item === undefined) {
    refuse(moment, REPEATED, WHY_ANSWER);
    return;
  }
  state.link.answeredId = sent.itemId;
  state.link.answerMs = spanMs(moment.nowMs, state.link.sentMs);
  // The answer to a result brings no command: another one may wait, and the next beat is far.
  if (item.what >= WORD_LOCATE && item.letter === "o") askPlatform(moment, false);
  if (sent.letter === "a") settleActivation(moment);
  if (sent.letter === "h") state.beat.faults = 0;
  if (sent.letter === "b") {
    answerBeat(moment);
    readyOther(moment);
    noteCounts(moment);
    tellHealth(moment);
  } else log(moment, LOG_DELIVERED, sent.number, LETTERS.indexOf(sent.letter));
  if (sent.letter === "c" && !isOpen(state)) {
    giveCue(moment, "checkinDelivered");
    tellLevel(moment);
  }
}

/**
 * Does what was heard: delivered first, then the word, then the answer to it. `address` is -1 for
 * what came as a text: the seal counts and not the number, and the answer goes to the one provisioned.
 */
export function takeHeard(moment: Moment, heard: Heard, address: number): void {
  const state = moment.pager;
  const link = state.link;
  const ended = heard.ended;
  if (ended !== undefined && link.flight !== undefined && link.flight.itemId === ended.itemId) {
    link.flight = undefined;
  }
  if (heard.delivered !== undefined) settle(moment, heard.delivered);
  if (heard.word !== undefined) obey(moment, heard.word, heard.wordPiv);
  if (heard.challenged === true) askPlatform(moment, false);
  if (heard.doubtful === true) {
    const sinceMs = spanMs(moment.nowMs, link.unfreshMs);
    if (sinceMs < 0 || sinceMs >= UNFRESH_POLL_MS || state.counts[UNFRESH] === 1) {
      link.unfreshMs = moment.nowMs;
      askPlatform(moment, address < 0);
    }
  }
  if (address < 0) {
    if (heard.answer !== undefined) textPlatform(moment, 0, heard.answer);
    return;
  }
  if (heard.answer !== undefined) {
    moment.effects.push({ kind: "send", address: address, bytes: heard.answer });
  }
  const authentic = heard.delivered !== undefined || heard.answer !== undefined;
  if (!authentic) return;
  state.beat.lost = false;
  if (address < link.ownWays) link.address = address;
}
