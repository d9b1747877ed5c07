// A body pulled block by block: what the asking end keeps and asks, and what the other end serves
// [RFC 7959 §2.4]. Pure: no clock, no storage; where the octets go is the caller's.

import {
  type Block,
  blockAt,
  blockOption,
  octetsOfBlock,
  placeOf,
  type Reply,
  readBlock,
} from "./block.ts";
import { equalBytes } from "./bytes.ts";
import {
  BAD_REQUEST,
  BLOCK_2,
  CHANGED,
  CONTENT,
  ETAG,
  OSCORE,
  optionValue,
  type Packet,
  SIZE_2,
  uintOf,
  uintOption,
  unknownCritical,
} from "./coap.ts";
import type { Option } from "./coap-body.ts";
import { type Fault, isFault, makeFault } from "./fault.ts";
import { BLOCK_EXPONENT, BLOCK_REPEATS_MAX, BODY_RESTARTS_MAX, ETAG_OCTETS_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

/** A plain record: kept across a reset, it goes on where it was. */
export interface Pull {
  /** Octets in hand, and the place of the next block. */
  at: number;
  exponent: number;
  /** Which body it is; no octets before the first block. */
  etag: Bytes;
  /** Of the whole body; -1 until an answer says so. */
  octets: number;
  /** A body that is or says to be longer is refused. */
  octetsMax: number;
  restarts: number;
  repeats: number;
}

/**
 * What an answer was. "block" and "last": its payload belongs to the body at the place that `at`
 * had before. "again": the answer proper was lost, ask for the same block. "restart": the body is
 * another one now, all that is in hand is void. "refused": an error code, nothing to pull.
 */
export type Pulled = "block" | "last" | "again" | "restart" | "refused";

export function newPull(machine: Machine, octetsMax: number): Pull {
  return {
    at: 0,
    exponent: BLOCK_EXPONENT,
    etag: machine.bytes(0),
    octets: -1,
    octetsMax: octetsMax,
    restarts: 0,
    repeats: 0,
  };
}

/** The options of the next request; of the first one also "how long is it?" [RFC 7959 §4]. */
export function pullOptions(machine: Machine, pull: Pull): Option[] {
  const options = [blockOption(machine, BLOCK_2, blockAt(pull.at, pull.exponent, false))];
  if (pull.at === 0) options.push(uintOption(machine, SIZE_2, 0));
  return options;
}

function bad(part: string): Fault {
  return makeFault("bad-block", "block2." + part);
}

function again(pull: Pull): Pulled | Fault {
  pull.repeats += 1;
  return pull.repeats > BLOCK_REPEATS_MAX ? bad("repeats") : "again";
}

function restart(machine: Machine, pull: Pull): Pulled | Fault {
  pull.at = 0;
  pull.etag = machine.bytes(0);
  pull.octets = -1;
  pull.restarts += 1;
  return pull.restarts > BODY_RESTARTS_MAX ? bad("restarts") : "restart";
}

/** What is wrong with the size of a block, or undefined [RFC 7959 §2.2, §2.3]. */
function faultOfSize(pull: Pull, block: Block, octets: number, whole: number): Fault | undefined {
  const end = pull.at + octets;
  const size = octetsOfBlock(block.exponent);
  if (block.more && octets !== size) return bad("size");
  if (octets > size || (octets === 0 && pull.at > 0)) return bad("size");
  if (end > pull.octetsMax || whole > pull.octetsMax) return makeFault("too-long", "block2");
  const fits = block.more ? end < whole : end === whole;
  return whole < 0 || fits ? undefined : bad("more");
}

/**
 * Takes the opened answer to the last request. After a fault the pull is as it was before, and this
 * answer is good for nothing. An answer without a Block2 option is the whole body.
 */
export function stepPull(machine: Machine, pull: Pull, answer: Packet): Pulled | Fault {
  // The bare answer to a repeated request: it was answered before, and that answer is lost.
  if (answer.code === CHANGED && answer.payload.length === 0) return again(pull);
  if (answer.code !== CONTENT) return "refused";
  if (unknownCritical(answer, [OSCORE, BLOCK_2]) !== 0) return makeFault("bad-option", "block2");
  const read = readBlock(answer, BLOCK_2);
  if (isFault(read)) return read;
  const block = read === undefined ? { number: 0, more: false, exponent: pull.exponent } : read;
  if (placeOf(block) !== pull.at || block.exponent > pull.exponent) return bad("number");
  const etag = optionValue(answer, ETAG);
  if (etag === undefined || etag.length === 0 || etag.length > ETAG_OCTETS_MAX) {
    if (block.more || pull.at > 0) return bad("etag");
  } else if (pull.at > 0 && !equalBytes(etag, pull.etag)) {
    return restart(machine, pull);
  }
  const sized = optionValue(answer, SIZE_2);
  const whole = sized === undefined ? pull.octets : uintOf(sized);
  const fault = faultOfSize(pull, block, answer.payload.length, whole);
  if (fault !== undefined) return fault;
  if (etag !== undefined) pull.etag = etag;
  pull.octets = whole;
  pull.exponent = block.exponent;
  pull.at += answer.payload.length;
  pull.repeats = 0;
  return block.more ? "block" : "last";
}

/** A body to be pulled. What has another content has another ETag [RFC 9175 §3.8]. */
export interface Body {
  /** 1 to 8 octets. */
  etag: Bytes;
  octets: number;
  /** A copy of the octets from `from` up to, but not with, `to`; both are within the body. */
  read(from: number, to: number): Bytes;
}

/** One block of the body, as the request wants it, and never a larger one than `exponent` says. */
export function serveBlock(machine: Machine, body: Body, request: Packet, exponent: number): Reply {
  const refused = { code: BAD_REQUEST, options: [], payload: machine.bytes(0) };
  const wanted = readBlock(request, BLOCK_2);
  if (isFault(wanted)) return refused;
  const from = wanted === undefined ? 0 : placeOf(wanted);
  if (from > 0 && from >= body.octets) return refused;
  const fitting = wanted === undefined || wanted.exponent > exponent ? exponent : wanted.exponent;
  const end = from + octetsOfBlock(fitting);
  const more = end < body.octets;
  const options: Option[] = [{ number: ETAG, value: body.etag }];
  if (wanted !== undefined || more) {
    options.push(blockOption(machine, BLOCK_2, blockAt(from, fitting, more)));
  }
  if (from === 0) options.push(uintOption(machine, SIZE_2, body.octets));
  return { code: CONTENT, options: options, payload: body.read(from, more ? end : body.octets) };
}
