// Words on their way down: what a pager must still be told, sent until its result is in [wire §4.2].
// Each sending has a number of its own, which is on disk before the octets leave [wire §1.2].

import { CHANGED, CON, encodePacket, type Packet, POST, pathOption } from "../../protocol/coap.ts";
import { dueInMs, type Exchange, newExchange, stepExchange } from "../../protocol/exchange.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { WORD } from "../../protocol/messages.ts";
import { type Context, type Origin, openAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { reduceWord, type WordRow } from "../care/words.ts";
import type { Clock } from "../clock.ts";
import { type Event, kidOfAlarm } from "../events.ts";
import { hexOf } from "../octets.ts";
import type { Random } from "../random.ts";
import type { Store } from "../store/store.ts";
import { contentOfWord, payloadOf } from "./answer.ts";
import type { Commits } from "./commits.ts";
import type { Counters } from "./counters.ts";
import type { Source } from "./datagram.ts";
import { type Line, type Lines, nextPiv } from "./lines.ts";

export interface Words {
  /** Reads what waits: a restart forgets no word. */
  load(): Promise<void>;
  /** Sends what waits, now that there is a socket. */
  begin(): void;
  /** Keeps in step with the store; a new word leaves at once. */
  heed(event: Event): void;
  /**
   * The word that the next answer under this key identifier carries; the newest alarm's first. An
   * alarm's number means something under its own key identifier only [wire §2.1].
   */
  waitingFor(pager: string, kid: string): WordRow | undefined;
  /** Whether the packet is a pager's authentic answer to a word; ends that word's re-sending. */
  answered(packet: Packet): boolean;
  /** Words that are being sealed and stored right now. */
  pending(): number;
  stop(): void;
}

export interface WordsParts {
  machine: Machine;
  clock: Clock;
  random: Random;
  store: Store;
  lines: Lines;
  commits: Commits;
  counters: Counters;
  send(bytes: Bytes, to: Source): void;
  trace(line: string): void;
}

/** After this a word is no longer sent by itself; every answer with content still carries it. */
const SENDING_MS_MAX = 24 * 3600 * 1000;
/** After a failure that another try may cure. */
const RETRY_MS = 30_000;
/** Answers may be late: those to so many sendings are still known. */
const ORIGINS_MAX = 10_000;
const TOKEN_OCTETS = 4;

export function makeWords(parts: WordsParts): Words {
  const state: State = {
    parts,
    waiting: new Map(),
    lastKids: new Map(),
    couriers: new Map(),
    origins: new Map(),
    heard: new WeakSet(),
    messageId: int31(parts.random) % 65536,
    departing: 0,
  };
  return {
    async load() {
      for (const word of await parts.store.words()) put(state, word.alarm, word, word.pager);
    },
    begin() {
      for (const pager of state.waiting.keys()) wake(state, pager);
    },
    heed: (event) => heed(state, event),
    waitingFor(pager, kid) {
      hearKid(state, pager, kid);
      return unheard(state, pager) ?? rowsUnder(state, pager)[0];
    },
    answered: (packet) => answered(state, packet),
    pending: () => state.departing,
    stop() {
      for (const courier of state.couriers.values()) courier.cancel();
      state.couriers.clear();
    },
  };
}

// internal

/** One pager's word on its way. At most one a pager, so that words arrive in order. */
interface Courier {
  word: WordRow;
  /** Ends the timer that runs, if one does. */
  cancel(): void;
}

interface State {
  parts: WordsParts;
  /** By pager, the newest alarm first. */
  waiting: Map<string, WordRow[]>;
  /** By pager: the key identifier that it speaks under since this process began. */
  lastKids: Map<string, string>;
  couriers: Map<string, Courier>;
  /** By token. */
  origins: Map<string, { context: Context; origin: Origin; word: WordRow }>;
  /** Words whose sending the pager has answered; their results are still to come. */
  heard: WeakSet<WordRow>;
  messageId: number;
  departing: number;
}

function rowsOf(state: State, pager: string): WordRow[] {
  return state.waiting.get(pager) ?? [];
}

/** Those that the pager can still obey: it gives a key identifier up for good, and never returns. */
function rowsUnder(state: State, pager: string): WordRow[] {
  const kid = state.lastKids.get(pager);
  return rowsOf(state, pager).filter((word) => kid === undefined || kidOfAlarm(word.alarm) === kid);
}

function unheard(state: State, pager: string): WordRow | undefined {
  return rowsUnder(state, pager).find((word) => !state.heard.has(word));
}

function hearKid(state: State, pager: string, kid: string): void {
  if (state.lastKids.get(pager) === kid) return;
  state.lastKids.set(pager, kid);
  wake(state, pager);
}

/** Puts `word` in the place of whatever waited for this alarm. */
function put(state: State, alarm: string, word: WordRow | undefined, pager: string): void {
  const others = rowsOf(state, pager).filter((row) => row.alarm !== alarm);
  const rows = word === undefined ? others : [...others, word];
  if (rows.length === 0) state.waiting.delete(pager);
  else
    state.waiting.set(
      pager,
      rows.sort((a, b) => b.number - a.number),
    );
}

function heed(state: State, event: Event): void {
  if (!("alarm" in event) || event.alarm === undefined) return;
  const { alarm, pager } = event;
  const row = rowsOf(state, pager).find((word) => word.alarm === alarm);
  const next = reduceWord(row, event);
  if (next === row) return;
  put(state, alarm, next, pager);
  wake(state, pager);
}

/** Sees to it that the right word is on its way, and no other. */
function wake(state: State, pager: string): void {
  const word = unheard(state, pager);
  const courier = state.couriers.get(pager);
  if (courier?.word === word) return;
  courier?.cancel();
  state.couriers.delete(pager);
  if (word === undefined) return;
  const next: Courier = { word, cancel: () => undefined };
  state.couriers.set(pager, next);
  void depart(state, next);
}

function isOnItsWay(state: State, courier: Courier): boolean {
  return state.couriers.get(courier.word.pager) === courier;
}

async function depart(state: State, courier: Courier): Promise<void> {
  state.departing += 1;
  try {
    if (await leaveOnce(state, courier)) return;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    state.parts.trace(`${courier.word.alarm} word ${courier.word.word} held back: ${why}`);
  } finally {
    state.departing -= 1;
  }
  if (!isOnItsWay(state, courier)) return;
  courier.cancel = state.parts.clock.after(RETRY_MS, () => void depart(state, courier));
}

/**
 * One exchange: a new number, on disk first, then the same octets at 0, 4 and 12 s. False when it
 * can't leave now: the pager has no address yet, or its numbers are used up.
 */
async function leaveOnce(state: State, courier: Courier): Promise<boolean> {
  const { clock, commits, random, trace } = state.parts;
  const { word } = courier;
  if (clock.nowMs() - word.queuedAtMs > SENDING_MS_MAX) {
    state.couriers.delete(word.pager);
    return true;
  }
  const line = await lineTo(state, word);
  if (line !== undefined && state.parts.lines.cached(line.kid) !== line) return false;
  const piv = line === undefined ? undefined : nextPiv(line);
  if (line === undefined || piv === undefined) return false;
  const bytes = seal(state, word, line, piv);
  await commits.add({ line });
  if (!isOnItsWay(state, courier)) return true;
  trace(`${word.alarm} word ${word.word} sealed piv ${piv}`);
  leave(state, courier, line, bytes);
  follow(state, courier, newExchange(clock.nowMs(), int31(random)), line, bytes);
  return true;
}

/** The line of the alarm's own key identifier: under another one its number is another alarm's. */
async function lineTo(state: State, word: WordRow): Promise<Line | undefined> {
  const line = await state.parts.lines.find(kidOfAlarm(word.alarm));
  return line?.address === undefined ? undefined : line;
}

function seal(state: State, word: WordRow, line: Line, piv: number): Bytes {
  const { machine, random } = state.parts;
  const token = random(TOKEN_OCTETS);
  state.messageId = (state.messageId + 1) % 65536;
  const packet: Packet = {
    type: CON,
    code: POST,
    messageId: state.messageId,
    token,
    options: [pathOption(machine, WORD.letter)],
    payload: payloadOf(machine, contentOfWord(word)),
  };
  const origin = { kid: line.context.senderId, piv: encodePiv(machine, piv) };
  state.origins.set(hexOf(token), { context: line.context, origin, word });
  if (state.origins.size > ORIGINS_MAX) {
    state.origins.delete(state.origins.keys().next().value as string);
  }
  return encodePacket(machine, sealRequest(machine, line.context, piv, packet));
}

/** To the newest authentic address, which may have changed since the last sending. */
function leave(state: State, courier: Courier, line: Line, bytes: Bytes): void {
  const { counters, lines, send, trace } = state.parts;
  const { address, port } = lines.cached(line.kid) ?? line;
  if (address === undefined || port === undefined) return;
  counters["words-sent"] += 1;
  const { alarm, word } = courier.word;
  trace(`${alarm} word ${word} sent ${bytes.length} octets`);
  send(bytes, { address, port });
}

/** Waits for what is due next: the same octets again, or the next exchange. */
function follow(
  state: State,
  courier: Courier,
  exchange: Exchange,
  line: Line,
  bytes: Bytes,
): void {
  const { clock } = state.parts;
  courier.cancel = clock.after(dueInMs(exchange, clock.nowMs()), () => {
    const step = stepExchange(exchange, clock.nowMs());
    if (step === "over") {
      void depart(state, courier);
      return;
    }
    if (step === "send") leave(state, courier, line, bytes);
    follow(state, courier, exchange, line, bytes);
  });
}

function answered(state: State, packet: Packet): boolean {
  const sent = state.origins.get(hexOf(packet.token));
  if (sent === undefined) return false;
  const answer = openAnswer(state.parts.machine, sent.context, sent.origin, packet);
  if (isFault(answer) || answer.code !== CHANGED) return false;
  const { alarm, pager, word } = sent.word;
  state.parts.counters["words-answered"] += 1;
  state.parts.trace(`${alarm} word ${word} answered`);
  state.heard.add(sent.word);
  wake(state, pager);
  return true;
}

function int31(random: Random): number {
  const [a, b, c, d] = random(4);
  return ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d;
}
