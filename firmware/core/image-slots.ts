// Two slots for an image of the program: where each lies, what its head says, and which one is to run.
// Reads octets that are handed in; writes and runs nothing.

import { copyBytes, getUint, putUint } from "../../protocol/bytes.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { PAGE_OCTETS } from "./limits.ts";

/** Behind the four pages of identity and journal come the first slot's pages, then the second's. */
export const SLOT_PAGE = 4;
export const SLOT_PAGES = 19;
/** The last octets of a slot: erased first and written last, so that no half image has a head. */
export const HEAD_OCTETS = 64;
export const HEAD_AT = PAGE_OCTETS - HEAD_OCTETS;
export const SLOT_OCTETS_MAX = SLOT_PAGES * PAGE_OCTETS - HEAD_OCTETS;

export const HASH_OCTETS = 32;
const MARK = 79;
const HASH_AT = 12;
/** Words of zeros in a head: it was begun once, and it has proved itself. */
export const TRIED_AT = 48;
export const GOOD_AT = 52;
export const MARK_OCTETS = 4;

export interface Head {
  octets: number;
  /** Counts the images of this pager; the factory's has 0. */
  generation: number;
  /** The command that brought it. */
  id: number;
  /** SHA-256 of the image. */
  hash: Bytes;
  tried: boolean;
  good: boolean;
}

/** What a start knows of the image that runs, and of the one beside it. */
export interface ImageFacts {
  /** 1 or 2; 0 the one from the factory. */
  slot: number;
  /** It has yet to prove itself: the next start goes back. */
  trial: boolean;
  /** The highest of any head. */
  generation: number;
  /** Of the one that runs: its command, and its SHA-256; 0 and none for the factory's. */
  id: number;
  hash: Bytes;
  /** The command whose image was begun and did not prove itself; 0 none. */
  failed: number;
}

/** The first page of this slot. */
export function pageOfSlot(slot: number): number {
  return SLOT_PAGE + (slot - 1) * SLOT_PAGES;
}

/** The last page of this slot, in which its head lies. */
export function headPage(slot: number): number {
  return pageOfSlot(slot) + SLOT_PAGES - 1;
}

/** All but the two marks. */
export function encodeHead(
  machine: Machine,
  octets: number,
  generation: number,
  id: number,
  hash: Bytes,
): Bytes {
  const head = machine.bytes(TRIED_AT);
  head[0] = MARK;
  putUint(head, 1, octets, 3);
  putUint(head, 4, generation, 4);
  putUint(head, 8, id, 4);
  for (let i = 0; i < HASH_OCTETS; i++) head[HASH_AT + i] = hash[i];
  return head;
}

function isMarked(bytes: Bytes, at: number): boolean {
  return getUint(bytes, at, 1) !== 255;
}

/** Undefined where no image was ever finished. Whether its octets are whole, only its hash can tell. */
export function readHead(machine: Machine, bytes: Bytes): Head | undefined {
  const octets = getUint(bytes, 1, 3);
  if (bytes[0] !== MARK || octets === 0 || octets > SLOT_OCTETS_MAX) return undefined;
  return {
    octets: octets,
    generation: getUint(bytes, 4, 4),
    id: getUint(bytes, 8, 4),
    hash: copyBytes(machine, bytes, HASH_AT, HASH_AT + HASH_OCTETS),
    tried: isMarked(bytes, TRIED_AT),
    good: isMarked(bytes, GOOD_AT),
  };
}

/**
 * The slot to run; 0 where only the factory's image can. The heads of both slots, without one whose
 * image isn't whole. One that was never tried goes before an older one, once [pager §1.3].
 */
export function chooseSlot(heads: (Head | undefined)[]): number {
  let chosen = 0;
  let generation = 0;
  for (let i = 0; i < heads.length; i++) {
    const head = heads[i];
    if (head === undefined || head.generation <= generation) continue;
    if (head.tried && !head.good) continue;
    chosen = i + 1;
    generation = head.generation;
  }
  return chosen;
}

/** What the image in this slot is told when it begins. */
export function factsOfImages(
  machine: Machine,
  heads: (Head | undefined)[],
  slot: number,
): ImageFacts {
  const facts: ImageFacts = {
    slot: slot,
    trial: false,
    generation: 0,
    id: 0,
    hash: machine.bytes(0),
    failed: 0,
  };
  for (let i = 0; i < heads.length; i++) {
    const head = heads[i];
    if (head === undefined) continue;
    if (head.generation > facts.generation) facts.generation = head.generation;
    if (i + 1 === slot) {
      facts.trial = !head.good;
      facts.id = head.id;
      facts.hash = head.hash;
    } else if (head.tried && !head.good) facts.failed = head.id;
  }
  return facts;
}
