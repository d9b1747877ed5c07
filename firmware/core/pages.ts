// Records in storage pages: each has length, type and checksum; two pages are used in turn.
// Knows no meaning of a record. Whatever a power cut leaves, the page before it is still whole.

import { copyBytes, putBytes, putUint } from "../../protocol/bytes.ts";
import {
  newReader,
  newWriter,
  readArray,
  readInt,
  writeArray,
  writeInt,
} from "../../protocol/cbor.ts";
import { crc16 } from "../../protocol/crc.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { Effect } from "./effect.ts";
import { PAGE_OCTETS } from "./limits.ts";
import type { PagePair } from "./state.ts";

/** First record of a page: [version, number of the pair's first page, generation]. */
const HEAD = 75;
/** Closes the facts that a page begins with: before it the page doesn't count. */
const COMPLETE = 76;
const VERSION = 1;
const BLANK = 255;
/** Behind a record that can't be read the next one begins at a multiple of this. */
const BLANK_OCTETS = 64;

export interface StoredRecord {
  type: number;
  payload: Bytes;
}

/** Length with head and checksum, in whole words of storage. */
function framedOctets(length: number): number {
  const octets = length + 4;
  return octets % 4 === 0 ? octets : octets + 4 - (octets % 4);
}

/** Puts length, type and checksum around a payload that stands from octet 2 on. */
function closeFrame(machine: Machine, bytes: Bytes, type: number, length: number): Bytes {
  bytes[0] = length;
  bytes[1] = type;
  putUint(bytes, 2 + length, crc16(bytes, 0, 2 + length), 2);
  const octets = framedOctets(length);
  for (let i = 4 + length; i < octets; i++) bytes[i] = BLANK;
  return bytes.length === octets ? bytes : copyBytes(machine, bytes, 0, octets);
}

/** [length, type, payload (at most 254 octets), checksum], filled up with 255 to a word. */
export function frameRecord(machine: Machine, type: number, payload: Bytes): Bytes {
  const bytes = machine.bytes(framedOctets(payload.length));
  putBytes(bytes, 2, payload);
  return closeFrame(machine, bytes, type, payload.length);
}

/** A record of plain numbers, as a CBOR array. */
export function frameNumbers(machine: Machine, type: number, numbers: number[]): Bytes {
  const writer = newWriter(machine, framedOctets(1 + 5 * numbers.length));
  writer.at = 2;
  writeArray(writer, numbers.length);
  for (let i = 0; i < numbers.length; i++) writeInt(writer, numbers[i]);
  return closeFrame(machine, writer.bytes, type, writer.at - 2);
}

/** At least `count` numbers, or an empty list: a newer version may have put more behind. */
export function readNumbers(payload: Bytes, count: number): number[] {
  const reader = newReader(payload);
  const found = readArray(reader);
  const numbers: number[] = [];
  for (let i = 0; i < found && i < count; i++) numbers.push(readInt(reader));
  return reader.fault === "" && numbers.length === count ? numbers : [];
}

/** Octets that the record at `at` takes; 0 where the page is blank from here, -1 where it is torn. */
function octetsAt(page: Bytes, at: number): number {
  if (at >= page.length) return 0;
  const length = page[at];
  if (length === BLANK) {
    for (let i = at; i < page.length && i < at + BLANK_OCTETS; i++) {
      if (page[i] !== BLANK) return -1;
    }
    // A long record that was refused as a whole leaves a longer gap: the next one begins at such a place.
    for (let i = at - (at % BLANK_OCTETS); i < page.length; i += BLANK_OCTETS) {
      if (i > at && page[i] !== BLANK) return -1;
    }
    return 0;
  }
  const end = at + 2 + length;
  if (end + 2 > page.length) return -1;
  const crc = crc16(page, at, end);
  return page[end] * 256 + page[end + 1] === crc ? framedOctets(length) : -1;
}

function recordAt(machine: Machine, page: Bytes, at: number): StoredRecord {
  return { type: page[at + 1], payload: copyBytes(machine, page, at + 2, at + 2 + page[at]) };
}

/** Generation of a page of this pair; -1 where its head can't be read. */
function generationOf(machine: Machine, page: Bytes, first: number): number {
  if (octetsAt(page, 0) <= 0 || page[1] !== HEAD) return -1;
  const head = readNumbers(recordAt(machine, page, 0).payload, 3);
  return head.length === 3 && head[0] === VERSION && head[1] === first ? head[2] : -1;
}

/** Goes on behind a record that can't be read, at the next place where a reader looks. */
export function leaveTorn(pair: PagePair): void {
  pair.torn += 1;
  pair.at += BLANK_OCTETS - (pair.at % BLANK_OCTETS);
}

/** Reads one page into `records`; false where its first facts are not complete. */
function readPage(machine: Machine, page: Bytes, pair: PagePair, records: StoredRecord[]): boolean {
  let complete = false;
  pair.at = 0;
  pair.torn = 0;
  let octets = octetsAt(page, 0);
  while (octets !== 0) {
    if (octets < 0) {
      if (!complete) return false;
      if (pair.torn === 0) pair.tornType = page[pair.at + 1];
      leaveTorn(pair);
    } else {
      if (page[pair.at + 1] === COMPLETE) complete = true;
      else if (page[pair.at + 1] !== HEAD) records.push(recordAt(machine, page, pair.at));
      pair.at += octets;
    }
    octets = octetsAt(page, pair.at);
  }
  return complete;
}

/** Neither erased nor a page of ours: an erase or a page turn was cut short there. */
function isDamaged(page: Bytes, generation: number): boolean {
  if (generation >= 0) return false;
  for (let i = 0; i < page.length; i++) if (page[i] !== BLANK) return true;
  return false;
}

/** Fills `pair` and returns the records of the newer page that is whole; `pair.page` is -1 for none. */
export function openPages(machine: Machine, pages: Bytes[], pair: PagePair): StoredRecord[] {
  pair.page = -1;
  if (pages.length !== 2) return [];
  const generations = [
    generationOf(machine, pages[0], pair.first),
    generationOf(machine, pages[1], pair.first),
  ];
  const newer = generations[1] > generations[0] ? 1 : 0;
  for (let i = 0; i < 2; i++) {
    const page = i === 0 ? newer : 1 - newer;
    const records: StoredRecord[] = [];
    if (generations[page] >= 0 && readPage(machine, pages[page], pair, records)) {
      pair.page = page;
      // The highest that was ever begun, so that the next one is above it.
      pair.generation = generations[newer];
      const other = 1 - page;
      pair.doubtful =
        pair.torn > 0 || page !== newer || isDamaged(pages[other], generations[other]);
      return records;
    }
  }
  return [];
}

/** A page as it is first written: head, facts, and the mark that they are complete. */
export function pageImage(
  machine: Machine,
  first: number,
  generation: number,
  facts: Bytes[],
): Bytes {
  const head = frameNumbers(machine, HEAD, [VERSION, first, generation]);
  const mark = frameRecord(machine, COMPLETE, machine.bytes(0));
  let length = head.length + mark.length;
  for (let i = 0; i < facts.length; i++) length += facts[i].length;
  const image = machine.bytes(length);
  let at = putBytes(image, 0, head);
  for (let i = 0; i < facts.length; i++) at = putBytes(image, at, facts[i]);
  putBytes(image, at, mark);
  return image;
}

/** Octets left in the page in use; none in a torn one but where `always`. */
export function roomOf(pair: PagePair, always: boolean): number {
  return pair.page < 0 || (pair.torn > 0 && !always) ? 0 : PAGE_OCTETS - pair.at;
}

/** Adds a framed record for which there is room. */
export function appendRecord(effects: Effect[], pair: PagePair, framed: Bytes): void {
  effects.push({
    kind: "write",
    page: pair.first + pair.page,
    offset: pair.at,
    bytes: framed,
  });
  pair.at += framed.length;
}

/**
 * Goes on in page `page` of the pair with these facts: erase, then one write, so that a cut
 * anywhere leaves the other page in force.
 */
export function turnPage(
  machine: Machine,
  effects: Effect[],
  pair: PagePair,
  page: number,
  facts: Bytes[],
): void {
  const image = pageImage(machine, pair.first, pair.generation + 1, facts);
  effects.push({ kind: "erase", page: pair.first + page });
  effects.push({ kind: "write", page: pair.first + page, offset: 0, bytes: image });
  pair.page = page;
  pair.generation += 1;
  pair.at = image.length;
  pair.torn = 0;
}
