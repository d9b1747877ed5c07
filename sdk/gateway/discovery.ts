// What the gateway tells strangers, where it is told to speak to them: which resources there are, and
// the error by the book for all else. Opens nothing, keeps nothing; silence is the default [wire §3].

import { blockAt, blockOption, octetsOfBlock, placeOf, readBlock } from "../../protocol/block.ts";
import { toText } from "../../protocol/bytes.ts";
import {
  ACCEPT,
  ACK,
  BAD_OPTION,
  BAD_REQUEST,
  BLOCK_2,
  CON,
  CONTENT,
  CONTENT_FORMAT,
  decodePacket,
  encodePacket,
  GET,
  METHOD_NOT_ALLOWED,
  NO_PROXY,
  NON,
  NOT_ACCEPTABLE,
  NOT_FOUND,
  OSCORE,
  optionValue,
  type Packet,
  PROXY_SCHEME,
  PROXY_URI,
  pathOf,
  refusedCritical,
  UNAUTHORIZED,
  URI_HOST,
  URI_PATH,
  URI_PORT,
  URI_QUERY,
  uintOf,
  uintOption,
} from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import { resetFor, usageOf } from "../../protocol/coap-matching.ts";
import { isFault } from "../../protocol/fault.ts";
import { BLOCK_EXPONENT } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { declarationOf, isCallForHelp } from "../../protocol/message-lookup.ts";
import { IMAGE_LETTER, MESSAGES } from "../../protocol/messages.ts";
import { readSealed } from "../../protocol/oscore.ts";
import type { Clock } from "../clock.ts";
import { makeBuckets } from "./buckets.ts";

export interface Discovery {
  /**
   * The reply to a datagram that is none of a pager's, or undefined where silence is due. A pure
   * function of the octets but for the rate, so that a copy gets the same reply [RFC 7252 §4.5].
   */
  answer(bytes: Bytes): Bytes | undefined;
}

/** For all strangers together: a list of resources takes some twenty replies. */
const RATE = { perSecond: 16, burst: 64 };
/** Of no use to anybody who sends with a false address [RFC 9175 §2.4, wire §3]. */
const GAIN_MAX = 3;

/** Content-Formats [RFC 7252 §12.3]. */
const LINK_FORMAT = 40;
const CBOR = 60;
const OCTET_STREAM = 42;

/** The last registered method: iPATCH. */
const METHOD_MAX = 7;

const KNOWN_OPTIONS = [URI_HOST, URI_PORT, URI_PATH, URI_QUERY, ACCEPT, BLOCK_2];

export function makeDiscovery(parts: { machine: Machine; clock: Clock }): Discovery {
  const { machine } = parts;
  const buckets = makeBuckets(parts.clock, RATE);
  const list = Buffer.from(resourceList(), "ascii");
  return {
    answer(bytes) {
      const reply = replyTo(machine, list, bytes);
      if (reply === undefined || reply.length > GAIN_MAX * bytes.length) return undefined;
      return buckets.take("") ? reply : undefined;
    },
  };
}

/** The resources in link format; "osc" says that they take sealed requests only [RFC 8613 §9]. */
export function resourceList(): string {
  const letters = MESSAGES.filter((one) => one.direction === "up").map((one) => one.letter);
  const links = letters.map((letter) => `</${letter}>;rt="onekey";ct=${CBOR};osc`);
  return [...links, `</${IMAGE_LETTER}>;rt="onekey";ct=${OCTET_STREAM};osc`].join(",");
}

// internal

const WELL_KNOWN = [".well-known", "core"];

function replyTo(machine: Machine, list: Uint8Array, bytes: Bytes): Bytes | undefined {
  const packet = decodePacket(machine, bytes);
  // Malformed, only to be reset, or an answer that nobody waits for [RFC 7252 §4.2, §5.3.2].
  if (isFault(packet) || usageOf(packet) !== "request") return resetFor(machine, bytes);
  const error = errorOf(machine, packet);
  if (error === "silence") return undefined;
  if (error === undefined) return listBlock(machine, list, packet, bytes.length);
  // An error to what isn't confirmable helps nobody [wire §3].
  return packet.type === CON ? replyOf(machine, packet, error) : undefined;
}

interface Content {
  code: number;
  options: Option[];
  payload: Bytes;
}

function plain(code: number, text = ""): Content {
  return { code, options: [], payload: Buffer.from(text, "ascii") };
}

/** The error that a request deserves; undefined where it is one for the list. */
function errorOf(machine: Machine, request: Packet): Content | "silence" | undefined {
  if (optionValue(request, OSCORE) !== undefined) {
    // Whole, so for the gateway to judge; or "failed to decode COSE" [RFC 8613 §8.2].
    return isFault(readSealed(machine, request)) ? plain(BAD_OPTION) : "silence";
  }
  const isForwarded = [PROXY_URI, PROXY_SCHEME].some(
    (one) => optionValue(request, one) !== undefined,
  );
  if (isForwarded) return plain(NO_PROXY); // [RFC 7252 §5.10.2]
  const unknown = refusedCritical(request, KNOWN_OPTIONS);
  if (unknown !== 0) return plain(BAD_OPTION, `option ${unknown}`); // [RFC 7252 §5.4.1]
  if (request.code > METHOD_MAX) return plain(METHOD_NOT_ALLOWED); // [RFC 7252 §5.8]
  if (!isForTheList(request)) {
    // What is there wants a sealed request; of what isn't there sealing would change nothing, and
    // nothing is given away: the list is public [RFC 7252 §5.9.2].
    return plain(isResource(pathOf(request)) ? UNAUTHORIZED : NOT_FOUND);
  }
  if (request.code !== GET) return plain(METHOD_NOT_ALLOWED); // [RFC 7252 §5.8]
  const accepted = optionValue(request, ACCEPT);
  if (accepted !== undefined && uintOf(accepted) !== LINK_FORMAT) {
    return plain(NOT_ACCEPTABLE); // [RFC 7252 §5.10.4]
  }
  return undefined;
}

/** Segment by segment: a slash inside of one is none between two. */
function isForTheList(request: Packet): boolean {
  const segments = request.options.filter((option) => option.number === URI_PATH);
  const texts = segments.map(({ value }) => toText(value));
  return texts.length === 2 && texts.every((text, at) => text === WELL_KNOWN[at]);
}

function isResource(path: string): boolean {
  return path === IMAGE_LETTER || isCallForHelp(path) || declarationOf(path) !== undefined;
}

/** A block of the list, of a size that keeps the reply within three times the request. */
function listBlock(
  machine: Machine,
  list: Uint8Array,
  request: Packet,
  octets: number,
): Bytes | undefined {
  const wanted = readBlock(request, BLOCK_2);
  if (isFault(wanted)) return errorTo(machine, request, BAD_REQUEST); // [RFC 7959 §2.2]
  const from = wanted === undefined ? 0 : placeOf(wanted);
  if (from >= list.length) return errorTo(machine, request, BAD_REQUEST);
  for (let exponent = wanted?.exponent ?? BLOCK_EXPONENT; exponent >= 0; exponent--) {
    const end = Math.min(from + octetsOfBlock(exponent), list.length);
    const block = blockAt(from, exponent, end < list.length);
    const options = [
      uintOption(machine, CONTENT_FORMAT, LINK_FORMAT),
      blockOption(machine, BLOCK_2, block),
    ];
    const content = { code: CONTENT, options, payload: list.subarray(from, end) };
    const reply = replyOf(machine, request, content);
    if (reply.length <= GAIN_MAX * octets) return reply;
  }
  return undefined;
}

function errorTo(machine: Machine, request: Packet, code: number): Bytes | undefined {
  return request.type === CON ? replyOf(machine, request, plain(code)) : undefined;
}

/** Piggybacked, or not confirmable like the request, and then under its message id. */
function replyOf(machine: Machine, request: Packet, content: Content): Bytes {
  const { messageId, token } = request;
  const type = request.type === CON ? ACK : NON;
  return encodePacket(machine, { type, messageId, token, ...content });
}
