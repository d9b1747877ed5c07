// Octets: copies, comparison, big-endian numbers, hex and ASCII text.
// Pure: never grows or keeps what it is given. `shiftDown` holds the only `/` of the wire.

import type { Bytes, Machine } from "./machine.ts";

const HEX_DIGITS = "0123456789abcdef";

/**
 * Floor of value / unit, where unit is a power of two and value is not negative.
 * The remainder is taken off first, so that the quotient is whole before it is made: with a
 * unit of 256 this is exact up to 2^31 - 1 even where numbers are 32-bit floats, with a smaller
 * unit up to unit × 2^24. Bits are not shifted: `>>` is refused on Lua.
 */
export function shiftDown(value: number, unit: number): number {
  return Math.floor((value - (value % unit)) / unit);
}

/** A copy of the octets from `from` up to, but not with, `to`. */
export function copyBytes(machine: Machine, source: Bytes, from: number, to: number): Bytes {
  const copy = machine.bytes(to - from);
  for (let i = from; i < to; i++) copy[i - from] = source[i];
  return copy;
}

/** Writes all of `source` into `target` from `at` on; returns the place behind it. */
export function putBytes(target: Bytes, at: number, source: Bytes): number {
  const length = source.length;
  for (let i = 0; i < length; i++) target[at + i] = source[i];
  return at + length;
}

/** Equal in length and in every octet. Takes equally long wherever the first difference is. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference = difference | (a[i] ^ b[i]);
  return difference === 0;
}

export function concatBytes(machine: Machine, list: Bytes[]): Bytes {
  let length = 0;
  for (let i = 0; i < list.length; i++) length += list[i].length;
  const joined = machine.bytes(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) at = putBytes(joined, at, list[i]);
  return joined;
}

/** Writes the low `size` octets of `value` (0 to 2^31 - 1), most significant first. */
export function putUint(bytes: Bytes, at: number, value: number, size: number): void {
  let rest = value;
  for (let i = at + size - 1; i >= at; i--) {
    bytes[i] = rest % 256;
    rest = shiftDown(rest, 256);
  }
}

/** The number in `size` octets (1 to 4), most significant first; -1 where it is above 2^31 - 1. */
export function getUint(bytes: Bytes, at: number, size: number): number {
  if (size === 4 && bytes[at] >= 128) return -1;
  let value = 0;
  for (let i = at; i < at + size; i++) value = value * 256 + bytes[i];
  return value;
}

/** ASCII text as octets. */
export function fromText(machine: Machine, text: string): Bytes {
  const bytes = machine.bytes(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Octets as text, one character each. */
export function toText(bytes: Bytes): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

/** Lower-case hex, two digits an octet. */
export function toHex(bytes: Bytes): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) {
    text += HEX_DIGITS.charAt(shiftDown(bytes[i], 16)) + HEX_DIGITS.charAt(bytes[i] % 16);
  }
  return text;
}

/** An even number of hex digits, of either case: what `fromHex` wants. */
export function isHex(text: string): boolean {
  if (text.length % 2 !== 0) return false;
  const lower = text.toLowerCase();
  for (let i = 0; i < lower.length; i++) {
    if (HEX_DIGITS.indexOf(lower.charAt(i)) < 0) return false;
  }
  return true;
}

/** The octets of a hex text. Text from outside is asked by `isHex` first. */
export function fromHex(machine: Machine, text: string): Bytes {
  const lower = text.toLowerCase();
  const bytes = machine.bytes(shiftDown(lower.length, 2));
  for (let i = 0; i < bytes.length; i++) {
    const upperDigit = HEX_DIGITS.indexOf(lower.charAt(2 * i));
    bytes[i] = upperDigit * 16 + HEX_DIGITS.indexOf(lower.charAt(2 * i + 1));
  }
  return bytes;
}
