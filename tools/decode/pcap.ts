// The older form of capture files: a head of 24 octets, then records with a head of 16.
// Never throws: a file that ends early, or a length that can't be, is a trouble with its octet.

import { type Captured, FRAME_OCTETS_MAX } from "./captured.ts";
import type { Trouble } from "./found.ts";

const HEAD_OCTETS = 24;
const RECORD_HEAD_OCTETS = 16;
const MAJOR_VERSION = 2;
const LINK_MASK = 0xffff;

/** By the first four octets: byte order, and parts of a second in each count of time. */
const MAGICS: { octets: number[]; little: boolean; perSecond: number }[] = [
  { octets: [0xd4, 0xc3, 0xb2, 0xa1], little: true, perSecond: 1e6 },
  { octets: [0xa1, 0xb2, 0xc3, 0xd4], little: false, perSecond: 1e6 },
  { octets: [0x4d, 0x3c, 0xb2, 0xa1], little: true, perSecond: 1e9 },
  { octets: [0xa1, 0xb2, 0x3c, 0x4d], little: false, perSecond: 1e9 },
];

export function isPcap(octets: Uint8Array): boolean {
  return magicOf(octets) !== undefined;
}

export function* readPcap(octets: Uint8Array): Generator<Captured | Trouble> {
  const magic = magicOf(octets);
  if (magic === undefined) return yield { code: "bad-capture", at: 0 };
  const { little, perSecond } = magic;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (octets.length < HEAD_OCTETS) return yield cutAt(octets);
  const version = view.getUint16(4, little);
  if (version !== MAJOR_VERSION) return yield { code: "bad-version", at: 4, is: version };
  // The upper half says whether frames end with a check sequence, which nothing here reads.
  const link = view.getUint32(20, little) & LINK_MASK;
  let at = HEAD_OCTETS;
  while (at < octets.length) {
    const from = at + RECORD_HEAD_OCTETS;
    if (from > octets.length) return yield cutAt(octets);
    const length = view.getUint32(at + 8, little);
    if (length > FRAME_OCTETS_MAX) return yield { code: "bad-length", at: at + 8, is: length };
    if (from + length > octets.length) return yield cutAt(octets);
    const seconds = view.getUint32(at, little);
    yield {
      link,
      bytes: octets.subarray(from, from + length),
      octets: view.getUint32(at + 12, little),
      atMs: seconds * 1000 + Math.floor((view.getUint32(at + 4, little) * 1000) / perSecond),
    };
    at = from + length;
  }
}

// internal

function magicOf(octets: Uint8Array) {
  return MAGICS.find((magic) => magic.octets.every((octet, i) => octets[i] === octet));
}

function cutAt(octets: Uint8Array): Trouble {
  return { code: "file-cut", at: octets.length };
}
