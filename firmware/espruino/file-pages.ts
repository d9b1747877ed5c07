// Storage pages as files, for the interpreter on Linux whose whole flash is Storage's own.
// A name is never written over: an erased page is a new file, then the old one goes [pager §1.1].

import type { Bytes } from "../../protocol/machine.ts";
import { pageOfSlot, SLOT_PAGE, SLOT_PAGES } from "../core/image-slots.ts";
import { sameOctets } from "./octets.ts";

const PAGE_OCTETS = 4096;
// A write at offset 0 would begin the file anew, so a page starts behind this mark.
const MARK = "page";
const Storage = require("Storage");

/** A page has a file of its own; the pages of a slot share one, because an image is read in one piece. */
interface Place {
  prefix: string;
  octets: number;
  at: number;
}

interface PageFile {
  name: string;
  generation: number;
}

function placeOf(page: number): Place {
  if (page < SLOT_PAGE) {
    return { prefix: "page" + page + ".", octets: PAGE_OCTETS, at: MARK.length };
  }
  const slot = page < pageOfSlot(2) ? 1 : 2;
  return {
    prefix: "slot" + slot + ".",
    octets: SLOT_PAGES * PAGE_OCTETS,
    at: MARK.length + (page - pageOfSlot(slot)) * PAGE_OCTETS,
  };
}

function newestFile(place: Place): PageFile {
  const newest: PageFile = { name: "", generation: 0 };
  const names = Storage.list();
  for (let i = 0; i < names.length; i++) {
    if (names[i].indexOf(place.prefix) !== 0) continue;
    const generation = parseInt(names[i].slice(place.prefix.length), 10);
    if (generation <= newest.generation) continue;
    newest.name = names[i];
    newest.generation = generation;
  }
  return newest;
}

function blankOctets(octets: number): Bytes {
  return new Uint8Array(octets).fill(255);
}

/**
 * What stands there; blank where there is no whole file. By a text, and not by a view of the file: a
 * view begins within the first 65,535 octets here, whatever it is asked for.
 */
function octetsOf(file: PageFile, at: number, octets: number): Bytes {
  const text = file.name === "" ? undefined : Storage.read(file.name, at, octets);
  if (text !== undefined && text.length === octets) {
    return new Uint8Array(E.toArrayBuffer(text), 0, octets);
  }
  return blankOctets(octets);
}

export function readPart(page: number, offset: number, octets: number): Bytes {
  const place = placeOf(page);
  return octetsOf(newestFile(place), place.at + offset, octets);
}

export function readPage(page: number): Bytes {
  return readPart(page, 0, PAGE_OCTETS);
}

/** How the octets of a file compare: 1 they stand there, 0 nothing does, -1 others do. */
function standing(file: PageFile, at: number, bytes: Bytes): number {
  const written = octetsOf(file, at, bytes.length);
  if (sameOctets(written, bytes)) return 1;
  return sameOctets(written, blankOctets(bytes.length)) ? 0 : -1;
}

/** Of a slot the first page that holds anything takes all of it: all of it is to be erased. */
export function erasePage(page: number): boolean {
  const place = placeOf(page);
  const old = newestFile(place);
  const isOfSlot = page >= SLOT_PAGE && old.name !== "";
  if (isOfSlot && standing(old, place.at, new Uint8Array(PAGE_OCTETS)) === 0) return true;
  const name = place.prefix + (old.generation + 1);
  if (!Storage.write(name, MARK, 0, place.octets + MARK.length)) {
    // Else it would be the newest one, and hide what still stands.
    Storage.erase(name);
    return false;
  }
  // Every older one: a cut between the two lines would otherwise leave a file for good.
  const names = Storage.list();
  for (let i = 0; i < names.length; i++) {
    if (names[i] !== name && names[i].indexOf(place.prefix) === 0) Storage.erase(names[i]);
  }
  return true;
}

/**
 * False when what stands there afterwards is not what was to be written. Storage throws where something
 * stands already, be it the same: the loop would go on without what it had still to do, an alarm too.
 */
export function writePage(page: number, offset: number, bytes: Bytes): boolean {
  const place = placeOf(page);
  let file = newestFile(place);
  if (file.name === "") {
    if (!erasePage(page)) return false;
    file = newestFile(place);
  }
  const at = place.at + offset;
  const before = standing(file, at, bytes);
  if (before !== 0) return before === 1;
  if (!Storage.write(file.name, bytes as Uint8Array, at)) return false;
  return standing(file, at, bytes) === 1;
}

/** What stands there from the beginning of this page on. */
export function pageText(page: number, octets: number): string {
  const place = placeOf(page);
  const text = Storage.read(newestFile(place).name, place.at, octets);
  return text === undefined ? "" : text;
}
