// Texts to contacts: not before the minute, two of an alarm at most, none once it was delivered.
// Never asks whether one arrives: a network may lose it or double it.

import { PLATFORM_NUMBER } from "../text-path.ts";
import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import { isInHand } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent, listOf, type Recent } from "./recent.ts";
import { toldBy } from "./told.ts";

/** The setting says 60 s; the pager's clock may be a little fast. */
const AFTER_MS = 59900;
const TRIES_MAX = 2;
/** A text that was handed on before the delivery: what a modem needs for it at most, and a minute. */
const LEFT_MS_MAX = 180000;
const KEPT = 2000;
const NEWEST_KEPT = 8;
/** A time that comes late is a wrong one too. */
const WRONG_TIMES: readonly string[] = [
  "networkTimeWrong",
  "platformClockJumps",
  "downLate",
  "modem downLate",
];
const CLOCK = "the clock was wrong, and the pager has no other that goes on behind a reset";

interface Entry {
  readonly raisedMs: number;
  toldMs: number;
  /** By contact. */
  readonly tries: Map<string, number>;
  /** The pager was off since, and then without what it had written last. */
  wasOff: boolean;
  excused: boolean;
}

type TextEvent = Extract<WorldEvent, { kind: "text" | "textLeft" }>;

function createTextsEscalate(judge: Judge) {
  const doubt = createJournalDoubt();
  const alarms: Recent<string, Entry> = createRecent(KEPT);
  /** By pager: the alarms that it may still speak of. */
  const newest = new Map<string, Entry[]>();
  /** By pager and contact: the alarm of the last text. */
  const last: Recent<string, Entry> = createRecent(KEPT);
  let clockWrong = false;

  function begin(alarm: string, pager: string, raisedMs: number): void {
    if (alarm === "" || alarms.has(alarm)) return;
    const entry = { raisedMs, toldMs: Infinity, tries: new Map(), wasOff: false, excused: false };
    alarms.set(alarm, entry);
    const list = listOf(newest, pager);
    list.push(entry);
    if (list.length > NEWEST_KEPT) list.shift();
  }

  function takeText({ pager, alarm, to, atMs }: Extract<TextEvent, { kind: "text" }>) {
    const entry = alarms.get(alarm);
    if (entry === undefined) return judge.broken(`${pager}: a text to ${to} about no alarm`);
    last.set(`${pager} ${to}`, entry);
    const tries = (entry.tries.get(to) ?? 0) + 1;
    entry.tries.set(to, tries);
    const early = atMs - entry.raisedMs < AFTER_MS;
    const fault =
      atMs > entry.toldMs
        ? `behind the delivery at ${entry.toldMs}`
        : tries > TRIES_MAX
          ? `for the ${tries}th time`
          : early
            ? `${atMs - entry.raisedMs} ms behind the hold`
            : undefined;
    if (fault === undefined) return judge.good();
    if (entry.excused) return judge.excused(EXCUSE);
    if (early && entry.wasOff && clockWrong) return judge.excused(CLOCK);
    judge.broken(`${alarm}: a text to ${to} ${fault}`);
  }

  function takeLeft({ pager, to, atMs }: TextEvent) {
    const entry = last.get(`${pager} ${to}`);
    if (entry === undefined || atMs <= entry.toldMs + LEFT_MS_MAX) return judge.good();
    if (entry.excused) judge.excused(EXCUSE);
    else judge.broken(`${pager}: a text to ${to} left, delivered was told at ${entry.toldMs}`);
  }

  function takeOff(pager: string): void {
    const isLost = doubt.inDoubt(pager);
    for (const entry of listOf(newest, pager)) {
      entry.wasOff = true;
      entry.excused = entry.excused || isLost;
    }
  }

  function takeSaid(event: Extract<WorldEvent, { kind: "cue" | "log" }>): void {
    const { alarm, pager, atMs } = event;
    const word = event.kind === "cue" ? event.cue : event.text;
    if (isInHand(word)) begin(alarm, pager, atMs);
    // Where power went before the wearer felt anything, nobody knows when it began.
    else if (word.startsWith("resumed, ")) begin(alarm, pager, -Infinity);
    const entry = toldBy(event) > 0 ? alarms.get(alarm) : undefined;
    if (entry === undefined || entry.toldMs < Infinity) return;
    entry.toldMs = atMs;
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      if (event.kind === "fault") {
        const { name } = event;
        clockWrong ||= WRONG_TIMES.includes(name);
      }
      if (event.kind === "off") takeOff(event.pager);
      if (event.kind === "cue" || event.kind === "log") takeSaid(event);
      if (event.kind === "text" && event.to !== PLATFORM_NUMBER) takeText(event);
      if (event.kind === "textLeft" && event.to !== PLATFORM_NUMBER) takeLeft(event);
    },
  };
}

export const textsEscalate: CheckerKind = {
  name: "texts-escalate",
  rule: "A contact gets two texts of an alarm at most, none in its first minute or once delivered.",
  create: createTextsEscalate,
};
