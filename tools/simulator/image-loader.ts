// What a board's loader does at a start, over pages of a world or a test: it takes an image and marks it begun.
// Runs nothing: the core is the same whatever image is said to run.

import {
  chooseSlot,
  factsOfImages,
  HEAD_AT,
  HEAD_OCTETS,
  type Head,
  headPage,
  type ImageFacts,
  MARK_OCTETS,
  pageOfSlot,
  readHead,
  SLOT_PAGES,
  TRIED_AT,
} from "../../firmware/core/image-slots.ts";
import { equalBytes } from "../../protocol/bytes.ts";
import { nodeMachine } from "../../sdk/machine.ts";

export interface ImagePages {
  read(page: number): Uint8Array;
  /** False where it failed; power that goes in the middle is thrown through. */
  write(page: number, offset: number, bytes: Uint8Array): boolean;
}

/** SHA-256 of the first octets from this page on. */
export function hashPages(
  { read }: Pick<ImagePages, "read">,
  page: number,
  octets: number,
): Uint8Array {
  const pages = Array.from({ length: SLOT_PAGES }, (_, at) => read(page + at));
  return nodeMachine.sha256(Buffer.concat(pages).subarray(0, octets)) as Uint8Array;
}

/** The head of an image that is whole. */
export function headOf(pages: Pick<ImagePages, "read">, slot: number): Head | undefined {
  const octets = pages.read(headPage(slot)).slice(HEAD_AT, HEAD_AT + HEAD_OCTETS);
  const head = readHead(nodeMachine, octets);
  if (head === undefined) return undefined;
  const isWhole = equalBytes(hashPages(pages, pageOfSlot(slot), head.octets), head.hash);
  return isWhole ? head : undefined;
}

/** As firmware/espruino/loader.ts does it. */
export function beginImage(pages: ImagePages): ImageFacts {
  const heads = [headOf(pages, 1), headOf(pages, 2)];
  for (;;) {
    const slot = chooseSlot(heads);
    const head = slot > 0 ? heads[slot - 1] : undefined;
    const mayRun = head === undefined || head.good || begin(pages, slot);
    if (mayRun) return factsOfImages(nodeMachine, heads, slot);
    heads[slot - 1] = undefined;
  }
}

// internal

function begin(pages: ImagePages, slot: number): boolean {
  return pages.write(headPage(slot), HEAD_AT + TRIED_AT, new Uint8Array(MARK_OCTETS));
}
