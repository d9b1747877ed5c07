// The newer form of capture files: blocks, among them interfaces and packets, in sections.
// Never throws: a file that ends early, or a length that can't be, is a trouble with its octet.

import { type Captured, FRAME_OCTETS_MAX } from "./captured.ts";
import type { Trouble } from "./found.ts";

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
/** An old form of packet, a packet without a time, and the usual one. */
const PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const OCTETS_OF_SECTION_MIN = 28;
const OCTETS_OF_BLOCK_MIN = 12;
const OCTETS_OF_BLOCK_MAX = FRAME_OCTETS_MAX * 64;
const BYTE_ORDER = 0x1a2b3c4d;
const TIME_UNIT_OPTION = 9;
const TIME_OFFSET_OPTION = 14;
const MAJOR_VERSION = 1;

interface Interface {
  link: number;
  /** Octets of a frame that are kept, 0 for all. */
  kept: number;
  /** Counts of time in a second. */
  perSecond: bigint;
  offsetS: bigint;
}

interface Section {
  view: DataView;
  octets: Uint8Array;
  little: boolean;
  interfaces: Interface[];
}

/** A block's body, between its two lengths. */
interface Block {
  type: number;
  at: number;
  end: number;
}

export function isPcapng(octets: Uint8Array): boolean {
  return octets.length >= 4 && viewOf(octets).getUint32(0) === SECTION;
}

export function* readPcapng(octets: Uint8Array): Generator<Captured | Trouble> {
  const section: Section = { view: viewOf(octets), octets, little: false, interfaces: [] };
  let at = 0;
  while (at < octets.length) {
    const block = readBlock(section, at);
    if ("code" in block) return yield block;
    if (block.type === INTERFACE) {
      const made = readInterface(section, block);
      if ("code" in made) return yield made;
      section.interfaces.push(made);
    } else if (isPacket(block.type)) {
      yield readPacket(section, block);
    }
    at = block.end + 4;
  }
}

// internal

function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.length);
}

function isPacket(type: number): boolean {
  return type === PACKET || type === SIMPLE_PACKET || type === ENHANCED_PACKET;
}

/** The block at `at`; a head of a section sets the byte order and forgets the interfaces. */
function readBlock(section: Section, at: number): Block | Trouble {
  const { view, octets } = section;
  const left = octets.length - at;
  if (left < OCTETS_OF_BLOCK_MIN) return { code: "file-cut", at: octets.length };
  const isSection = view.getUint32(at) === SECTION;
  if (isSection) {
    const trouble = beginSection(section, at);
    if (trouble !== undefined) return trouble;
  }
  const { little } = section;
  const length = view.getUint32(at + 4, little);
  const least = isSection ? OCTETS_OF_SECTION_MIN : OCTETS_OF_BLOCK_MIN;
  if (length < least || length > OCTETS_OF_BLOCK_MAX || length % 4 !== 0) {
    return { code: "bad-length", at: at + 4, is: length };
  }
  if (length > left) return { code: "file-cut", at: octets.length };
  const end = at + length - 4;
  const again = view.getUint32(end, little);
  if (again !== length) return { code: "bad-length", at: end, is: again, of: length };
  return { type: view.getUint32(at, little), at: at + 8, end };
}

function beginSection(section: Section, at: number): Trouble | undefined {
  const { view } = section;
  const order = view.getUint32(at + 8);
  const little = view.getUint32(at + 8, true) === BYTE_ORDER;
  if (!little && order !== BYTE_ORDER) return { code: "bad-capture", at: at + 8 };
  if (at + 14 > view.byteLength) return { code: "file-cut", at: view.byteLength };
  section.little = little;
  section.interfaces = [];
  const version = view.getUint16(at + 12, little);
  return version === MAJOR_VERSION ? undefined : { code: "bad-version", at: at + 12, is: version };
}

function readInterface(section: Section, block: Block): Interface | Trouble {
  const { view, little } = section;
  const at = block.at;
  if (block.end - at < 8) return { code: "bad-length", at: at - 4, is: block.end - at + 12 };
  const made: Interface = {
    link: view.getUint16(at, little),
    kept: view.getUint32(at + 4, little),
    perSecond: 1_000_000n,
    offsetS: 0n,
  };
  let next = at + 8;
  while (next + 4 <= block.end) {
    const code = view.getUint16(next, little);
    const length = view.getUint16(next + 2, little);
    if (code === 0 || next + 4 + length > block.end) break;
    if (code === TIME_UNIT_OPTION && length >= 1) {
      const unit = view.getUint8(next + 4);
      made.perSecond = unit < 128 ? 10n ** BigInt(unit) : 2n ** BigInt(unit - 128);
    }
    if (code === TIME_OFFSET_OPTION && length === 8) {
      made.offsetS = view.getBigInt64(next + 4, little);
    }
    next += 4 + length + ((4 - (length % 4)) % 4);
  }
  return made;
}

/** What of the three forms differs: where interface, time, lengths and octets stand. */
function readPacket(section: Section, { type, at, end }: Block): Captured | Trouble {
  const { view, octets, little, interfaces } = section;
  const isSimple = type === SIMPLE_PACKET;
  const from = at + (isSimple ? 4 : 20);
  if (from > end) return { code: "bad-length", at: at - 4, is: end - at + 12 };
  const place = type === PACKET ? view.getUint16(at, little) : view.getUint32(at, little);
  const line = interfaces[isSimple ? 0 : place];
  if (line === undefined) return { code: "no-interface", at, is: isSimple ? 0 : place };
  const full = view.getUint32(isSimple ? at : at + 16, little);
  const kept = line.kept > 0 && line.kept < full ? line.kept : full;
  const length = isSimple ? kept : view.getUint32(at + 12, little);
  if (from + length > end) return { code: "bad-length", at: isSimple ? at : at + 12, is: length };
  const bytes = octets.subarray(from, from + length);
  if (isSimple) return { link: line.link, bytes, octets: full };
  const count =
    BigInt(view.getUint32(at + 4, little)) * 0x100000000n + BigInt(view.getUint32(at + 8, little));
  const atMs = Number((count * 1000n) / line.perSecond + line.offsetS * 1000n);
  return { link: line.link, bytes, octets: full, atMs };
}
