// A body pushed block by block, each push under a tag of its own [RFC 7959 §2.5, RFC 9175 §3].
// Pure: no clock, no storage; the octets stay with the caller until the last block was answered.

import { type Block, blockAt, blockOption, octetsOfBlock, readBlock } from "./block.ts";
import {
  BLOCK_1,
  CHANGED,
  CONTINUE,
  INCOMPLETE,
  OSCORE,
  type Packet,
  REQUEST_TAG,
  SIZE_1,
  uintOption,
  unknownCritical,
} from "./coap.ts";
import type { Option } from "./coap-body.ts";
import { type Fault, isFault, makeFault } from "./fault.ts";
import { BLOCK_EXPONENT, BLOCK_REPEATS_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

/** A plain record, like a pull. */
export interface Push {
  /** No other push under this security context has it: 1 to 8 octets [RFC 9175 §3.5.1]. */
  tag: Bytes;
  /** Of the whole body. */
  octets: number;
  /** Octets that the other end has, and the place of the next block. */
  at: number;
  exponent: number;
  repeats: number;
}

/**
 * What an answer was. "block": send the next one. "last": the body is stored. "again": the answer
 * proper was lost, send the same block in a new exchange. "restart": the other end has forgotten
 * the blocks, begin anew under a new tag. "refused": an error code, nothing can be pushed.
 */
export type Pushed = "block" | "last" | "again" | "restart" | "refused";

export function newPush(tag: Bytes, octets: number): Push {
  return { tag: tag, octets: octets, at: 0, exponent: BLOCK_EXPONENT, repeats: 0 };
}

/** How many octets of the body go with the next request, from `at` on. */
export function pushOctets(push: Push): number {
  const size = octetsOfBlock(push.exponent);
  return push.octets - push.at > size ? size : push.octets - push.at;
}

function hasMore(push: Push): boolean {
  return push.at + pushOctets(push) < push.octets;
}

/** The options of the next request; the first one says how long the body is [RFC 7959 §4]. */
export function pushOptions(machine: Machine, push: Push): Option[] {
  const block = blockAt(push.at, push.exponent, hasMore(push));
  const options = [blockOption(machine, BLOCK_1, block)];
  if (push.at === 0) options.push(uintOption(machine, SIZE_1, push.octets));
  options.push({ number: REQUEST_TAG, value: push.tag });
  return options;
}

function bad(part: string): Fault {
  return makeFault("bad-block", "block1." + part);
}

/** The other end has the block, and may want smaller ones from now on [RFC 7959 §2.3]. */
function advance(push: Push, block: Block): Pushed | Fault {
  const sent = blockAt(push.at, push.exponent, false);
  if (block.number !== sent.number || block.exponent > push.exponent) return bad("number");
  push.at += pushOctets(push);
  push.exponent = block.exponent;
  push.repeats = 0;
  return "block";
}

/** Takes the opened answer to the last request. After a fault the push is as it was before. */
export function stepPush(push: Push, answer: Packet): Pushed | Fault {
  if (answer.code === INCOMPLETE) return "restart";
  if (answer.code !== CONTINUE && answer.code !== CHANGED) return "refused";
  if (unknownCritical(answer, [OSCORE, BLOCK_1]) !== 0) return makeFault("bad-option", "block1");
  const block = readBlock(answer, BLOCK_1);
  if (isFault(block)) return block;
  if (block === undefined) {
    // The bare answer to a repeated request says that it was answered, and not what.
    push.repeats += 1;
    return push.repeats > BLOCK_REPEATS_MAX ? bad("repeats") : "again";
  }
  const more = hasMore(push);
  if (!more && answer.code === CONTINUE) return bad("more");
  const step = advance(push, block);
  return more || isFault(step) ? step : "last";
}
