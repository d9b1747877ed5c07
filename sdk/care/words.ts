// The word that an alarm's pager has still to be told: a pure reducer over events.
// One an alarm: a later one takes its place, because a pager that is told both needs the last.

import type { Event, Stage, Word } from "../events.ts";

export interface WordRow {
  pager: string;
  /** The alarm's id, and its number as the pager knows it. */
  alarm: string;
  number: number;
  word: Word;
  /** Of "reopened": taken meanwhile. A pager obeys no "taken" of an alarm that is closed to it. */
  thenTaken?: true;
  queuedAtMs: number;
}

const STAGES: Record<Word, Stage> = {
  taken: "taken",
  closed: "closed",
  released: "delivered",
  reopened: "delivered",
};

/** The stage at which the wearer stands who was told this word. */
export function stageTold(word: Word): Stage {
  return STAGES[word];
}

/** The word that waits after `event`; undefined when none does. */
export function reduceWord(row: WordRow | undefined, event: Event): WordRow | undefined {
  if (!("alarm" in event) || event.alarm === undefined) return row;
  const say = (word: Word) => wordOf(event.pager, event.alarm as string, word, event.atMs);
  switch (event.kind) {
    case "alarmTaken":
      return row?.word === "reopened" ? { ...row, thenTaken: true } : say("taken");
    case "alarmClosed":
      return say("closed");
    case "alarmReleased":
      return say(row?.word === "reopened" ? "reopened" : "released");
    // Also where the wearer's own hold opened it: the close may have come to the pager meanwhile.
    case "alarmReopened":
    case "alarmReopenedByDesk":
      return say("reopened");
    case "wordObeyed":
      if (row === undefined && event.again !== undefined) {
        return wordAgain(event.word, event.again, say);
      }
      if (row?.word !== event.word) return row;
      return row.thenTaken === true ? say("taken") : undefined;
    default:
      return row;
  }
}

// internal

/** What leads a pager that was told `told` to the stage at which its alarm stands. */
function wordAgain(told: Word, stage: Stage, say: (word: Word) => WordRow): WordRow {
  if (stage === "closed") return say("closed");
  if (stageTold(told) !== "closed") return say(stage === "taken" ? "taken" : "released");
  return stage === "taken" ? { ...say("reopened"), thenTaken: true } : say("reopened");
}

function wordOf(pager: string, alarm: string, word: Word, queuedAtMs: number): WordRow {
  const number = Number(alarm.slice(alarm.lastIndexOf("/") + 1));
  return { pager, alarm, number, word, queuedAtMs };
}
