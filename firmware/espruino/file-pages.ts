// Storage pages as files, for the interpreter on Linux whose whole flash is Storage's own.
// A name is never written over: an erased page is a new file, then the old one goes [pager §1.1].

import type { Bytes } from "../../protocol/machine.ts";
import { pageOfSlot, SLOT_PAGE, SLOT_PAGES } from "../core/image-slots.ts";

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
  if (page < SLOT_PAGE) return { prefix: "page" + page + ".", octets: PAGE_OCTETS, at: 0 };
  const slot = page < pageOfSlot(2) ? 1 : 2;
  return {
    prefix: "slot" + slot + ".",
    octets: SLOT_PAGES * PAGE_OCTETS,
    at: (page - pageOfSlot(slot)) * PAGE_OCTETS,
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

/** Undefined where there is none. */
function octetsOf(place: Place, file: PageFile, offset: number, octets: number): Bytes | undefined {
  const whole = file.name === "" ? undefined : Storage.readArrayBuffer(file.name);
  if (whole === undefined || whole.byteLength !== place.octets + MARK.length) return undefined;
  return new Uint8Array(whole, MARK.length + place.at + offset, octets);
}

export function readPart(page: number, offset: number, octets: number): Bytes {
  const place = placeOf(page);
  const found = octetsOf(place, newestFile(place), offset, octets);
  if (found !== undefined) return found;
  const blank = new Uint8Array(octets);
  for (let i = 0; i < octets; i++) blank[i] = 255;
  return blank;
}

export function readPage(page: number): Bytes {
  return readPart(page, 0, PAGE_OCTETS);
}

function isBlank(bytes: Bytes): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 255) return false;
  return true;
}

/** Of a slot the first page that holds anything takes all of it: all of it is to be erased. */
export function erasePage(page: number): boolean {
  const place = placeOf(page);
  const old = newestFile(place);
  if (page >= SLOT_PAGE && old.name !== "" && isBlank(readPage(page))) return true;
  const name = place.prefix + (old.generation + 1);
  if (!Storage.write(name, MARK, 0, place.octets + MARK.length)) return false;
  // Every older one: a cut between the two lines would otherwise leave a file for good.
  const names = Storage.list();
  for (let i = 0; i < names.length; i++) {
    if (names[i] !== name && names[i].indexOf(place.prefix) === 0) Storage.erase(names[i]);
  }
  return true;
}

/** False when what stands there afterwards is not what was to be written. */
export function writePage(page: number, offset: number, bytes: Bytes): boolean {
  const place = placeOf(page);
  let file = newestFile(place);
  if (file.name === "") {
    if (!erasePage(page)) return false;
    file = newestFile(place);
  }
  const at = MARK.length + place.at + offset;
  if (!Storage.write(file.name, bytes as Uint8Array, at)) return false;
  const written = octetsOf(place, file, offset, bytes.length);
  if (written === undefined) return false;
  for (let i = 0; i < bytes.length; i++) if (written[i] !== bytes[i]) return false;
  return true;
}

/** What stands there from the beginning of this page on. */
export function pageText(page: number, octets: number): string {
  const place = placeOf(page);
  const text = Storage.read(newestFile(place).name, MARK.length + place.at, octets);
  return text === undefined ? "" : text;
}
