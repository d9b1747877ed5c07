// What the pager does on the platform's word, and what it says back.
// Never steps back: words that come twice, late or out of order change nothing [wire §2.5].

import { LOG_COMMAND, LOG_DELIVERED, OUTCOMES_MAX, WHY_ANSWER } from "../../protocol/log-events.ts";
import {
  WORD_CLOSED,
  WORD_LOCATE,
  WORD_TAKEN,
  WORD_TIME,
  type Word,
} from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { cardMark } from "./activation.ts";
import { isOpen, stepAlarm } from "./alarm.ts";
import { answerBeat } from "./beat.ts";
import { setClock } from "./clock.ts";
import { REPEATED, UNFRESH } from "./counts.ts";
import { type Heard, refuse } from "./hear.ts";
import { noteActivated, noteCommand, noteCounts } from "./journal.ts";
import { RESULT_AGAIN_MS, UNFRESH_POLL_MS } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { findItem, isFull, putItem, rankOf, takeItem } from "./outbox.ts";
import { putCommand } from "./outcomes.ts";
import type { Sent } from "./state.ts";

/** "What waits for me?", once. */
function askPlatform(moment: Moment): void {
  const state = moment.pager;
  if (findItem(state, "w") !== undefined) return;
  putItem(moment, "w", isOpen(state) ? state.alarm.number : 0, 0);
}

/** The same result isn't put twice, and not again at once for a word that was on its way. */
export function putResult(moment: Moment, what: number, number: number): void {
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

/**
 * The one result of a command: kept first, so that the same id gets the same result again, and then
 * put to be delivered. Where a repeat would hurt, this comes before what it tells of.
 */
export function putOutcome(
  moment: Moment,
  what: number,
  id: number,
  outcome: number,
  detail: number,
): void {
  noteCommand(moment, putCommand(moment.pager, what, id, outcome, detail));
  putResult(moment, what, id);
  log(moment, LOG_COMMAND, 0, what * OUTCOMES_MAX + outcome);
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

/** Says what the pager is, unless the platform knows it, or there is a chip that nobody can read. */
export function wantActivation(moment: Moment): void {
  const state = moment.pager;
  const card = state.card;
  const known = state.activated && (card.iccid === "" || card.mark === cardMark(moment));
  if (known || card.chip.length === 0 || findItem(state, "a") !== undefined) return;
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
  if (sent.letter === "s" && findItem(state, "s") !== undefined) {
    stepAlarm(moment, sent.number, "delivered");
    return;
  }
  const item = takeItem(moment, sent.itemId);
  if (item === undefined) {
    refuse(moment, REPEATED, WHY_ANSWER);
    return;
  }
  // The answer to a result brings no command: another one may wait, and the next beat is far.
  if (item.what >= WORD_LOCATE && item.letter === "o") askPlatform(moment);
  if (sent.letter === "a") settleActivation(moment);
  if (sent.letter === "b") {
    state.renewal.misses = 0;
    answerBeat(moment);
    noteCounts(moment);
  } else log(moment, LOG_DELIVERED, sent.number, rankOf(sent.letter));
  if (sent.letter === "c" && !isOpen(state)) giveCue(moment, "checkinDelivered");
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
  if (authentic && address < link.ownWays) link.address = address;
}
