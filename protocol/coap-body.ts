// Options and payload: the part that a CoAP packet and an OSCORE plaintext have in common.
// Never reads past the end and never guesses: what is malformed is a fault [RFC 7252 §3.1].

import { copyBytes, getUint, putBytes, putUint, shiftDown } from "./bytes.ts";
import { type Fault, makeFault } from "./fault.ts";
import { OPTION_COUNT_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

export interface Option {
  number: number;
  value: Bytes;
}

export interface Body {
  options: Option[];
  payload: Bytes;
}

const MARKER = 255;
/** Deltas and lengths from 13 on take one octet more, from 269 on two. */
const ONE_MORE = 13;
const TWO_MORE = 269;
const OPTION_NUMBER_MAX = 65535;

/** The list in ascending order, options of one number in the order given [RFC 7252 §3.1]. */
export function sortOptions(options: Option[]): Option[] {
  const sorted: Option[] = [];
  for (let i = 0; i < options.length; i++) {
    let at = sorted.length;
    sorted.push(options[i]);
    while (at > 0 && sorted[at - 1].number > options[i].number) {
      sorted[at] = sorted[at - 1];
      at -= 1;
    }
    sorted[at] = options[i];
  }
  return sorted;
}

function moreOctets(value: number): number {
  if (value >= TWO_MORE) return 2;
  return value >= ONE_MORE ? 1 : 0;
}

/** Octets that `putBody` writes for options in ascending order. */
export function sizeOfBody(options: Option[], payload: Bytes): number {
  let size = payload.length > 0 ? 1 + payload.length : 0;
  let previous = 0;
  for (let i = 0; i < options.length; i++) {
    const length = options[i].value.length;
    size += 1 + moreOctets(options[i].number - previous) + moreOctets(length) + length;
    previous = options[i].number;
  }
  return size;
}

function nibbleOf(value: number): number {
  const more = moreOctets(value);
  return more === 0 ? value : 12 + more;
}

function putMore(bytes: Bytes, at: number, value: number): number {
  const more = moreOctets(value);
  if (more === 1) bytes[at] = value - ONE_MORE;
  if (more === 2) putUint(bytes, at, value - TWO_MORE, 2);
  return at + more;
}

/** Writes options, which are in ascending order, and payload from `at` on. */
export function putBody(bytes: Bytes, at: number, options: Option[], payload: Bytes): void {
  let to = at;
  let previous = 0;
  for (let i = 0; i < options.length; i++) {
    const value = options[i].value;
    const delta = options[i].number - previous;
    bytes[to] = nibbleOf(delta) * 16 + nibbleOf(value.length);
    to = putMore(bytes, to + 1, delta);
    to = putMore(bytes, to, value.length);
    to = putBytes(bytes, to, value);
    previous = options[i].number;
  }
  if (payload.length > 0) {
    bytes[to] = MARKER;
    putBytes(bytes, to + 1, payload);
  }
}

/** Octets that a nibble announces behind it. */
function moreBehind(nibble: number): number {
  return nibble > 12 ? nibble - 12 : 0;
}

/** The number that a nibble and the octets behind it say; the caller has checked the length. */
function readMore(bytes: Bytes, at: number, nibble: number): number {
  if (nibble === 13) return ONE_MORE + bytes[at];
  if (nibble === 14) return TWO_MORE + getUint(bytes, at, 2);
  return nibble;
}

/** Reads from `at` to the end. `path` goes into the fault. */
export function readBody(machine: Machine, bytes: Bytes, at: number, path: string): Body | Fault {
  const options: Option[] = [];
  const end = bytes.length;
  let from = at;
  let number = 0;
  while (from < end && bytes[from] !== MARKER) {
    const deltaNibble = shiftDown(bytes[from], 16);
    const lengthNibble = bytes[from] % 16;
    // 15 is kept for the payload marker [RFC 7252 §3.1].
    if (deltaNibble === 15 || lengthNibble === 15) return makeFault("bad-option", path);
    if (options.length === OPTION_COUNT_MAX) return makeFault("too-many-options", path);
    const lengthAt = from + 1 + moreBehind(deltaNibble);
    const valueAt = lengthAt + moreBehind(lengthNibble);
    if (valueAt > end) return makeFault("truncated", path);
    number += readMore(bytes, from + 1, deltaNibble);
    if (number > OPTION_NUMBER_MAX) return makeFault("bad-option", path);
    from = valueAt + readMore(bytes, lengthAt, lengthNibble);
    if (from > end) return makeFault("truncated", path);
    options.push({ number: number, value: copyBytes(machine, bytes, valueAt, from) });
  }
  if (from === end) return { options: options, payload: machine.bytes(0) };
  if (from + 1 === end) return makeFault("bad-marker", path);
  return { options: options, payload: copyBytes(machine, bytes, from + 1, end) };
}
