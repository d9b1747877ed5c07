// What the pager says back to the platform's words: the one result of each, on flash before it leaves.
// Decides no outcome; an id that is said again gets the same result again [wire §4.5].

import { LOG_COMMAND, OUTCOMES_MAX } from "../../protocol/log-events.ts";
import { WORD_REOPENED } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { noteCommand } from "./journal.ts";
import { RESULT_AGAIN_MS } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import { isFull, putItem, takeItem } from "./outbox.ts";
import { findCommand, findResult, PENDING, putCommand } from "./outcomes.ts";

/**
 * The same result isn't put twice, and not again at once for a word that was on its way. Of a word
 * about an alarm it takes the place of one that still waits: the platform must not hear that behind
 * this, nor take it for the result of the same word said again. True where it was put.
 */
export function putResult(moment: Moment, what: number, number: number): boolean {
  const state = moment.pager;
  if (findResult(state, what, number) !== undefined) return false;
  let before = -1;
  for (let i = 0; what <= WORD_REOPENED && i < state.outbox.length; i++) {
    const item = state.outbox[i];
    const own = item.letter === "o" && item.number === number && item.what <= WORD_REOPENED;
    if (own) before = item.id;
  }
  const last = state.result;
  const sinceMs = spanMs(moment.nowMs, last.atMs);
  const same = last.what === what && last.number === number;
  if ((same && sinceMs >= 0 && sinceMs < RESULT_AGAIN_MS) || isFull(state)) return false;
  state.result = { what: what, number: number, atMs: moment.nowMs };
  putItem(moment, "o", number, what);
  // Behind the new one: after a cut between the two the alarm's stage follows from it.
  takeItem(moment, before);
  return true;
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
  const known = findCommand(moment.pager, id);
  // A start finds what had ended: it ends in one way.
  const first = known === undefined || known.outcome === PENDING;
  if (first) putCommand(moment.pager, what, id, outcome, detail);
  // A result that waits is written with its command.
  const written = putResult(moment, what, id);
  if (first && !written) noteCommand(moment, id);
  log(moment, LOG_COMMAND, 0, what * OUTCOMES_MAX + outcome);
}
