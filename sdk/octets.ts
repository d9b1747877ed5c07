// Octets between the wire's `Bytes` and Node's own kinds. Pure.

import type { Bytes } from "../protocol/machine.ts";

/** The same octets as a Uint8Array; copies only what is none yet. */
export function toOctets(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes);
}

export function hexOf(bytes: Bytes): string {
  return Buffer.from(toOctets(bytes)).toString("hex");
}

/** Octets of a text of hexadecimal pairs that was made by `hexOf`. */
export function octetsOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}
