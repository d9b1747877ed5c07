// The answers of the gateway, sealed: the bare one, and those with content or Echo. Pure.
// A bare answer is the same octets each time; nothing else ever goes under a request's number.

import type { Reply } from "../../protocol/block.ts";
import {
  ACK,
  BAD_OPTION,
  BAD_REQUEST,
  CHANGED,
  CON,
  ECHO,
  encodePacket,
  NON,
  NOT_FOUND,
  type Packet,
  UNAUTHORIZED,
} from "../../protocol/coap.ts";
import type { Fault } from "../../protocol/fault.ts";
import { answerOfFault } from "../../protocol/fault-answer.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { WORD, WORD_TIME } from "../../protocol/messages.ts";
import { type Context, type Origin, sealAnswer } from "../../protocol/oscore.ts";
import type { WordRow } from "../care/words.ts";
import type { Refusal } from "./counters.ts";
import { numberOfWord } from "./word-numbers.ts";

/** 2020-01-01T00:00:00Z, where the wire's seconds begin [wire §6]. */
const EPOCH_2020_MS = 1_577_836_800_000;

export interface Content {
  what: number;
  value: number;
  /** Where there is more to say than these two: all of it, encoded. */
  octets?: Bytes;
}

export function contentOfWord(word: WordRow): Content {
  return { what: numberOfWord(word.word), value: word.number };
}

export function contentOfTime(nowMs: number): Content {
  return { what: WORD_TIME, value: Math.floor((nowMs - EPOCH_2020_MS) / 1000) };
}

export function payloadOf(machine: Machine, content: Content): Bytes {
  return content.octets ?? encodeMessage(machine, WORD, content);
}

/** 2.04 without payload under the request's own nonce: computed again for each repeat [wire §1.1]. */
export function bareAnswer(
  machine: Machine,
  context: Context,
  origin: Origin,
  request: Packet,
): Bytes {
  return sealed(machine, context, origin, undefined, plainAnswer(machine, request));
}

/** 2.04 with `content` under the platform's own number, which was never used before. */
export function contentAnswer(
  machine: Machine,
  context: Context,
  origin: Origin,
  request: Packet,
  own: { piv: number; content: Content },
): Bytes {
  const packet = { ...plainAnswer(machine, request), payload: payloadOf(machine, own.content) };
  return sealed(machine, context, origin, own.piv, packet);
}

/** One block of a body, or what became of one, under the platform's own number. */
export function partAnswer(
  machine: Machine,
  context: Context,
  origin: Origin,
  request: Packet,
  own: { piv: number; reply: Reply },
): Bytes {
  const packet = { ...plainAnswer(machine, request), ...own.reply };
  return sealed(machine, context, origin, own.piv, packet);
}

/**
 * Asks for a proof that the request is no old one: Echo, under the platform's own number. 2.04 says
 * that it is stored all the same, 4.01 that it is not and must be sent again [wire §1.3].
 */
export function askingAnswer(
  machine: Machine,
  context: Context,
  origin: Origin,
  request: Packet,
  own: { piv: number; stored: boolean; echo: Bytes },
): Bytes {
  const packet = {
    ...plainAnswer(machine, request),
    code: own.stored ? CHANGED : UNAUTHORIZED,
    options: [{ number: ECHO, value: own.echo }],
  };
  return sealed(machine, context, origin, own.piv, packet);
}

/**
 * The unprotected error of an authentic-looking but refused request [RFC 8613 §8.2]: header and
 * token only, so that it is never longer than the request; undefined where silence is due.
 */
export function errorAnswer(
  machine: Machine,
  request: Packet,
  refusal: Refusal,
  fault?: Fault,
): Bytes | undefined {
  const code = fault === undefined ? (CODES[refusal] ?? 0) : answerOfFault(fault.fault);
  if (code === 0 || request.type !== CON) return undefined;
  return encodePacket(machine, { ...plainAnswer(machine, request), code });
}

// internal

/** Of what is no fault of its octets. */
const CODES: Partial<Record<Refusal, number>> = {
  // "Replay detected" [RFC 8613 §8.2].
  "too-old": UNAUTHORIZED,
  undecodable: BAD_REQUEST,
  // [RFC 7252 §5.4.1]
  "unknown-option": BAD_OPTION,
  "unknown-resource": NOT_FOUND,
};

/** A non-confirmable answer takes its message id from the request: the same octets each time. */
function plainAnswer(machine: Machine, request: Packet): Packet {
  return {
    type: request.type === CON ? ACK : NON,
    code: CHANGED,
    messageId: request.messageId,
    token: request.token,
    options: [],
    payload: machine.bytes(0),
  };
}

function sealed(
  machine: Machine,
  context: Context,
  origin: Origin,
  ownPiv: number | undefined,
  packet: Packet,
): Bytes {
  return encodePacket(machine, sealAnswer(machine, context, origin, ownPiv, packet));
}
