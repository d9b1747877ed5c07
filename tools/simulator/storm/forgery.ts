// What a stranger makes out of octets that it heard: cut, bent, forged from the clear parts, rubbish.
// Never changes what it is given, and knows no sender key or recipient key.

import {
  ACK,
  CON,
  decodePacket,
  EMPTY,
  encodePacket,
  NOT_FOUND,
  OSCORE,
  optionValue,
  POST,
} from "../../../protocol/coap.ts";
import { isFault } from "../../../protocol/fault.ts";
import { PIV_MAX } from "../../../protocol/limits.ts";
import {
  decodeOscoreOption,
  encodeOscoreOption,
  encodePiv,
} from "../../../protocol/oscore-option.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { toOctets } from "../../../sdk/octets.ts";
import type { Chance } from "../chance.ts";

const HEADER_OCTETS = 4;
/** 5.03, "service unavailable" [RFC 7252 §12.1]. */
const UNAVAILABLE = 163;
const OVERSIZE = 1400;
const NOTHING = new Uint8Array(0);

/** 1 to n-1 octets of n; the caller has two at least. */
export function cutShort(chance: Chance, bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, chance.between(1, bytes.length - 1));
}

/** One bit changed: header, token, options and payload are hit equally often. */
export function bendBit(chance: Chance, bytes: Uint8Array): Uint8Array {
  const parts = partsOf(bytes);
  const [from, to] = parts[chance.below(parts.length)];
  const copy = bytes.slice();
  copy[chance.between(from, to - 1)] ^= 1 << chance.below(8);
  return copy;
}

/** Four octets that anybody can send: an empty acknowledgement or a reset [RFC 7252 §4.1]. */
export function emptyMessage(type: number, messageId: number): Uint8Array {
  return plain({ type, code: EMPTY, messageId, token: NOTHING });
}

/** 4.04 or 5.03 to this request, protected by nothing. */
export function plainError(chance: Chance, request: Uint8Array | undefined): Uint8Array {
  const packet = request === undefined ? undefined : decodePacket(nodeMachine, request);
  const code = chance.happens(0.5) ? NOT_FOUND : UNAVAILABLE;
  if (packet !== undefined && !isFault(packet)) {
    const { messageId, token } = packet;
    return plain({ type: ACK, code, messageId, token: toOctets(token) });
  }
  return plain({ type: ACK, code, messageId: chance.below(65536), token: noise(chance, 1) });
}

export function messageIdOf(bytes: Uint8Array): number | undefined {
  const packet = decodePacket(nodeMachine, bytes);
  return isFault(packet) ? undefined : packet.messageId;
}

/** Kinds of rubbish in turn; "kid" is made from a datagram of the pager that it names. */
export const RUBBISH = ["noise", "kid", "nothing", "oversize"] as const;

export function makeRubbish(
  chance: Chance,
  kind: (typeof RUBBISH)[number],
  heard: Uint8Array | undefined,
): Uint8Array {
  if (kind === "nothing") return NOTHING.slice();
  if (kind === "oversize") return noise(chance, OVERSIZE);
  const sealed = kind === "kid" && heard !== undefined ? rightKid(chance, heard) : undefined;
  return sealed ?? noise(chance, chance.between(1, 120));
}

// internal

function noise(chance: Chance, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => chance.below(256));
}

function plain(head: {
  type: number;
  code: number;
  messageId: number;
  token: Uint8Array;
}): Uint8Array {
  return toOctets(encodePacket(nodeMachine, { ...head, options: [], payload: NOTHING }));
}

/** A request of a pager that exists, with any number and nothing sealed in it. */
function rightKid(chance: Chance, heard: Uint8Array): Uint8Array | undefined {
  const packet = decodePacket(nodeMachine, heard);
  if (isFault(packet)) return undefined;
  const value = optionValue(packet, OSCORE);
  const option = value === undefined ? undefined : decodeOscoreOption(nodeMachine, value);
  if (option === undefined || isFault(option)) return undefined;
  const piv = encodePiv(nodeMachine, chance.between(0, PIV_MAX));
  const forged = encodePacket(nodeMachine, {
    type: CON,
    code: POST,
    messageId: chance.below(65536),
    token: noise(chance, 1),
    options: [{ number: OSCORE, value: encodeOscoreOption(nodeMachine, { ...option, piv }) }],
    payload: noise(chance, chance.between(9, 40)),
  });
  return toOctets(forged);
}

/** From and to of the parts that have octets: header, token, options, payload. */
function partsOf(bytes: Uint8Array): [number, number][] {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet)) return [[0, bytes.length]];
  const tokenEnd = HEADER_OCTETS + packet.token.length;
  const payloadAt = bytes.length - packet.payload.length;
  const parts: [number, number][] = [
    [0, HEADER_OCTETS],
    [HEADER_OCTETS, tokenEnd],
    [tokenEnd, payloadAt],
    [payloadAt, bytes.length],
  ];
  return parts.filter(([from, to]) => from < to);
}
