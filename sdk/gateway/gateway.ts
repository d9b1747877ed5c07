// One datagram, one straight function: find the line, open, refuse, decode, store, answer.
// No answer leaves before its commit, and nothing but an opened request makes an event.

import { replyToAnswer } from "../../protocol/coap-matching.ts";
import { isFault } from "../../protocol/fault.ts";
import { WORD_ANEW } from "../../protocol/messages.ts";
import { openRequest } from "../../protocol/oscore.ts";
import { type Content, contentAnswer, contentOfTime, errorAnswer } from "./answer.ts";
import { blockOf, takeBlock } from "./block-requests.ts";
import { makeBuckets } from "./buckets.ts";
import { type Datagram, parseDatagram, type SealedRequest } from "./datagram.ts";
import { hear } from "./heard.ts";
import { type Intake, type Lane, makeIntake } from "./intake.ts";
import { type Lines, nextPiv, stateOf } from "./lines.ts";
import {
  answer,
  answerBare,
  beginActive,
  type GatewayParts,
  keep,
  type Opened,
  type Refuse,
  readOpened,
  sourceOf,
} from "./opened.ts";
import { makeProofs, type Proofs } from "./proof.ts";
import type { AnswerKind, Reading } from "./reading.ts";
import { contentName, nameOf, resultOf, wordFor } from "./trace-words.ts";

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
  const proofs = makeProofs(parts);
  let open = 0;

  const refuse: Refuse = (refusal, request, fault) => {
    counters[refusal] += 1;
    parts.trace(`- refused ${refusal}`);
    if (request === undefined) return;
    const error = errorAnswer(machine, request.sealed.packet, refusal, fault);
    if (error === undefined || !errors.take("")) return;
    counters["errors-sent"] += 1;
    parts.send(error, request.from);
  };

  const work = (request: SealedRequest): void => {
    open += 1;
    void serve(parts, proofs, refuse, request).finally(() => {
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
        intake.offer(laneOf(lines, parsed), sourceOf(parsed), parsed);
      } else if (parts.couriers.answered(parsed.packet)) {
        const reply = replyToAnswer(machine, parsed.packet, true);
        if (reply !== undefined) parts.send(reply, datagram.from);
        return;
      } else refuse("stray-answer");
      if (typeof parsed === "string" || parsed.stage === "answer") discover(parts, datagram);
    },
    waiting: intake.waiting,
    pending: () => intake.waiting() + open,
  };
}

// internal

/** A word to strangers, where it was asked for; never by a carrier that costs money. */
function discover(parts: GatewayParts, { bytes, from }: Datagram): void {
  const reply = from.carrier === "udp" ? parts.discovery?.answer(bytes) : undefined;
  if (reply !== undefined) parts.send(reply, from);
}

function laneOf(lines: Lines, request: SealedRequest): Lane {
  const line = lines.cached(request.kid);
  if (line === undefined) return "unloaded";
  return stateOf(line, request.piv) === "new" ? "fresh" : "seen";
}

async function serve(
  parts: GatewayParts,
  proofs: Proofs,
  refuse: Refuse,
  request: SealedRequest,
): Promise<void> {
  const { machine, counters, lines, texts } = parts;
  const line = await lines.find(request.kid);
  if (line === undefined) return refuse("unknown-kid");
  // Memory was thrown away while we waited: this line may know numbers that were never stored.
  if (lines.cached(request.kid) !== line) return refuse("not-stored");

  // From here to the commit nothing waits: two copies of one datagram can't both be new.
  const state = stateOf(line, request.piv);
  if (state === "old") return refuse("too-old", request);
  const packet = openRequest(machine, line.context, request.sealed);
  if (isFault(packet)) {
    const refusal = packet.fault === "not-authentic" ? "bad-tag" : "undecodable";
    return refuse(refusal, request, packet);
  }
  counters.opened += 1;
  const opened: Opened = { line, request, packet };
  const isUsed = state === "seen" && texts.isOther(request);
  if (state === "seen" && !isUsed) return repeat(parts, refuse, opened);
  if (isUsed) suspect(parts, opened);
  if (!proofs.isShown(opened)) return proofs.ask(refuse, opened);
  return take(parts, refuse, opened, isUsed);
}

/** The bare answer again; if the first copy is being stored still, this waits for it. */
async function repeat(parts: GatewayParts, refuse: Refuse, opened: Opened): Promise<void> {
  refuse("replayed");
  if (parts.texts.isByOther(opened.request)) parts.counters["other-carrier"] += 1;
  if ((await keep(parts, {})) === undefined) return;
  answerBare(parts, opened, opened.line.pager);
}

/** A clone, or a pager that lost count: told to people, and heard all the same [wire §1.5]. */
function suspect(parts: GatewayParts, { line, request }: Opened): void {
  const { kid, piv } = request;
  parts.counters["used-numbers"] += 1;
  void keep(parts, { fact: { kind: "usedNumber", pager: line.pager, kid, piv } });
}

/** Stores what the request says, then answers it. Under a number used before only barely. */
async function take(
  parts: GatewayParts,
  refuse: Refuse,
  opened: Opened,
  isUsed: boolean,
): Promise<void> {
  const { counters, trace } = parts;
  const { line, request } = opened;
  const block = isUsed ? undefined : blockOf(parts, opened);
  if (block !== undefined) return takeBlock(parts, refuse, opened, block);
  const reading = readOpened(parts, opened);
  if (typeof reading === "string") return refuse(reading, request);
  const { fact } = reading;
  const name = nameOf(line, reading);
  if (reading.unread === true) counters.unread += 1;
  trace(`${name} opened ${wordFor(reading)} piv ${request.piv}`);
  hear(line, request, fact, parts.clock.nowMs());
  if (line.isPending) beginActive(parts, opened);
  parts.texts.note(request);
  const usual = contentFor(parts, opened, isUsed ? "bare" : reading.answer);
  const piv = usual === undefined ? undefined : nextPiv(line);

  const stored = await keep(parts, { fact, line });
  if (stored === undefined) return refuse("not-stored");
  const { receipt } = stored;
  if (receipt !== undefined) {
    if ("event" in receipt) counters.stored += 1;
    else if (fact?.kind === "alarm") counters["other-carrier"] += 1;
    trace(`${name} stored ${resultOf(receipt)}`);
  }
  const content = (await anewFor(parts, reading)) ?? usual;
  if (content === undefined || piv === undefined) answerBare(parts, opened, name);
  else answerContent(parts, opened, name, { piv, content });
}

/** An alarm under keys that are not here, or not any more, would never be heard [wire §1.2, §2.3]. */
async function anewFor({ lines }: GatewayParts, { asked }: Reading): Promise<Content | undefined> {
  if (asked === undefined || (await lines.find(asked.kid)) !== undefined) return undefined;
  return { what: WORD_ANEW, value: asked.number };
}

function contentFor(parts: GatewayParts, { line }: Opened, kind: AnswerKind): Content | undefined {
  parts.couriers.hear(line);
  if (kind === "bare") return undefined;
  const isRoomy = kind === "content";
  const carried = parts.couriers.contentFor(line, isRoomy ? "commands" : "words");
  return carried ?? (isRoomy ? contentOfTime(parts.clock.nowMs()) : undefined);
}

function answerContent(
  parts: GatewayParts,
  opened: Opened,
  name: string,
  own: { piv: number; content: Content },
): void {
  const { line, request, packet } = opened;
  const bytes = contentAnswer(parts.machine, line.context, request.origin, packet, own);
  answer(parts, opened, { name, what: contentName(own.content), bytes });
}
