// Raw flash pages of the RAK5010, outside the file storage that compaction moves about.
// Never touches Storage [pager §1.1].

import type { Bytes } from "../../protocol/machine.ts";
import { SLOT_PAGE, SLOT_PAGES } from "../core/image-slots.ts";
import { sameOctets } from "./octets.ts";

const PAGE_OCTETS = 4096;
const PAGE_COUNT = SLOT_PAGE + 2 * SLOT_PAGES;
const Flash = require("Flash");

function area(): { addr: number; length: number } {
  return Flash.getFree()[0];
}

/** An interpreter that leaves less room has no slots, and its pager takes no updates. */
export function hasSlots(): boolean {
  return area().length >= PAGE_COUNT * PAGE_OCTETS;
}

// The last pages of the free area stay free when the interpreter grows: what is dearest lies last.
function addressOf(page: number): number {
  const free = area();
  const fromEnd = page < SLOT_PAGE ? SLOT_PAGE - page : PAGE_COUNT - page + SLOT_PAGE;
  return free.addr + free.length - fromEnd * PAGE_OCTETS;
}

export function readPart(page: number, offset: number, octets: number): Bytes {
  return Flash.read(octets, addressOf(page) + offset);
}

export function readPage(page: number): Bytes {
  return readPart(page, 0, PAGE_OCTETS);
}

/** False when what stands there afterwards is not what was to be written. */
export function writePage(page: number, offset: number, bytes: Bytes): boolean {
  const address = addressOf(page) + offset;
  Flash.write(bytes as Uint8Array, address);
  return sameOctets(Flash.read(bytes.length, address), bytes);
}

export function erasePage(page: number): boolean {
  const address = addressOf(page);
  Flash.erasePage(address);
  const first = Flash.read(4, address);
  return first[0] === 255 && first[1] === 255 && first[2] === 255 && first[3] === 255;
}

/** What stands there from the beginning of this page on, where it stands: it takes no memory. */
export function pageText(page: number, octets: number): string {
  return E.memoryArea(addressOf(page), octets);
}
