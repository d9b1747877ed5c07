// Text in the 7-bit alphabet of SMS, eight letters in seven octets (3GPP TS 23.038 §6).
// Pure. Of the alphabet only what is ASCII too is known: base64 and digits are.

import { shiftDown } from "./bytes.ts";
import type { Bytes } from "./machine.ts";

/** ASCII of a septet, or -1: letters beyond ASCII, and the escape to the extension table. */
function letterOf(septet: number): number {
  if (septet === 0) return 64;
  if (septet === 2) return 36;
  if (septet === 17) return 95;
  if (septet === 36 || septet === 64) return -1;
  if ((septet >= 32 && septet <= 90) || (septet >= 97 && septet <= 122)) return septet;
  return septet === 10 || septet === 13 ? septet : -1;
}

function septetOf(letter: number): number {
  if (letter === 64) return 0;
  if (letter === 36) return 2;
  if (letter === 95) return 17;
  return letterOf(letter) === letter ? letter : -1;
}

/** Octets that hold so many septets. */
export function packedOctets(septets: number): number {
  return shiftDown(7 * septets + 7, 8);
}

/** Writes a text from octet `at` on, over zeros; false where the alphabet lacks a letter of it. */
export function packText(bytes: Bytes, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const septet = septetOf(text.charCodeAt(i));
    if (septet < 0) return false;
    const place = at + shiftDown(7 * i, 8);
    const both = septet << ((7 * i) % 8);
    bytes[place] = bytes[place] | (both % 256);
    if (both > 255) bytes[place + 1] = shiftDown(both, 256);
  }
  return true;
}

/**
 * The text in septets `from` up to, but not with, `to`, counted from octet `at`; undefined where a
 * letter of it is not known.
 */
export function unpackText(bytes: Bytes, at: number, from: number, to: number): string | undefined {
  let text = "";
  for (let i = from; i < to; i++) {
    const place = at + shiftDown(7 * i, 8);
    const shift = (7 * i) % 8;
    // A septet that begins in the first two bits of an octet ends in it.
    const both = shift > 1 ? bytes[place] + bytes[place + 1] * 256 : bytes[place];
    const letter = letterOf(shiftDown(both, 1 << shift) % 128);
    if (letter < 0) return undefined;
    text += String.fromCharCode(letter);
  }
  return text;
}
