// What waits to be told to pagers: words about alarms, and commands, each until its result is in.
// Says what is next and under which key identifier it may be said; sends nothing itself [wire §4.2].

import { RENEW_COMMAND } from "../care/command-names.ts";
import { type CommandRow, hasExpired, isOfCommand, reduceCommand } from "../care/commands.ts";
import { reduceWord, type WordRow } from "../care/words.ts";
import type { Clock } from "../clock.ts";
import { type Event, kidOfAlarm } from "../events.ts";
import type { Store } from "../store/store.ts";

/** What is carried down, one at a time. */
export type Carried = WordRow | CommandRow;

/** Under which context a pager speaks, and from which it was led there by a renewal. */
export interface Speaking {
  kid: string;
  slot: number;
  under?: string;
}

export interface Waiting {
  /** Reads what waits: a restart forgets no word and no command. */
  load(): Promise<void>;
  pagers(): string[];
  commands(): CommandRow[];
  /** The newest of this name that waits for the pager and is not over. */
  command(pager: string, name: string): CommandRow | undefined;
  /** Keeps in step with the store; the pager for whom something else waits now. */
  heed(event: Event): string | undefined;
  /** The pager was just heard. */
  hear(pager: string, speaking: Speaking): void;
  speaking(pager: string): Speaking | undefined;
  /** Reads from the store what was not heard since this process began. */
  findSpeaking(pager: string): Promise<void>;
  /** The next that goes by itself: words first, newest alarm first; then commands in their order. */
  next(pager: string): Carried | undefined;
  /** The next for an answer under this context; commands only where there is room for them. */
  nextFor(pager: string, under: Speaking, room: "words" | "commands"): Carried | undefined;
  /** Its sending was answered; the result is still to come. */
  answered(one: Carried): void;
  /** Whether it goes no more by itself. */
  isOver(one: Carried): boolean;
}

/** After this a word is no longer sent by itself; every answer with content still carries it. */
const WORD_MS_MAX = 24 * 3600 * 1000;
/** A command is less: so long after it was queued, and after its pager was heard, it is sent. */
const COMMAND_MS_MAX = 10 * 60 * 1000;

export function isWord(one: Carried): one is WordRow {
  return "alarm" in one;
}

/** First column of the log, and what it is. */
export function nameOf(one: Carried): string {
  if (isWord(one)) return `${one.alarm} word ${one.word}`;
  return `${one.pager} command ${one.id} ${one.command}`;
}

export function makeWaiting({ store, clock }: { store: Store; clock: Clock }): Waiting {
  const rows = new Map<string, Carried[]>();
  /** Of pagers for whom something waits. */
  const speakings = new Map<string, Speaking>();
  const heardMs = new Map<string, number>();
  const heard = new WeakSet<Carried>();

  const rowsOf = (pager: string): Carried[] => rows.get(pager) ?? [];

  /** Puts `after` in the place of `before`. */
  const put = (pager: string, before: Carried | undefined, after: Carried | undefined): void => {
    const others = rowsOf(pager).filter((one) => one !== before);
    const all = after === undefined ? others : [...others, after].sort(compare);
    if (all.length > 0) {
      rows.set(pager, all);
      return;
    }
    rows.delete(pager);
    speakings.delete(pager);
    heardMs.delete(pager);
  };

  const isExpired = (one: Carried): boolean => !isWord(one) && hasExpired(one, clock.nowMs());

  const isOver = (one: Carried): boolean => {
    const nowMs = clock.nowMs();
    if (isWord(one)) return nowMs - one.queuedAtMs > WORD_MS_MAX;
    const sinceMs = Math.max(one.queuedAtMs, heardMs.get(one.pager) ?? 0);
    return isExpired(one) || nowMs - sinceMs > COMMAND_MS_MAX;
  };

  const heedWord = (event: Event & { alarm: string; pager: string }): string | undefined => {
    const { alarm, pager } = event;
    const row = rowsOf(pager)
      .filter(isWord)
      .find((word) => word.alarm === alarm);
    const next = reduceWord(row, event);
    if (next === row) return undefined;
    put(pager, row, next);
    return pager;
  };

  const heedCommand = (event: Event & { id: number; pager: string }): string | undefined => {
    const { id, pager } = event;
    const row = rowsOf(pager).find((one) => !isWord(one) && one.id === id) as CommandRow;
    const next = reduceCommand(row, event);
    if (next === row) return undefined;
    put(pager, row, next?.state === "waiting" ? next : undefined);
    return pager;
  };

  const dropUnder = (pager: string, kid: string): string => {
    for (const word of rowsOf(pager).filter(isWord)) {
      if (kidOfAlarm(word.alarm) === kid) put(pager, word, undefined);
    }
    return pager;
  };

  return {
    async load() {
      for (const word of await store.words()) put(word.pager, undefined, word);
      for (const row of await store.waitingCommands()) put(row.pager, undefined, row);
    },
    pagers: () => [...rows.keys()],
    commands: () => [...rows.values()].flat().filter((one) => !isWord(one)) as CommandRow[],
    command: (pager, name) =>
      rowsOf(pager).findLast(
        (one): one is CommandRow => !isWord(one) && one.command === name && !isExpired(one),
      ),
    heed(event) {
      if (event.kind === "contextDropped") return dropUnder(event.pager, event.kid);
      if (isOfCommand(event)) return heedCommand(event);
      if (!("alarm" in event) || event.alarm === undefined) return undefined;
      return heedWord({ ...event, alarm: event.alarm });
    },
    hear(pager, speaking) {
      if (!rows.has(pager)) return;
      heardMs.set(pager, clock.nowMs());
      speakings.set(pager, speaking);
    },
    speaking: (pager) => speakings.get(pager),
    async findSpeaking(pager) {
      const [kid] = speakings.has(pager) ? [] : await store.kidsOf(pager);
      const line = kid === undefined ? undefined : await store.line(kid);
      // It may have been heard meanwhile.
      if (line?.link?.heardAtMs === undefined || speakings.has(pager) || !rows.has(pager)) return;
      speakings.set(pager, { kid: line.kid, slot: line.slot, under: line.under });
    },
    next(pager) {
      const speaking = speakings.get(pager);
      return rowsOf(pager).find(
        (one) => !heard.has(one) && !isOver(one) && isObeyed(one, speaking),
      );
    },
    nextFor(pager, under, room) {
      const all = rowsOf(pager).filter((one) => isObeyedUnder(one, under) && !isExpired(one));
      const words = all.filter(isWord);
      const from: Carried[] = words.length > 0 || room === "words" ? words : all;
      return from.find((one) => !heard.has(one)) ?? from[0];
    },
    answered: (one) => void heard.add(one),
    isOver,
  };
}

// internal

function compare(a: Carried, b: Carried): number {
  if (isWord(a) !== isWord(b)) return isWord(a) ? -1 : 1;
  if (isWord(a) && isWord(b)) return b.number - a.number;
  return (a as CommandRow).id - (b as CommandRow).id;
}

/**
 * Whether the pager can still obey it. It gives a context up for good and never returns to it, but
 * the one that it was led away from by a renewal it keeps, and obeys words under it [wire §1.5].
 */
function isObeyed(one: Carried, speaking: Speaking | undefined): boolean {
  if (speaking === undefined) return isWord(one);
  if (!isWord(one)) return isObeyedUnder(one, speaking);
  const kid = kidOfAlarm(one.alarm);
  return kid === speaking.kid || kid === speaking.under;
}

/**
 * An alarm's number means something under its own key identifier only [wire §2.1]. A renewal is not
 * said under a context in the slot that it would overwrite.
 */
function isObeyedUnder(one: Carried, { kid, slot }: Speaking): boolean {
  if (isWord(one)) return kidOfAlarm(one.alarm) === kid;
  return one.command !== RENEW_COMMAND || one.values.slot !== slot;
}
