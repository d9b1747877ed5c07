// What Espruino does by itself with octets, in the place of the loops of `protocol/bytes.ts`: a loop's
// round costs it as much as a whole copy. The build puts these there; they mean the same, octet by octet.

import type { Bytes, Machine } from "../../protocol/machine.ts";

export function copyBytes(machine: Machine, source: Bytes, from: number, to: number): Bytes {
  const copy = machine.bytes(to - from);
  (copy as Uint8Array).set((source as Uint8Array).subarray(from, to), 0);
  return copy;
}

export function putBytes(target: Bytes, at: number, source: Bytes): number {
  (target as Uint8Array).set(source, at);
  return at + source.length;
}

export function fromText(_: Machine, text: string): Bytes {
  return E.toUint8Array(text);
}

/** Four octets at a time, with a digit before them that keeps their zeros. */
export function toHex(bytes: Bytes): string {
  const octets = new Uint8Array((bytes.length + 3) & -4);
  octets.set(bytes);
  const view = new DataView(octets.buffer);
  let text = "";
  for (let at = 0; at < octets.length; at += 4) {
    text += (4294967296 + view.getUint32(at)).toString(16).slice(1);
  }
  return text.slice(0, bytes.length * 2);
}

export function fromHex(machine: Machine, text: string): Bytes {
  const bytes = machine.bytes(text.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Of octets that are no secret: what stands in flash. */
export function sameOctets(a: Bytes, b: Bytes): boolean {
  return E.toString(a as Uint8Array) === E.toString(b as Uint8Array);
}
