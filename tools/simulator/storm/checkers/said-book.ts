// What a pager has taken upon itself to deliver besides alarms: check-ins, further holds, mistakes.
// Each waits from the line of the pager's log until the store has it.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { checkInBefore } from "./first-names.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent } from "./recent.ts";

/** The line of a check-in, before its number. */
export const CHECK_IN = "check-in ";

export interface SaidEntry {
  readonly pager: string;
  /** Its pager may have lost it with a journal that could not be written. */
  excused: boolean;
}

export interface SaidBook {
  /** The name of what now waits, or has come. */
  take(event: WorldEvent): string | undefined;
  find(name: string): SaidEntry | undefined;
  names(): Iterable<string>;
}

const MISTAKES_KEPT = 5000;

const mistakeOf = (alarm: string) => `mistake ${alarm}`;
const moreOf = (alarm: string) => `further hold ${alarm}`;
const checkInOf = (pager: string, number: string) => `check-in ${pager}/${number}`;

function nameOfLine({ pager, alarm, text }: Extract<WorldEvent, { kind: "log" }>) {
  if (text === "held again") return moreOf(alarm);
  if (text.startsWith("mistake")) return mistakeOf(alarm);
  const number = text.startsWith(CHECK_IN) ? text.slice(CHECK_IN.length) : "";
  // "Joins those that wait" is none of its own.
  return /^\d+$/.test(number) ? checkInOf(pager, number) : undefined;
}

function nameOfEvent(event: Event): string | undefined {
  if (event.kind === "checkedIn") return checkInOf(event.pager, `${event.number}`);
  if (!("letter" in event)) return undefined;
  if (event.letter === "m") return moreOf(event.alarm);
  return event.letter === "x" ? mistakeOf(event.alarm) : undefined;
}

export function createSaidBook(): SaidBook {
  const doubt = createJournalDoubt();
  const waiting = new Map<string, SaidEntry>();
  /** Stored: a second one while the first still waits for its answer is not sent. */
  const mistakes = createRecent<string, true>(MISTAKES_KEPT);

  /** A check-in that goes on under other keys has another number there. */
  function takeAnew({ pager, text, number }: Extract<WorldEvent, { kind: "log" }>) {
    const before = checkInOf(pager, checkInBefore(text));
    const entry = waiting.get(before);
    if (entry === undefined) return undefined;
    const name = checkInOf(pager, `${number}`);
    waiting.delete(before);
    waiting.set(name, entry);
    return name;
  }

  function takeLine(line: Extract<WorldEvent, { kind: "log" }>): string | undefined {
    if (checkInBefore(line.text) !== "") return takeAnew(line);
    const name = nameOfLine(line);
    if (name === undefined || mistakes.has(name)) return undefined;
    waiting.set(name, { pager: line.pager, excused: doubt.isStranded(line.pager) });
    return name;
  }

  function takeStored(event: Event): string | undefined {
    const name = nameOfEvent(event);
    if (name === undefined) return undefined;
    if ("letter" in event && event.letter === "x") mistakes.set(name, true);
    waiting.delete(name);
    return name;
  }

  function takeOff(pager: string): void {
    // A full page on a low battery takes a number for a check-in, and not the check-in itself.
    if (!doubt.inDoubt(pager) && !doubt.isLow(pager)) return;
    for (const entry of waiting.values()) if (entry.pager === pager) entry.excused = true;
  }

  return {
    take(event) {
      doubt.take(event);
      if (event.kind === "off") takeOff(event.pager);
      if (event.kind === "log") return takeLine(event);
      return event.kind === "stored" ? takeStored(event.event) : undefined;
    },
    find: (name) => waiting.get(name),
    names: () => waiting.keys(),
  };
}
