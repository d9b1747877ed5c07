// A line without a replay window: help is believed at once, all else waits for a proof [wire §1.3].
// Nothing is stored twice meanwhile: what was stored is marked, in memory and on disk, as ever.

import { markPiv } from "../../protocol/replay.ts";
import { askingAnswer } from "./answer.ts";
import { makeBuckets } from "./buckets.ts";
import { nextPiv } from "./lines.ts";
import {
  answer,
  answerBare,
  type GatewayParts,
  keep,
  type Opened,
  type Refuse,
  readOpened,
  sourceOf,
} from "./opened.ts";
import type { Reading, Unreadable } from "./reading.ts";
import { nameOf, resultOf, wordFor } from "./trace-words.ts";

export interface Proofs {
  /** Whether the request is known to be no old one. An Echo that it brings begins the window anew. */
  isShown(opened: Opened): boolean;
  /** Asks for Echo in the answer. A call for help is stored at once, and marked as unproven. */
  ask(refuse: Refuse, opened: Opened): Promise<void>;
}

/**
 * Each asking takes a number of the platform, so that whoever sends copies of old requests must not
 * get one each. Per key identifier and source; calls for help take none of these.
 */
const ASK_RATE = { perSecond: 1, burst: 8 };

export function makeProofs(parts: GatewayParts): Proofs {
  const asks = makeBuckets(parts.clock, ASK_RATE);
  return {
    isShown(opened) {
      const { line, packet } = opened;
      if (line.windowLost && parts.echoes.isFresh(line, packet)) beginAnew(parts, opened);
      return !line.windowLost;
    },
    async ask(refuse, opened) {
      const reading = readOpened(parts, opened);
      if (isCall(reading)) await storeUnproven(parts, refuse, opened, reading);
      else if (asks.take(sourceOf(opened.request))) await askAgain(parts, refuse, opened);
      else refuse("unproven");
    },
  };
}

// internal

type Call = Reading & { fact: { kind: "alarm" } };

function isCall(reading: Reading | Unreadable): reading is Call {
  return typeof reading !== "string" && reading.fact?.kind === "alarm";
}

/**
 * RFC 8613 B.1.2: the number of the proof is the bottom of the window, and all below it is refused.
 * What was stored unproven is marked as seen above it: a copy of it gets its bare answer as ever,
 * while what was not stored is never answered as if it were.
 */
function beginAnew(parts: GatewayParts, { line, request }: Opened): void {
  line.windowLost = false;
  line.bottom = request.piv;
  parts.counters.proven += 1;
  parts.trace(`${line.pager} proven by piv ${request.piv}`);
  // With the request's own entry, which is added behind it, in one transaction.
  void keep(parts, { fact: { kind: "proven", pager: line.pager, kid: line.kid }, line });
}

async function storeUnproven(
  parts: GatewayParts,
  refuse: Refuse,
  opened: Opened,
  reading: Call,
): Promise<void> {
  const { line, request } = opened;
  const name = nameOf(line, reading);
  parts.counters["stored-unproven"] += 1;
  if (reading.unread === true) parts.counters.unread += 1;
  parts.trace(`${name} opened ${wordFor(reading)} piv ${request.piv} unproven`);
  // The number only: where it came from and what it says of the pager may be old.
  markPiv(line.window, request.piv);
  parts.texts.note(request);
  const piv = nextPiv(line);
  const stored = await keep(parts, { fact: { ...reading.fact, unproven: true }, line });
  if (stored === undefined) return refuse("not-stored");
  if (stored.receipt !== undefined) parts.trace(`${name} stored ${resultOf(stored.receipt)}`);
  if (piv === undefined) answerBare(parts, opened, name);
  else answerAsking(parts, opened, { piv, stored: true }, name);
}

async function askAgain(parts: GatewayParts, refuse: Refuse, opened: Opened): Promise<void> {
  const { line } = opened;
  const piv = nextPiv(line);
  const stored = piv === undefined ? undefined : await keep(parts, { line });
  if (piv === undefined || stored === undefined) return refuse("not-stored");
  refuse("unproven");
  answerAsking(parts, opened, { piv, stored: false }, line.pager);
}

function answerAsking(
  parts: GatewayParts,
  opened: Opened,
  own: { piv: number; stored: boolean },
  name: string,
): void {
  const { line, request, packet } = opened;
  const asking = { ...own, echo: parts.echoes.make(line) };
  const bytes = askingAnswer(parts.machine, line.context, request.origin, packet, asking);
  answer(parts, opened, { name, what: own.stored ? "stored and echo" : "echo", bytes });
}
