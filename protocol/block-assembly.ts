// A body put together from the blocks of a push, in order, at its receiving end [RFC 7959 §2.5].
// Pure: takes room only for octets that came, never for a length that somebody announced.

import { type Block, blockOption, octetsOfBlock, placeOf, type Reply, readBlock } from "./block.ts";
import { copyBytes, equalBytes, putBytes } from "./bytes.ts";
import {
  BAD_REQUEST,
  BLOCK_1,
  CHANGED,
  CONTINUE,
  INCOMPLETE,
  optionValue,
  type Packet,
  REQUEST_TAG,
  SIZE_1,
  TOO_LARGE,
  uintOf,
  uintOption,
} from "./coap.ts";
import type { Option } from "./coap-body.ts";
import { isFault } from "./fault.ts";
import { BLOCK_EXPONENT, REQUEST_TAG_OCTETS_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

/** What is held of one body. */
export interface Assembly {
  /** The request's tags, each behind its length: an absent one differs from an empty one. */
  tag: Bytes;
  /** Room for at most twice what came. */
  bytes: Bytes;
  octets: number;
  /** Place of the block that was taken last. */
  lastAt: number;
  complete: boolean;
  /** The caller has the whole and needs it no more. */
  stored: boolean;
}

export interface Assembled {
  reply: Reply;
  /** What is held from now on. */
  held: Assembly | undefined;
  /** The whole: with the last block, and with each copy of it until it is stored. */
  body?: Bytes;
}

/** No tag may be as good as another: all of them, in their order [RFC 9175 §3.3]. */
function tagOf(machine: Machine, request: Packet): Bytes {
  const tags: Bytes[] = [];
  let size = 0;
  for (let i = 0; i < request.options.length; i++) {
    const option = request.options[i];
    if (option.number === REQUEST_TAG && option.value.length <= REQUEST_TAG_OCTETS_MAX) {
      tags.push(option.value);
      size += 1 + option.value.length;
    }
  }
  const joined = machine.bytes(size);
  let at = 0;
  for (let i = 0; i < tags.length; i++) {
    joined[at] = tags[i].length;
    at = putBytes(joined, at + 1, tags[i]);
  }
  return joined;
}

function reply(machine: Machine, code: number, options: Option[]): Reply {
  return { code: code, options: options, payload: machine.bytes(0) };
}

/** "Go on" or "all is here", and from now on in blocks of our size [RFC 7959 §2.3, §2.9.1]. */
function taken(machine: Machine, block: Block): Reply {
  const option = blockOption(machine, BLOCK_1, {
    number: block.number,
    more: block.more,
    exponent: block.exponent > BLOCK_EXPONENT ? BLOCK_EXPONENT : block.exponent,
  });
  return reply(machine, block.more ? CONTINUE : CHANGED, [option]);
}

/** True for a block that was taken last: its answer was lost, and it was sent again. */
function isCopy(held: Assembly, tag: Bytes, block: Block, octets: number): boolean {
  const place = placeOf(block);
  // Without a tag nobody knows whether a first block is a copy or begins another body.
  if (!equalBytes(held.tag, tag) || (tag.length === 0 && place === 0)) return false;
  return place === held.lastAt && place + octets === held.octets && block.more !== held.complete;
}

function append(machine: Machine, held: Assembly, payload: Bytes): void {
  const end = held.octets + payload.length;
  if (end > held.bytes.length) {
    const wider = machine.bytes(2 * end);
    putBytes(wider, 0, held.bytes);
    held.bytes = wider;
  }
  putBytes(held.bytes, held.octets, payload);
  held.lastAt = held.octets;
  held.octets = end;
}

function wholeOf(machine: Machine, held: Assembly): Bytes | undefined {
  if (!held.complete || held.stored) return undefined;
  return copyBytes(machine, held.bytes, 0, held.octets);
}

/** Lets go of the octets; a copy of the last block is still answered. */
export function settle(machine: Machine, held: Assembly): void {
  held.stored = true;
  held.bytes = machine.bytes(0);
}

/** Octets that the first block announces, or that are there with this one. */
function octetsWith(request: Packet, block: Block): number {
  const sized = optionValue(request, SIZE_1);
  const announced = sized === undefined || block.number > 0 ? 0 : uintOf(sized);
  const end = placeOf(block) + request.payload.length;
  // Above 2^31 - 1 the option reads -1.
  return announced > end || announced < 0 ? announced : end;
}

/**
 * Takes one block, a request with a Block1 option. The first block begins anew, whatever is held; a
 * block that doesn't go on under the same tag where the last one ended is 4.08; a body that is
 * or says to be longer than `octetsMax` is 4.13 [RFC 7959 §2.9.2, §2.9.3].
 */
export function assemble(
  machine: Machine,
  held: Assembly | undefined,
  request: Packet,
  octetsMax: number,
): Assembled {
  const block = readBlock(request, BLOCK_1);
  const octets = request.payload.length;
  if (block === undefined || isFault(block)) {
    return { reply: reply(machine, BAD_REQUEST, []), held: held };
  }
  const size = octetsOfBlock(block.exponent);
  if (octets > size || (block.more && octets < size)) {
    return { reply: reply(machine, BAD_REQUEST, []), held: held };
  }
  const tag = tagOf(machine, request);
  if (held !== undefined && isCopy(held, tag, block, octets)) {
    return { reply: taken(machine, block), held: held, body: wholeOf(machine, held) };
  }
  const place = placeOf(block);
  const goesOn = held !== undefined && equalBytes(held.tag, tag) && !held.complete;
  if (place > 0 && (!goesOn || place !== held.octets)) {
    return { reply: reply(machine, INCOMPLETE, []), held: held };
  }
  const announced = octetsWith(request, block);
  if (announced < 0 || announced > octetsMax) {
    const most = uintOption(machine, SIZE_1, octetsMax);
    return { reply: reply(machine, TOO_LARGE, [most]), held: undefined };
  }
  const next: Assembly =
    place > 0 && held !== undefined
      ? held
      : {
          tag: tag,
          bytes: machine.bytes(0),
          octets: 0,
          lastAt: 0,
          complete: false,
          stored: false,
        };
  append(machine, next, request.payload);
  next.complete = !block.more;
  return { reply: taken(machine, block), held: next, body: wholeOf(machine, next) };
}
