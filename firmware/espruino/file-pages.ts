// Four storage pages as files, for the interpreter on Linux whose whole flash is Storage's own.
// A name is never written over: an erased page is a new file, then the old one goes [pager §1.1].

import type { Bytes } from "../../protocol/machine.ts";

const PAGE_OCTETS = 4096;
// A write at offset 0 would begin the file anew, so a page starts behind this mark.
const MARK = "page";
const Storage = require("Storage");

interface PageFile {
  name: string;
  generation: number;
}

function prefixOf(page: number): string {
  return "page" + page + ".";
}

function newestFile(page: number): PageFile {
  const prefix = prefixOf(page);
  const newest: PageFile = { name: "", generation: 0 };
  const names = Storage.list();
  for (let i = 0; i < names.length; i++) {
    if (names[i].indexOf(prefix) !== 0) continue;
    const generation = parseInt(names[i].slice(prefix.length), 10);
    if (generation <= newest.generation) continue;
    newest.name = names[i];
    newest.generation = generation;
  }
  return newest;
}

export function readPage(page: number): Bytes {
  const file = newestFile(page);
  const octets = file.name === "" ? undefined : Storage.readArrayBuffer(file.name);
  if (octets !== undefined && octets.byteLength === PAGE_OCTETS + MARK.length) {
    return new Uint8Array(octets, MARK.length, PAGE_OCTETS);
  }
  const blank = new Uint8Array(PAGE_OCTETS);
  for (let i = 0; i < PAGE_OCTETS; i++) blank[i] = 255;
  return blank;
}

export function erasePage(page: number): boolean {
  const old = newestFile(page);
  const name = "page" + page + "." + (old.generation + 1);
  if (!Storage.write(name, MARK, 0, PAGE_OCTETS + MARK.length)) {
    // Else it would be the newest one, and hide what still stands.
    Storage.erase(name);
    return false;
  }
  // Every older one: a cut between the two lines would otherwise leave a file for good.
  const names = Storage.list();
  for (let i = 0; i < names.length; i++) {
    if (names[i] !== name && names[i].indexOf(prefixOf(page)) === 0) Storage.erase(names[i]);
  }
  return true;
}

/** How the octets of a file compare: 1 they stand there, 0 nothing does, -1 others do. */
function standing(name: string, at: number, bytes: Bytes): number {
  const octets = Storage.readArrayBuffer(name);
  if (octets === undefined) return -1;
  const written = new Uint8Array(octets, at, bytes.length);
  let same = true;
  let blank = true;
  for (let i = 0; i < bytes.length; i++) {
    if (written[i] !== bytes[i]) same = false;
    if (written[i] !== 255) blank = false;
  }
  return same ? 1 : blank ? 0 : -1;
}

/**
 * False when what stands there afterwards is not what was to be written. Storage throws where something
 * stands already, be it the same: the loop would go on without what it had still to do, an alarm too.
 */
export function writePage(page: number, offset: number, bytes: Bytes): boolean {
  let file = newestFile(page);
  if (file.name === "") {
    if (!erasePage(page)) return false;
    file = newestFile(page);
  }
  const at = offset + MARK.length;
  const before = standing(file.name, at, bytes);
  if (before !== 0) return before === 1;
  if (!Storage.write(file.name, bytes as Uint8Array, at)) return false;
  return standing(file.name, at, bytes) === 1;
}
