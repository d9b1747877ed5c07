// The OSCORE option: flags, Partial IV, kid context, kid [RFC 8613 §6.1].
// Reads strictly: one meaning has one form. Knows no keys.

import { copyBytes, getUint, putBytes, putUint, shiftDown } from "./bytes.ts";
import { type Fault, makeFault } from "./fault.ts";
import { KID_OCTETS_MAX, PIV_OCTETS_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

/** What the option says; what is undefined is not in it, which differs from having no octets. */
export interface OscoreOption {
  /** Big-endian, without leading zeros; number 0 is one zero octet [RFC 8613 §5]. */
  piv?: Bytes;
  kidContext?: Bytes;
  kid?: Bytes;
}

const PATH = "oscore.option";
/** Flag bits: three reserved, h, k, and three for the length of the Partial IV. */
const KID_CONTEXT_FLAG = 16;
const KID_FLAG = 8;

/** The Partial IV of a number from 0 to 2^24 - 1. */
export function encodePiv(machine: Machine, piv: number): Bytes {
  const size = piv > 65535 ? 3 : piv > 255 ? 2 : 1;
  const bytes = machine.bytes(size);
  putUint(bytes, 0, piv, size);
  return bytes;
}

/** The number of a Partial IV that `decodeOscoreOption` let through. */
export function decodePiv(piv: Bytes): number {
  return getUint(piv, 0, piv.length);
}

export function encodeOscoreOption(machine: Machine, option: OscoreOption): Bytes {
  let flags = 0;
  let size = 0;
  if (option.piv !== undefined) {
    flags += option.piv.length;
    size += option.piv.length;
  }
  if (option.kidContext !== undefined) {
    flags += KID_CONTEXT_FLAG;
    size += 1 + option.kidContext.length;
  }
  if (option.kid !== undefined) {
    flags += KID_FLAG;
    size += option.kid.length;
  }
  // Without any flag the value is empty, not one zero octet [RFC 8613 §6.1].
  if (flags === 0) return machine.bytes(0);
  const bytes = machine.bytes(1 + size);
  bytes[0] = flags;
  let at = 1;
  if (option.piv !== undefined) at = putBytes(bytes, at, option.piv);
  if (option.kidContext !== undefined) {
    bytes[at] = option.kidContext.length;
    at = putBytes(bytes, at + 1, option.kidContext);
  }
  if (option.kid !== undefined) putBytes(bytes, at, option.kid);
  return bytes;
}

/** True for a length that is not ours or reserved (6, 7), and for a zero that could go. */
function isBadPiv(value: Bytes, size: number): boolean {
  if (size > PIV_OCTETS_MAX || 1 + size > value.length) return true;
  return size > 1 && value[1] === 0;
}

/** What an option's value says, or "bad-oscore-option". */
export function decodeOscoreOption(machine: Machine, value: Bytes): OscoreOption | Fault {
  const option: OscoreOption = {};
  if (value.length === 0) return option;
  const flags = value[0];
  const pivOctets = flags % 8;
  if (flags === 0 || shiftDown(flags, 32) !== 0) return makeFault("bad-oscore-option", PATH);
  if (isBadPiv(value, pivOctets)) return makeFault("bad-oscore-option", PATH);
  let at = 1 + pivOctets;
  if (pivOctets > 0) option.piv = copyBytes(machine, value, 1, at);
  if ((flags & KID_CONTEXT_FLAG) !== 0) {
    if (at >= value.length) return makeFault("bad-oscore-option", PATH);
    const from = at + 1;
    at = from + value[at];
    if (at > value.length) return makeFault("bad-oscore-option", PATH);
    option.kidContext = copyBytes(machine, value, from, at);
  }
  if ((flags & KID_FLAG) !== 0) {
    if (value.length - at > KID_OCTETS_MAX) return makeFault("bad-oscore-option", PATH);
    option.kid = copyBytes(machine, value, at, value.length);
  } else if (at !== value.length) {
    return makeFault("bad-oscore-option", PATH);
  }
  return option;
}
