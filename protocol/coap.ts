// CoAP packets: four octets of header, token, options, payload [RFC 7252 §3].
// Never decides what a packet means: that is for OSCORE and for the message codec.

import { copyBytes, fromText, getUint, putBytes, putUint, shiftDown, toText } from "./bytes.ts";
import { type Option, putBody, readBody, sizeOfBody, sortOptions } from "./coap-body.ts";
import { type Fault, isFault, makeFault } from "./fault.ts";
import { DATAGRAM_OCTETS_MAX, TOKEN_OCTETS_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

/** Types [RFC 7252 §3]. */
export const CON = 0;
export const NON = 1;
export const ACK = 2;
export const RST = 3;

/** Codes as class × 32 + detail: 2.04 is 68 [RFC 7252 §12.1]. */
export const EMPTY = 0;
export const GET = 1;
export const POST = 2;
export const CHANGED = 68;
export const CONTENT = 69;
/** More blocks, please [RFC 7959 §2.9.1]. */
export const CONTINUE = 95;
export const BAD_REQUEST = 128;
export const UNAUTHORIZED = 129;
export const BAD_OPTION = 130;
export const NOT_FOUND = 132;
export const METHOD_NOT_ALLOWED = 133;
export const NOT_ACCEPTABLE = 134;
/** Blocks are missing [RFC 7959 §2.9.2]. */
export const INCOMPLETE = 136;
export const TOO_LARGE = 141;
export const NO_PROXY = 165;

/** Option numbers [RFC 7252 §12.2, RFC 7959 §2.1, RFC 8613 §2, RFC 9175 §2.2, §3.2]. */
export const IF_MATCH = 1;
export const URI_HOST = 3;
export const ETAG = 4;
export const URI_PORT = 7;
export const LOCATION_PATH = 8;
export const OSCORE = 9;
export const URI_PATH = 11;
export const CONTENT_FORMAT = 12;
export const URI_QUERY = 15;
export const HOP_LIMIT = 16;
export const ACCEPT = 17;
export const LOCATION_QUERY = 20;
export const BLOCK_2 = 23;
export const BLOCK_1 = 27;
export const SIZE_2 = 28;
export const PROXY_URI = 35;
export const PROXY_SCHEME = 39;
export const SIZE_1 = 60;
export const ECHO = 252;
export const REQUEST_TAG = 292;

export interface Packet {
  /** CON, NON, ACK or RST. */
  type: number;
  /** Class × 32 + detail. */
  code: number;
  /** 0 to 65535. */
  messageId: number;
  /** 0 to 8 octets. */
  token: Bytes;
  options: Option[];
  /** No octets where there is none. */
  payload: Bytes;
}

const PATH = "coap";
const HEADER_OCTETS = 4;

/** The datagram of a packet. The options may be in any order; of one number they keep theirs. */
export function encodePacket(machine: Machine, packet: Packet): Bytes {
  const token = packet.token;
  const options = sortOptions(packet.options);
  const bodyAt = HEADER_OCTETS + token.length;
  const bytes = machine.bytes(bodyAt + sizeOfBody(options, packet.payload));
  bytes[0] = 64 + packet.type * 16 + token.length;
  bytes[1] = packet.code;
  putUint(bytes, 2, packet.messageId, 2);
  putBytes(bytes, HEADER_OCTETS, token);
  putBody(bytes, bodyAt, options, packet.payload);
  return bytes;
}

/** Classes 1, 6 and 7 are reserved, and class 0 of a message with octets needs a detail. */
function faultOfCode(code: number, length: number): Fault | undefined {
  const codeClass = shiftDown(code, 32);
  if (codeClass === 1 || codeClass > 5) return makeFault("bad-code", PATH);
  if (code === EMPTY && length > HEADER_OCTETS) return makeFault("bad-empty", PATH);
  return undefined;
}

/** The packet of a datagram, or what is wrong with it. */
export function decodePacket(machine: Machine, bytes: Bytes): Packet | Fault {
  if (bytes.length > DATAGRAM_OCTETS_MAX) return makeFault("too-long", PATH);
  if (bytes.length < HEADER_OCTETS) return makeFault("truncated", PATH);
  const high = shiftDown(bytes[0], 16);
  if (high < 4 || high > 7) return makeFault("bad-version", PATH);
  const tokenLength = bytes[0] % 16;
  if (tokenLength > TOKEN_OCTETS_MAX) return makeFault("bad-token", PATH);
  const bodyAt = HEADER_OCTETS + tokenLength;
  if (bytes.length < bodyAt) return makeFault("truncated", PATH);
  const codeFault = faultOfCode(bytes[1], bytes.length);
  if (codeFault !== undefined) return codeFault;
  const body = readBody(machine, bytes, bodyAt, PATH);
  if (isFault(body)) return body;
  return {
    type: high - 4,
    code: bytes[1],
    messageId: getUint(bytes, 2, 2),
    token: copyBytes(machine, bytes, HEADER_OCTETS, bodyAt),
    options: body.options,
    payload: body.payload,
  };
}

function isRepeatable(number: number): boolean {
  return number === IF_MATCH || number === URI_PATH || number === URI_QUERY;
}

/**
 * Number of the first critical option (an odd one) that is not in `known`, or that stands twice
 * where it may stand once; 0 where there is none. Such a packet is refused: 4.02 to a confirmable
 * request, silence to others [RFC 7252 §5.4.1, §5.4.5].
 */
export function unknownCritical(packet: Packet, known: number[]): number {
  let previous = 0;
  for (let i = 0; i < packet.options.length; i++) {
    const number = packet.options[i].number;
    if (number % 2 === 1) {
      if (known.indexOf(number) < 0) return number;
      if (number === previous && !isRepeatable(number)) return number;
    }
    previous = number;
  }
  return 0;
}

/** Critical options of bounded length: number, least and most octets [RFC 7252 §5.10]. */
const CRITICAL_LENGTHS: readonly (readonly [number, number, number])[] = [
  [IF_MATCH, 0, 8],
  [URI_HOST, 1, 255],
  [URI_PORT, 0, 2],
  [URI_PATH, 0, 255],
  [URI_QUERY, 0, 255],
  [ACCEPT, 0, 2],
  [BLOCK_2, 0, 3],
  [BLOCK_1, 0, 3],
];

function isOfLength(option: Option): boolean {
  const length = option.value.length;
  for (let i = 0; i < CRITICAL_LENGTHS.length; i++) {
    const row = CRITICAL_LENGTHS[i];
    if (row[0] === option.number) return length >= row[1] && length <= row[2];
  }
  return true;
}

/** The same of a request, where a length that an option can't have counts too [RFC 7252 §5.4.3]. */
export function refusedCritical(request: Packet, known: number[]): number {
  const unknown = unknownCritical(request, known);
  for (let i = 0; i < request.options.length; i++) {
    const option = request.options[i];
    if (option.number === unknown) return unknown;
    if (!isOfLength(option)) return option.number;
  }
  return 0;
}

/** Value of the first option with this number, or undefined. */
export function optionValue(packet: Packet, number: number): Bytes | undefined {
  for (let i = 0; i < packet.options.length; i++) {
    if (packet.options[i].number === number) return packet.options[i].value;
  }
  return undefined;
}

const UINT_OCTETS_MAX = 4;

/** An option with a number in it, in the fewest octets: 0 in none [RFC 7252 §3.2]. */
export function uintOption(machine: Machine, number: number, value: number): Option {
  let size = 0;
  for (let rest = value; rest > 0; rest = shiftDown(rest, 256)) size += 1;
  const bytes = machine.bytes(size);
  putUint(bytes, 0, value, size);
  return { number: number, value: bytes };
}

/** The number in an option, zeros before it or not; -1 above 2^31 - 1 [RFC 7252 §3.2]. */
export function uintOf(value: Bytes): number {
  return value.length > UINT_OCTETS_MAX ? -1 : getUint(value, 0, value.length);
}

/** The resource of one letter, as the one option that names it. */
export function pathOption(machine: Machine, letter: string): Option {
  return { number: URI_PATH, value: fromText(machine, letter) };
}

/** The path's segments joined by "/"; "" where there is none. Ours have one letter. */
export function pathOf(packet: Packet): string {
  let path = "";
  for (let i = 0; i < packet.options.length; i++) {
    if (packet.options[i].number === URI_PATH) {
      if (path !== "") path += "/";
      path += toText(packet.options[i].value);
    }
  }
  return path;
}
