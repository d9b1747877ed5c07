// What a step of the gateway is called in its trace: the alarm's id first, no position, no key.
// Pure: texts of what was read and stored.

import { declarationOfWord } from "../../protocol/message-lookup.ts";
import { alarmIdOf } from "../events.ts";
import type { Receipt } from "../store/store.ts";
import type { Content } from "./answer.ts";
import type { Line } from "./lines.ts";
import type { Reading } from "./reading.ts";

/** First column of each line of the log: the alarm if there is one, else the pager. */
export function nameOf(line: Line, { fact }: Reading): string {
  if (fact?.kind !== "alarm" && fact?.kind !== "result" && fact?.kind !== "stillOpen") {
    return line.pager;
  }
  return alarmIdOf(line.pager, line.kid, fact.number);
}

export function wordFor({ fact }: Reading): string {
  if (fact === undefined || fact.kind === "stillOpen") return "poll";
  if (fact.kind === "alarm") return `alarm ${fact.letter}`;
  return fact.kind === "result" ? `result ${fact.word}` : fact.kind;
}

/** What an answer brings. */
export function contentName({ what }: Content): string {
  return declarationOfWord(what)?.name ?? `word ${what}`;
}

export function resultOf(receipt: Receipt): string {
  if ("event" in receipt) return `seq ${receipt.event.seq} ${receipt.event.kind}`;
  return "known" in receipt ? "already" : receipt.refused;
}
