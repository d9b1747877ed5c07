// One datagram, one straight function: find the line, open, refuse, decode, store, answer.
// No answer leaves before its commit, and nothing but an opened request makes an event.

import type { Packet } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { openRequest } from "../../protocol/oscore.ts";
import { checkPiv, markPiv } from "../../protocol/replay.ts";
import type { Clock } from "../clock.ts";
import { alarmIdOf, type Fact } from "../events.ts";
import type { Receipt } from "../store/store.ts";
import {
  bareAnswer,
  type Content,
  contentAnswer,
  contentOfTime,
  contentOfWord,
  errorAnswer,
} from "./answer.ts";
import { makeBuckets } from "./buckets.ts";
import type { Commits } from "./commits.ts";
import type { Counters, Refusal } from "./counters.ts";
import { type Datagram, parseDatagram, type SealedRequest, type Source } from "./datagram.ts";
import { type Intake, type Lane, makeIntake } from "./intake.ts";
import { type Line, type Lines, nextPiv } from "./lines.ts";
import { type AnswerKind, type Reading, readRequest } from "./reading.ts";
import type { Words } from "./words.ts";

export interface GatewayParts {
  machine: Machine;
  clock: Clock;
  lines: Lines;
  commits: Commits;
  words: Words;
  counters: Counters;
  send(bytes: Bytes, to: Source): void;
  trace(line: string): void;
}

export interface Gateway {
  receive(datagram: Datagram): void;
  /** Datagrams that wait to be opened. */
  waiting(): number;
  /** Datagrams that are neither answered nor refused yet. */
  pending(): number;
}

/** Unprotected errors: few enough to be of no use to anybody who sends with a false address. */
const ERROR_RATE = { perSecond: 10, burst: 20 };

export function makeGateway(parts: GatewayParts): Gateway {
  const { counters, machine, lines } = parts;
  const errors = makeBuckets(parts.clock, ERROR_RATE);
  let open = 0;

  const refuse = (refusal: Refusal, request?: SealedRequest): void => {
    counters[refusal] += 1;
    parts.trace(`- refused ${refusal}`);
    if (request === undefined) return;
    const error = errorAnswer(machine, request.sealed.packet, refusal);
    if (error === undefined || !errors.take("")) return;
    counters["errors-sent"] += 1;
    parts.send(error, request.from);
  };

  const work = (request: SealedRequest): void => {
    open += 1;
    void serve(parts, refuse, request).finally(() => {
      open -= 1;
    });
  };

  const shed = (): void => refuse("shed");
  const intake: Intake<SealedRequest> = makeIntake({ clock: parts.clock, work, shed });

  return {
    receive(datagram) {
      counters.received += 1;
      parts.trace(`- received ${datagram.bytes.length} octets`);
      const parsed = parseDatagram(machine, datagram);
      if (typeof parsed === "string") refuse(parsed);
      else if (parsed.stage === "sealed") {
        const source = `${parsed.kid} ${parsed.from.address}`;
        intake.offer(laneOf(lines, parsed), source, parsed);
      } else if (!parts.words.answered(parsed.packet)) refuse("stray-answer");
    },
    waiting: intake.waiting,
    pending: () => intake.waiting() + open,
  };
}

// internal

type Refuse = (refusal: Refusal, request?: SealedRequest) => void;

function laneOf(lines: Lines, request: SealedRequest): Lane {
  const line = lines.cached(request.kid);
  if (line === undefined) return "unloaded";
  return checkPiv(line.window, request.piv) === "new" ? "fresh" : "seen";
}

async function serve(parts: GatewayParts, refuse: Refuse, request: SealedRequest): Promise<void> {
  const { machine, counters, trace } = parts;
  const line = await parts.lines.find(request.kid);
  if (line === undefined) return refuse("unknown-kid");
  // Memory was thrown away while we waited: this line may know numbers that were never stored.
  if (parts.lines.cached(request.kid) !== line) return refuse("not-stored");

  // From here to the commit nothing waits: two copies of one datagram can't both be new.
  const state = checkPiv(line.window, request.piv);
  if (state === "old") return refuse("too-old", request);
  const packet = openRequest(machine, line.context, request.sealed);
  if (isFault(packet)) {
    return refuse(packet.fault === "not-authentic" ? "bad-tag" : "undecodable", request);
  }
  counters.opened += 1;
  if (state === "seen") return repeat(parts, refuse, line, request);

  const speaker = { pager: line.pager, kid: request.kid, piv: request.piv };
  const reading = readRequest(machine, speaker, packet);
  if (typeof reading === "string") return refuse(reading, request);
  const name = nameOf(line, reading);
  if (reading.unread === true) counters.unread += 1;
  trace(`${name} opened ${wordFor(reading)} piv ${request.piv}`);
  hear(line, request, reading, parts.clock.nowMs());
  const content = contentFor(parts, line, reading.answer);
  const piv = content === undefined ? undefined : nextPiv(line);

  const stored = await keep(parts, { fact: reading.fact, line });
  if (stored === undefined) return refuse("not-stored");
  if (stored.receipt !== undefined && "event" in stored.receipt) counters.stored += 1;
  if (stored.receipt !== undefined) trace(`${name} stored ${resultOf(stored.receipt)}`);
  const own = content === undefined || piv === undefined ? undefined : { piv, content };
  answer(parts, line, request, packet, name, own);
}

/** The bare answer again; if the first copy is being stored still, this waits for it. */
async function repeat(
  parts: GatewayParts,
  refuse: Refuse,
  line: Line,
  request: SealedRequest,
): Promise<void> {
  refuse("replayed");
  if ((await keep(parts, {})) === undefined) return;
  answer(parts, line, request, request.sealed.packet, line.pager, undefined);
}

/** Undefined when it could not be stored: then silence, and the pager sends again. */
async function keep(
  parts: GatewayParts,
  entry: { fact?: Fact; line?: Line },
): Promise<{ receipt?: Receipt } | undefined> {
  try {
    return { receipt: await parts.commits.add(entry) };
  } catch {
    // The one who owns the commits was told why; the counter "not-stored" says how often.
    return undefined;
  }
}

function answer(
  parts: GatewayParts,
  line: Line,
  request: SealedRequest,
  packet: Packet,
  name: string,
  own: { piv: number; content: Content } | undefined,
): void {
  const { machine, counters } = parts;
  const bytes =
    own === undefined
      ? bareAnswer(machine, line.context, request.origin, packet)
      : contentAnswer(machine, line.context, request.origin, packet, own);
  counters.answered += 1;
  const what = own === undefined ? "bare" : CONTENT_NAMES[own.content.what];
  parts.trace(`${name} answered ${what} ${bytes.length} octets`);
  parts.send(bytes, request.from);
}

const CONTENT_NAMES = ["time", "taken", "closed"];

/** Marks the number, and takes the return address from the newest number only [wire §4.3]. */
function hear(line: Line, request: SealedRequest, reading: Reading, nowMs: number): void {
  const isNewest = request.piv > line.window.highest;
  markPiv(line.window, request.piv);
  line.heardAtMs = nowMs;
  if (reading.fact?.kind === "checkIn") line.checkedInAtMs = nowMs;
  if (!isNewest) return;
  line.address = request.from.address;
  line.port = request.from.port;
  const said = saidOf(reading.fact);
  line.batteryPercent = said.batteryPercent ?? line.batteryPercent;
  line.charging = said.charging ?? line.charging;
  line.signalDbm = said.signalDbm ?? line.signalDbm;
}

interface Said {
  batteryPercent?: number;
  charging?: boolean;
  signalDbm?: number;
}

function saidOf(fact: Fact | undefined): Said {
  if (fact?.kind === "beat") return fact.beat;
  return fact?.kind === "alarm" || fact?.kind === "checkIn" ? fact.report : {};
}

function contentFor(parts: GatewayParts, line: Line, kind: AnswerKind): Content | undefined {
  const word = parts.words.waitingFor(line.pager, line.kid);
  if (kind === "bare") return undefined;
  if (word !== undefined) return contentOfWord(word);
  return kind === "content" ? contentOfTime(parts.clock.nowMs()) : undefined;
}

/** First column of each line of the log: the alarm if there is one, else the pager. */
function nameOf(line: Line, reading: Reading): string {
  const fact = reading.fact;
  return fact?.kind === "alarm" || fact?.kind === "result"
    ? alarmIdOf(line.pager, line.kid, fact.number)
    : line.pager;
}

function wordFor(reading: Reading): string {
  const fact = reading.fact;
  if (fact === undefined) return "poll";
  if (fact.kind === "alarm") return `alarm ${fact.letter}`;
  return fact.kind === "result" ? `result ${fact.word}` : fact.kind;
}

function resultOf(receipt: Receipt): string {
  if ("event" in receipt) return `seq ${receipt.event.seq} ${receipt.event.kind}`;
  return "known" in receipt ? "already" : receipt.refused;
}
