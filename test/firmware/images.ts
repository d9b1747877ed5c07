// What a board's loader does at a start, over the pages of a test: it takes an image and marks it begun.
// Runs nothing: the core of the tests is the same whatever image is said to run.

import {
  chooseSlot,
  factsOfImages,
  HEAD_AT,
  HEAD_OCTETS,
  type Head,
  type ImageFacts,
  MARK_OCTETS,
  pageOfSlot,
  readHead,
  SLOT_PAGE,
  SLOT_PAGES,
  TRIED_AT,
} from "../../firmware/core/image-slots.ts";
import { equalBytes } from "../../protocol/bytes.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { Storage } from "./storage.ts";

export function headPageOf(slot: number): number {
  return pageOfSlot(slot) + SLOT_PAGES - 1;
}

export function hashPages(
  { pages }: Pick<Storage, "pages">,
  { page, octets }: { page: number; octets: number },
): Uint8Array {
  const whole = Buffer.concat(pages.slice(page, page + SLOT_PAGES)).subarray(0, octets);
  return nodeMachine.sha256(whole) as Uint8Array;
}

/** The head of an image that is whole. */
export function headOf(storage: Pick<Storage, "pages">, slot: number): Head | undefined {
  const octets = storage.pages[headPageOf(slot)].slice(HEAD_AT, HEAD_AT + HEAD_OCTETS);
  const head = readHead(nodeMachine, octets);
  if (head === undefined) return undefined;
  const hash = hashPages(storage, { page: pageOfSlot(slot), octets: head.octets });
  return equalBytes(hash, head.hash) ? head : undefined;
}

/** Undefined on a board without slots. */
export function beginImage(storage: Storage): ImageFacts | undefined {
  if (storage.pages.length <= SLOT_PAGE) return undefined;
  const heads = [headOf(storage, 1), headOf(storage, 2)];
  const slot = chooseSlot(heads);
  if (slot > 0 && heads[slot - 1]?.good === false) {
    storage.write(headPageOf(slot), HEAD_AT + TRIED_AT, new Uint8Array(MARK_OCTETS));
  }
  return factsOfImages(nodeMachine, heads, slot);
}
