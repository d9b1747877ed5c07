// Where in the octets a fault of the wire stands: faults themselves carry a code and a path only.
// Walks the same way as the readers of protocol/ did; -1 where no single octet is to blame.

import { newReader, readArray, skipItem } from "../../protocol/cbor.ts";
import { OSCORE } from "../../protocol/coap.ts";
import type { Declaration } from "../../protocol/declaration.ts";
import type { Fault } from "../../protocol/fault.ts";
import { DATAGRAM_OCTETS_MAX, OPTION_COUNT_MAX, TOKEN_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { toOctets } from "../../sdk/octets.ts";

/** A fault and the place of the octet it was seen at, counted from 0. */
export interface PlacedFault extends Fault {
  at: number;
}

const HEADER_OCTETS = 4;
const MARKER = 255;
const OPTION_NUMBER_MAX = 65535;

/** Of a datagram that is no CoAP packet. */
export function placeInPacket(bytes: Bytes, { fault, path }: Fault): PlacedFault {
  return { fault, path, at: packetPlace(bytes, fault) };
}

/** Of a CoAP packet whose OSCORE option, or what it seals, can't be. */
export function placeInSealed(bytes: Bytes, { fault, path }: Fault): PlacedFault {
  if (fault === "truncated") return { fault, path, at: bytes.length };
  let at = -1;
  walkOptions(bytes, HEADER_OCTETS + (bytes[0] % 16), (number, place) => {
    if (number === OSCORE) at = place;
    return true;
  });
  return { fault, path, at };
}

/** Of an opened text: one octet of code, then options and payload. */
export function placeInText(text: Bytes, { fault, path }: Fault): PlacedFault {
  return { fault, path, at: fault === "bad-code" ? 0 : bodyPlace(text, 1, fault) };
}

/** Of a message's payload: the octet at which the field begins that the path names. */
export function placeInMessage(
  payload: Bytes,
  declaration: Declaration,
  { fault, path }: Fault,
): PlacedFault {
  const places = fieldPlaces(payload);
  const at = declaration.fields.findIndex((field) => `${declaration.name}.${field.name}` === path);
  const end = payload.length;
  if (fault === "truncated") return { fault, path, at: end };
  if (at >= 0) return { fault, path, at: places[at] ?? end };
  if (fault === "trailing-octets") return { fault, path, at: places.at(-1) ?? end };
  // Of the whole array its head; of an unknown tail its first item.
  const tail = places.length - 1 > declaration.fields.length;
  return { fault, path, at: tail ? places[declaration.fields.length] : 0 };
}

/** Where each item of an array begins, and behind them where the last one ends. */
export function fieldPlaces(payload: Bytes): number[] {
  const reader = newReader(toOctets(payload));
  const count = readArray(reader);
  const places = [reader.at];
  for (let i = 0; i < count && reader.fault === ""; i++) {
    skipItem(reader);
    if (reader.fault === "") places.push(reader.at);
  }
  return places;
}

// internal

function packetPlace(bytes: Bytes, fault: Fault["fault"]): number {
  switch (fault) {
    case "too-long":
      return DATAGRAM_OCTETS_MAX;
    case "bad-version":
    case "bad-token":
      return 0;
    case "bad-code":
      return 1;
    case "bad-empty":
      return HEADER_OCTETS;
    default: {
      const from = HEADER_OCTETS + Math.min((bytes[0] ?? 0) % 16, TOKEN_OCTETS_MAX);
      return bytes.length < from ? bytes.length : bodyPlace(bytes, from, fault);
    }
  }
}

/** The option, or the marker, at which reading stopped. */
function bodyPlace(bytes: Bytes, from: number, fault: Fault["fault"]): number {
  if (fault === "truncated") return bytes.length;
  let count = 0;
  return walkOptions(bytes, from, (number) => {
    count += 1;
    return number <= OPTION_NUMBER_MAX && count <= OPTION_COUNT_MAX;
  });
}

/** Passes over options while `goes` says so; returns where it stopped. */
function walkOptions(
  bytes: Bytes,
  from: number,
  goes: (number: number, at: number) => boolean,
): number {
  let at = from;
  let number = 0;
  while (at < bytes.length && bytes[at] !== MARKER) {
    const delta = longOf(bytes, at + 1, bytes[at] >> 4);
    const length = longOf(bytes, at + 1 + delta.octets, bytes[at] & 15);
    number += delta.value;
    if (delta.value < 0 || length.value < 0 || !goes(number, at)) return at;
    at += 1 + delta.octets + length.octets + length.value;
  }
  return Math.min(at, bytes.length);
}

/** What a nibble and the octets behind it say; -1 for the one that says nothing [RFC 7252 §3.1]. */
function longOf(bytes: Bytes, at: number, nibble: number): { value: number; octets: number } {
  if (nibble === 15) return { value: -1, octets: 0 };
  if (nibble === 14)
    return { value: 269 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0), octets: 2 };
  if (nibble === 13) return { value: 13 + (bytes[at] ?? 0), octets: 1 };
  return { value: nibble, octets: 0 };
}
