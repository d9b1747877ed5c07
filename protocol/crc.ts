// CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xffff): guards stored records, not messages.
// It finds torn and worn records; it is no protection against anybody.

import { shiftDown } from "./bytes.ts";
import type { Bytes } from "./machine.ts";

/**
 * Checksum of the octets from `from` up to, but not with, `to`; 0 to 65535.
 * A whole octet is folded in at once: x and x / 16 are the feedback of its eight bits.
 */
export function crc16(bytes: Bytes, from: number, to: number): number {
  let crc = 65535;
  for (let i = from; i < to; i++) {
    let x = shiftDown(crc, 256) ^ bytes[i];
    x = x ^ shiftDown(x, 16);
    const low = (crc % 256) * 256;
    crc = low ^ ((x % 16) * 4096) ^ (x * 32) ^ x;
  }
  return crc;
}
