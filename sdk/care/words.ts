// The word that an alarm's pager has still to be told: a pure reducer over events.
// One an alarm: closed takes the place of taken, because a pager that is told both needs the last.

import type { Event, Word } from "../events.ts";

export interface WordRow {
  pager: string;
  /** The alarm's id, and its number as the pager knows it. */
  alarm: string;
  number: number;
  word: Word;
  queuedAtMs: number;
}

/** The word that waits after `event`; undefined when none does. */
export function reduceWord(row: WordRow | undefined, event: Event): WordRow | undefined {
  if (!("alarm" in event) || event.alarm === undefined) return row;
  switch (event.kind) {
    case "alarmTaken":
      return wordOf(event.pager, event.alarm, "taken", event.atMs);
    case "alarmClosed":
      return wordOf(event.pager, event.alarm, "closed", event.atMs);
    case "wordObeyed":
      return row?.word === event.word ? undefined : row;
    case "alarmReopened":
      return undefined;
    default:
      return row;
  }
}

function wordOf(pager: string, alarm: string, word: Word, queuedAtMs: number): WordRow {
  const number = Number(alarm.slice(alarm.lastIndexOf("/") + 1));
  return { pager, alarm, number, word, queuedAtMs };
}
