// Four raw flash pages of the RAK5010, outside the file storage that compaction moves about.
// Never touches Storage [pager §1.1].

import type { Bytes } from "../../protocol/machine.ts";

const PAGE_OCTETS = 4096;
const PAGE_COUNT = 4;
const Flash = require("Flash");

// The last pages of the free area stay free when the interpreter grows at its start.
function firstAddress(): number {
  const area = Flash.getFree()[0];
  return area.addr + area.length - PAGE_COUNT * PAGE_OCTETS;
}

export function readPage(page: number): Bytes {
  return Flash.read(PAGE_OCTETS, firstAddress() + page * PAGE_OCTETS);
}

/** False when what stands there afterwards is not what was to be written. */
export function writePage(page: number, offset: number, bytes: Bytes): boolean {
  const address = firstAddress() + page * PAGE_OCTETS + offset;
  Flash.write(bytes as Uint8Array, address);
  const written = Flash.read(bytes.length, address);
  for (let i = 0; i < bytes.length; i++) if (written[i] !== bytes[i]) return false;
  return true;
}

export function erasePage(page: number): boolean {
  const address = firstAddress() + page * PAGE_OCTETS;
  Flash.erasePage(address);
  const first = Flash.read(4, address);
  return first[0] === 255 && first[1] === 255 && first[2] === 255 && first[3] === 255;
}
