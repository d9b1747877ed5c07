// The words about alarms and their numbers on the wire, both ways. Data and two look-ups.
// Knows neither the time nor commands, which share the numbering.

import { WORD_CLOSED, WORD_RELEASED, WORD_REOPENED, WORD_TAKEN } from "../../protocol/messages.ts";
import type { Word } from "../events.ts";

const NUMBERS: Record<Word, number> = {
  taken: WORD_TAKEN,
  closed: WORD_CLOSED,
  released: WORD_RELEASED,
  reopened: WORD_REOPENED,
};

export function numberOfWord(word: Word): number {
  return NUMBERS[word];
}

/** Undefined for what is no word about an alarm. */
export function wordOfNumber(what: number): Word | undefined {
  return (Object.keys(NUMBERS) as Word[]).find((word) => NUMBERS[word] === what);
}
