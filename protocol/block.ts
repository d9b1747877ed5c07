// Block options: number, more and size of one block of a body [RFC 7959 §2.2].
// Pure: reads and writes values; how a body is pulled and pushed is said in files of its own.

import { getUint, shiftDown } from "./bytes.ts";
import { type Packet, uintOption } from "./coap.ts";
import type { Option } from "./coap-body.ts";
import { type Fault, makeFault } from "./fault.ts";
import { BLOCK_EXPONENT_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

export interface Block {
  /** Counted from 0, in blocks of this size. */
  number: number;
  /** Others follow. */
  more: boolean;
  /** The size is 2^(exponent + 4) octets; the RFC calls it SZX. */
  exponent: number;
}

/** What an answer says beside its type, id and token. */
export interface Reply {
  code: number;
  options: Option[];
  payload: Bytes;
}

const VALUE_OCTETS_MAX = 3;

export function octetsOfBlock(exponent: number): number {
  let octets = 16;
  for (let i = 0; i < exponent; i++) octets = octets * 2;
  return octets;
}

/** Place of the block's first octet in the body. */
export function placeOf(block: Block): number {
  return block.number * octetsOfBlock(block.exponent);
}

/** The block that begins at `place`, which is a multiple of its size. */
export function blockAt(place: number, exponent: number, more: boolean): Block {
  return { number: shiftDown(place, octetsOfBlock(exponent)), more: more, exponent: exponent };
}

export function blockOption(machine: Machine, number: number, block: Block): Option {
  const value = block.number * 16 + (block.more ? 8 : 0) + block.exponent;
  return uintOption(machine, number, value);
}

/** The block that a packet's option of this number names; undefined where it has none. */
export function readBlock(packet: Packet, number: number): Block | Fault | undefined {
  for (let i = 0; i < packet.options.length; i++) {
    if (packet.options[i].number === number) {
      const value = packet.options[i].value;
      if (value.length > VALUE_OCTETS_MAX) return makeFault("bad-option", "coap.block");
      const bits = getUint(value, 0, value.length);
      const exponent = bits % 8;
      // 7 would be a size of 2048, which is reserved [RFC 7959 §2.2].
      if (exponent > BLOCK_EXPONENT_MAX) return makeFault("bad-option", "coap.block");
      return { number: shiftDown(bits, 16), more: (bits & 8) !== 0, exponent: exponent };
    }
  }
  return undefined;
}
