// Couriers: one a pager, which carries one word or command down until its pager has answered.
// Each sending has a number of its own, which is on disk before the octets leave [wire §1.2].

import type { Packet } from "../../protocol/coap.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { CommandRow } from "../care/commands.ts";
import type { Clock } from "../clock.ts";
import { type Event, kidOfAlarm } from "../events.ts";
import type { Random } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { Content } from "./answer.ts";
import type { Commits } from "./commits.ts";
import type { Counters } from "./counters.ts";
import type { Source } from "./datagram.ts";
import { makeExpiry } from "./expiry.ts";
import { type Line, type Lines, nextPiv, returnAddress } from "./lines.ts";
import { type Contents, int31, makeContents, makeSendings, type Sendings } from "./sendings.ts";
import { beginSending, type Sending } from "./sms-policy.ts";
import { type Carried, isWord, makeWaiting, nameOf, type Waiting } from "./waiting.ts";

export interface Couriers {
  load(): Promise<void>;
  /** Sends what waits, now that there is a carrier. */
  begin(): void;
  /** Keeps in step with the store; what is new leaves at once. */
  heed(event: Event): void;
  /** The pager was just heard under this line, with something that is known to be new. */
  hear(line: Line): void;
  /**
   * What the next answer under this line carries, if anything waits. Commands only where there is
   * room for them: the answer to an alarm stays short.
   */
  contentFor(line: Line, room: "words" | "commands"): Content | undefined;
  /** The newest command of this name that waits for the pager. */
  waitingCommand(pager: string, name: string): CommandRow | undefined;
  /** Whether the packet is a pager's authentic answer to a sending; ends that re-sending. */
  answered(packet: Packet): boolean;
  /** What is being sealed and stored right now. */
  pending(): number;
  stop(): void;
}

export interface CouriersParts {
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

/** After a failure that another try may cure. */
const RETRY_MS = 30_000;
/** The answer to what was just heard may carry the command: its courier leaves only behind that. */
const BEHIND_ANSWER_MS = 5000;

export function makeCouriers(parts: CouriersParts): Couriers {
  const waiting = makeWaiting(parts);
  const expiry = makeExpiry(parts);
  const state: State = {
    parts,
    waiting,
    contents: makeContents(parts),
    sendings: makeSendings(parts),
    couriers: new Map(),
    departing: 0,
    stopped: false,
  };
  return {
    load: waiting.load,
    begin() {
      for (const row of waiting.commands()) expiry.watch(row);
      for (const pager of waiting.pagers()) void lookAfter(state, pager);
    },
    heed(event) {
      expiry.heed(event);
      const pager = waiting.heed(event);
      if (pager !== undefined) void lookAfter(state, pager);
    },
    hear(line) {
      const { pager, kid, slot, under } = line;
      waiting.hear(pager, { kid, slot, under });
      wake(state, pager, BEHIND_ANSWER_MS);
    },
    contentFor(line, room) {
      const one = waiting.nextFor(line.pager, line, room);
      return one === undefined ? undefined : state.contents.of(one);
    },
    waitingCommand: waiting.command,
    answered: (packet) => answered(state, packet),
    pending: () => state.departing,
    stop() {
      state.stopped = true;
      expiry.stop();
      for (const courier of state.couriers.values()) courier.cancel();
      state.couriers.clear();
    },
  };
}

// internal

/** One on its way. At most one a pager, so that all arrives in order. */
interface Courier {
  one: Carried;
  /** Ends the timer that runs, if one does. */
  cancel(): void;
}

interface State {
  parts: CouriersParts;
  waiting: Waiting;
  contents: Contents;
  sendings: Sendings;
  couriers: Map<string, Courier>;
  departing: number;
  stopped: boolean;
}

async function lookAfter(state: State, pager: string): Promise<void> {
  state.departing += 1;
  try {
    await state.waiting.findSpeaking(pager);
  } catch (error) {
    state.parts.trace(`${pager} held back: ${textOf(error)}`);
  } finally {
    state.departing -= 1;
  }
  wake(state, pager, 0);
}

/** Sees to it that the right one is on its way, and no other. */
function wake(state: State, pager: string, pauseMs: number): void {
  const one = state.stopped ? undefined : state.waiting.next(pager);
  const courier = state.couriers.get(pager);
  if (courier?.one === one) return;
  courier?.cancel();
  state.couriers.delete(pager);
  if (one === undefined) return;
  const next: Courier = { one, cancel: () => undefined };
  state.couriers.set(pager, next);
  if (isWord(one) || pauseMs === 0) void depart(state, next);
  else next.cancel = state.parts.clock.after(pauseMs, () => void depart(state, next));
}

function isOnItsWay(state: State, courier: Courier): boolean {
  return state.couriers.get(courier.one.pager) === courier;
}

async function depart(state: State, courier: Courier): Promise<void> {
  state.departing += 1;
  try {
    if (await leaveOnce(state, courier)) return;
  } catch (error) {
    state.parts.trace(`${nameOf(courier.one)} held back: ${textOf(error)}`);
  } finally {
    state.departing -= 1;
  }
  if (!isOnItsWay(state, courier)) return;
  courier.cancel = state.parts.clock.after(RETRY_MS, () => void depart(state, courier));
}

/**
 * One exchange: a new number, on disk first, then the same octets as often as the carrier allows.
 * False when it can't leave now: the pager has no address yet, or its numbers are used up.
 */
async function leaveOnce(state: State, courier: Courier): Promise<boolean> {
  const { clock, commits, lines, random, trace } = state.parts;
  const { one } = courier;
  if (state.waiting.isOver(one)) {
    state.couriers.delete(one.pager);
    // It may be another's turn now.
    wake(state, one.pager, 0);
    return true;
  }
  const line = await lineTo(state, one);
  await state.contents.find(one);
  if (line === undefined || lines.cached(line.kid) !== line) return false;
  const content = state.contents.of(one);
  const piv = content === undefined ? undefined : nextPiv(line);
  if (content === undefined || piv === undefined) return false;
  const bytes = state.sendings.seal(one, line, { piv, content });
  await commits.add({ line });
  if (!isOnItsWay(state, courier)) return true;
  trace(`${nameOf(one)} sealed piv ${piv}`);
  leave(state, courier, line, bytes);
  const { carrier = "udp" } = wayTo(state, line);
  const sending = beginSending(carrier, { atMs: clock.nowMs(), chance: int31(random) });
  follow(state, courier, sending, line, bytes);
  return true;
}

/**
 * A word goes under its alarm's own key identifier: under another one its number is another alarm's.
 * A command goes under the one that the pager was heard under last.
 */
async function lineTo(state: State, one: Carried): Promise<Line | undefined> {
  const kid = isWord(one) ? kidOfAlarm(one.alarm) : state.waiting.speaking(one.pager)?.kid;
  const line = kid === undefined ? undefined : await state.parts.lines.find(kid);
  if (line === undefined) return undefined;
  return returnAddress(wayTo(state, line)) === undefined ? undefined : line;
}

/** The line that shows where the pager is: it may speak under another context by now. */
function wayTo(state: State, line: Line): Line {
  const { cached } = state.parts.lines;
  const { kid } = state.waiting.speaking(line.pager) ?? line;
  return cached(kid) ?? cached(line.kid) ?? line;
}

/** To the newest authentic address, which may have changed since the last sending. */
function leave(state: State, courier: Courier, line: Line, bytes: Bytes): void {
  const { counters, send, trace } = state.parts;
  const { one } = courier;
  const to = returnAddress(wayTo(state, line));
  if (to === undefined || state.waiting.isOver(one)) return;
  counters[isWord(one) ? "words-sent" : "commands-sent"] += 1;
  trace(`${nameOf(one)} sent ${bytes.length} octets`);
  send(bytes, to);
}

/** Waits for what is due next: the same octets again, or the next exchange. */
function follow(state: State, courier: Courier, sending: Sending, line: Line, bytes: Bytes): void {
  const { clock } = state.parts;
  courier.cancel = clock.after(sending.dueInMs(clock.nowMs()), () => {
    const step = sending.step(clock.nowMs());
    if (step === "over") {
      void depart(state, courier);
      return;
    }
    if (step === "send") leave(state, courier, line, bytes);
    follow(state, courier, sending, line, bytes);
  });
}

function answered(state: State, packet: Packet): boolean {
  const { counters, trace } = state.parts;
  const one = state.sendings.answeredBy(packet);
  if (one === undefined) return false;
  counters[isWord(one) ? "words-answered" : "commands-answered"] += 1;
  trace(`${nameOf(one)} answered`);
  state.waiting.answered(one);
  wake(state, one.pager, 0);
  return true;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
