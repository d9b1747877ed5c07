// Both ends of block-wise transfers for tests: packets around options, and RFC 7959's own notation,
// in which 2:1/0/128 is a Block2 option of number 1, no more, 128 octets.

import { type Block, octetsOfBlock, type Reply, readBlock } from "../../protocol/block.ts";
import {
  ACK,
  BLOCK_1,
  BLOCK_2,
  CON,
  GET,
  type Packet,
  POST,
  uintOption,
} from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";

const NOTHING: Bytes = new Uint8Array(0);
const NAMES: Record<number, string> = {
  1: "GET",
  2: "POST",
  68: "2.04",
  69: "2.05",
  95: "2.31",
  128: "4.00",
  136: "4.08",
  141: "4.13",
};

export function request(code: number, options: Option[], payload = NOTHING): Packet {
  return { type: CON, code, messageId: 1, token: NOTHING, options, payload };
}

export function get(...options: Option[]): Packet {
  return request(GET, options);
}

export function post(options: Option[], payload: Bytes): Packet {
  return request(POST, options, payload);
}

export function answer(reply: Reply): Packet {
  return { type: ACK, messageId: 1, token: NOTHING, ...reply };
}

/** The option of a notation such as 2:1/0/128. */
export function blockNoted(notation: string): Option {
  const [option, number, more, octets] = notation.split(/[:/]/).map(Number);
  const exponent = Math.log2(octets) - 4;
  const value = number * 16 + more * 8 + exponent;
  return uintOption(nodeMachine, option === 1 ? BLOCK_1 : BLOCK_2, value);
}

function noted(option: number, block: Block): string {
  return `${option}:${block.number}/${block.more ? 1 : 0}/${octetsOfBlock(block.exponent)}`;
}

/** Code and Block options of a packet, as the RFC's figures write them. */
export function notationOf(packet: Packet): string {
  const parts = [NAMES[packet.code]];
  for (const [option, number] of [
    [1, BLOCK_1],
    [2, BLOCK_2],
  ]) {
    const block = readBlock(packet, number);
    if (block !== undefined && !isFault(block)) parts.push(noted(option, block));
  }
  return parts.join(" ");
}

/** A body of so many octets, no two blocks of which are equal. */
export function bodyOf(octets: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, at) => (at * seed + (at >> 8) * 7) % 256);
}
