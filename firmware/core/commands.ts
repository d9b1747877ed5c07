// What the pager does on the platform's word, and what it says back.
// Never steps back: words that come twice, late or out of order change nothing [wire §2.5].

import { LOG_DELIVERED, WHY_ANSWER } from "../../protocol/log-events.ts";
import { WORD_CLOSED, WORD_TAKEN, WORD_TIME, type Word } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { isOpen, stepAlarm } from "./alarm.ts";
import { tellLevel } from "./battery-levels.ts";
import { answerBeat } from "./beat.ts";
import { setClock } from "./clock.ts";
import { REPEATED, UNFRESH } from "./counts.ts";
import { type Heard, refuse } from "./hear.ts";
import { RESULT_AGAIN_MS, UNFRESH_POLL_MS } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, isFull, putItem, rankOf, takeItem } from "./outbox.ts";
import type { Sent } from "./state.ts";

/** "What waits for me?", once. */
function askPlatform(moment: Moment): void {
  const state = moment.pager;
  if (findItem(state, "w") !== undefined) return;
  putItem(moment, "w", isOpen(state) ? state.alarm.number : 0, 0);
}

/** The same result isn't put twice, and not again at once for a word that was on its way. */
function putResult(moment: Moment, what: number, number: number): void {
  const state = moment.pager;
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (item.letter === "o" && item.what === what && item.number === number) return;
  }
  const last = state.result;
  const sinceMs = spanMs(moment.nowMs, last.atMs);
  const same = last.what === what && last.number === number;
  if ((same && sinceMs >= 0 && sinceMs < RESULT_AGAIN_MS) || isFull(state)) return;
  state.result = { what: what, number: number, atMs: moment.nowMs };
  putItem(moment, "o", number, what);
}

/** Outcomes of a command [protocol/codes.ts]. */
export const DONE = 0;
export const FAILED = 3;
export const BUSY = 4;

/** The one result of a command; not again while it waits [wire §4.5]. */
export function putOutcome(
  moment: Moment,
  what: number,
  id: number,
  outcome: number,
  detail: number,
): void {
  const outbox = moment.pager.outbox;
  for (let i = 0; i < outbox.length; i++) {
    const item = outbox[i];
    if (item.letter === "o" && item.number === id && item.what % 32 === what) return;
  }
  putItem(moment, "o", id, what + outcome * 32 + detail * 256);
}

function obey(moment: Moment, word: Word): void {
  switch (word.what) {
    case WORD_TIME:
      setClock(moment, word.value, "platform");
      break;
    // The result is written first: after a cut right behind it the alarm's stage follows from it,
    // while a stage without its result would leave the platform waiting.
    case WORD_TAKEN:
      putResult(moment, word.what, word.value);
      stepAlarm(moment, word.value, "taken");
      break;
    case WORD_CLOSED:
      putResult(moment, word.what, word.value);
      stepAlarm(moment, word.value, "closed");
      break;
  }
}

/** The platform has stored it: out of the outbox, and the wearer is told. */
function settle(moment: Moment, sent: Sent): void {
  const state = moment.pager;
  if (sent.letter === "s" && findItem(state, "s") !== undefined) {
    stepAlarm(moment, sent.number, "delivered");
    return;
  }
  if (takeItem(moment, sent.itemId) === undefined) {
    refuse(moment, REPEATED, WHY_ANSWER);
    return;
  }
  state.link.answeredId = sent.itemId;
  state.link.answerMs = spanMs(moment.nowMs, state.link.sentMs);
  if (sent.letter === "b") answerBeat(moment);
  else log(moment, LOG_DELIVERED, sent.number, rankOf(sent.letter));
  if (sent.letter === "c" && !isOpen(state)) {
    giveCue(moment, "checkinDelivered");
    tellLevel(moment);
  }
}

/** Does what was heard: delivered first, then the word, then the answer to it. */
export function takeHeard(moment: Moment, heard: Heard, address: number): void {
  const state = moment.pager;
  const link = state.link;
  const ended = heard.ended;
  if (ended !== undefined && link.flight !== undefined && link.flight.itemId === ended.itemId) {
    link.flight = undefined;
  }
  if (heard.delivered !== undefined) settle(moment, heard.delivered);
  if (heard.word !== undefined) obey(moment, heard.word);
  if (heard.challenged === true) askPlatform(moment);
  if (heard.doubtful === true) {
    const sinceMs = spanMs(moment.nowMs, link.unfreshMs);
    if (sinceMs < 0 || sinceMs >= UNFRESH_POLL_MS || state.counts[UNFRESH] === 1) {
      link.unfreshMs = moment.nowMs;
      askPlatform(moment);
    }
  }
  if (heard.answer !== undefined) {
    moment.effects.push({ kind: "send", address: address, bytes: heard.answer });
  }
  const authentic = heard.delivered !== undefined || heard.answer !== undefined;
  if (authentic) {
    link.address = address;
    state.beat.lost = false;
  }
}
