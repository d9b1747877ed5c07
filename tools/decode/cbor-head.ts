// Heads of CBOR items: major type, argument, and how wide it was written [RFC 8949 §3].
// Never reads past the end; the first fault sticks.

/** What makes octets no CBOR. */
export type CborFault =
  /** They end before what they announce. */
  | "truncated"
  /** Additional information 28 to 30, or 31 where no length can be left open. */
  | "reserved"
  /** A simple value below 32 in two octets. */
  | "bad-simple"
  /** A break that ends nothing, or half a pair of a map. */
  | "bad-break"
  /** A piece of another type in a string of pieces. */
  | "bad-piece"
  /** Text that is no UTF-8. */
  | "bad-text"
  | "too-deep"
  /** Octets behind the one item. */
  | "trailing-octets";

export const MAJOR_TAG = 6;
export const OPEN_ENDED = 31;
const BREAK = 255;

export interface Cursor {
  bytes: Uint8Array;
  at: number;
  /** Octet strings are not shown. */
  hides: boolean;
  fault?: CborFault;
  faultAt: number;
}

export interface Head {
  major: number;
  info: number;
  /** The argument; 0 where the length is left open. */
  value: bigint;
  /** "_0" to "_3" where fewer octets would have said the same [RFC 8949 §8.1]. */
  width: string;
}

export function refuse(cursor: Cursor, fault: CborFault, at: number): void {
  if (cursor.fault !== undefined) return;
  cursor.fault = fault;
  cursor.faultAt = at;
}

/** Octets of the argument behind the head. */
export function sizeOf(info: number): number {
  return info < 24 || info > 27 ? 0 : 2 ** (info - 24);
}

export function readHead(cursor: Cursor): Head | undefined {
  const { bytes, at } = cursor;
  if (at >= bytes.length) {
    refuse(cursor, "truncated", bytes.length);
    return undefined;
  }
  const major = bytes[at] >> 5;
  const info = bytes[at] & 31;
  const size = sizeOf(info);
  if (info > 27 && !(info === OPEN_ENDED && (major === 7 || (major > 1 && major < MAJOR_TAG)))) {
    refuse(cursor, "reserved", at);
    return undefined;
  }
  if (at + 1 + size > bytes.length) {
    refuse(cursor, "truncated", bytes.length);
    return undefined;
  }
  let value = size === 0 && info !== OPEN_ENDED ? BigInt(info) : 0n;
  for (let i = 0; i < size; i++) value = value * 256n + BigInt(bytes[at + 1 + i]);
  cursor.at = at + 1 + size;
  return { major, info, value, width: widthText(info, value) };
}

function widthText(info: number, value: bigint): string {
  const least = [24n, 0x100n, 0x10000n, 0x100000000n][info - 24];
  return least !== undefined && value < least ? `_${info - 24}` : "";
}

/** True where a break stands next, which is passed over. */
export function takesBreak(cursor: Cursor): boolean {
  if (cursor.bytes[cursor.at] !== BREAK) return false;
  cursor.at += 1;
  return true;
}
