// The loader of a world over the pages of a test, on a board that has slots.
// Asserts nothing.

import { type Head, type ImageFacts, SLOT_PAGE } from "../../firmware/core/image-slots.ts";
import * as loader from "../../tools/simulator/image-loader.ts";
import type { Storage } from "./storage.ts";

const pagesOf = (storage: Storage): loader.ImagePages => ({
  read: (page) => storage.pages[page],
  write: (page, offset, bytes) => storage.write(page, offset, bytes),
});

export function hashPages(storage: Storage, asked: { page: number; octets: number }): Uint8Array {
  return loader.hashPages(pagesOf(storage), asked.page, asked.octets);
}

export function headOf(storage: Storage, slot: number): Head | undefined {
  return loader.headOf(pagesOf(storage), slot);
}

/** Undefined on a board without slots. */
export function beginImage(storage: Storage): ImageFacts | undefined {
  return storage.pages.length > SLOT_PAGE ? loader.beginImage(pagesOf(storage)) : undefined;
}
