// The answers of the gateway, sealed: the bare one and the one with content. Pure.
// A bare answer is the same octets each time; content never goes under a request's number.

import {
  ACK,
  BAD_REQUEST,
  CHANGED,
  CON,
  encodePacket,
  NON,
  NOT_FOUND,
  type Packet,
  UNAUTHORIZED,
} from "../../protocol/coap.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { WORD, WORD_CLOSED, WORD_TAKEN, WORD_TIME } from "../../protocol/messages.ts";
import { type Context, type Origin, sealAnswer } from "../../protocol/oscore.ts";
import type { WordRow } from "../care/words.ts";
import type { Refusal } from "./counters.ts";

/** 2020-01-01T00:00:00Z, where the wire's seconds begin [wire §6]. */
const EPOCH_2020_MS = 1_577_836_800_000;

export interface Content {
  what: number;
  value: number;
}

export function contentOfWord(word: WordRow): Content {
  return { what: word.word === "taken" ? WORD_TAKEN : WORD_CLOSED, value: word.number };
}

export function contentOfTime(nowMs: number): Content {
  return { what: WORD_TIME, value: Math.floor((nowMs - EPOCH_2020_MS) / 1000) };
}

export function payloadOf(machine: Machine, content: Content): Bytes {
  return encodeMessage(machine, WORD, content);
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

/**
 * The unprotected error of an authentic-looking but refused request [RFC 8613 §8.2]: header and
 * token only, so that it is never longer than the request; undefined where silence is due.
 */
export function errorAnswer(
  machine: Machine,
  request: Packet,
  refusal: Refusal,
): Bytes | undefined {
  const code = ERROR_CODES[refusal];
  if (code === undefined || request.type !== CON) return undefined;
  return encodePacket(machine, { ...plainAnswer(machine, request), code });
}

// internal

const ERROR_CODES: Partial<Record<Refusal, number>> = {
  "bad-tag": BAD_REQUEST,
  undecodable: BAD_REQUEST,
  "too-old": UNAUTHORIZED,
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
