// Chooses the image that runs at a start; one that has not proved itself is begun once and never again.
// Stands outside all images and is never renewed, so it does nothing else [pager §1.3].

import { equalBytes } from "../../protocol/bytes.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  chooseSlot,
  factsOfImages,
  GOOD_AT,
  HEAD_AT,
  HEAD_OCTETS,
  type Head,
  headPage,
  MARK_OCTETS,
  pageOfSlot,
  readHead,
  TRIED_AT,
} from "../core/image-slots.ts";
import { tellImage } from "./image-facts.ts";
import { espruinoMachine, sha256 } from "./machine.ts";

/** The pages of this board, by the numbers of image-slots.ts. */
export interface ImagePages {
  readPart(page: number, offset: number, octets: number): Bytes;
  /** The first octets from this page on, as a text that takes no memory where the board can. */
  pageText(page: number, octets: number): string;
  /** False where it does not stand there afterwards. */
  writePage(page: number, offset: number, bytes: Bytes): boolean;
  /** Runs the image from the factory. */
  runFactory(): void;
  restart(): void;
}

/** By another name it sees the global names alone, and leaves the build free to shorten these. */
// biome-ignore lint/security/noGlobalEval: an image is a program, and its hash was looked at.
export const evaluate = eval;
const WATCHDOG_S = 60;
/** An image on trial gives up sooner by itself; this is for one that can't even do that. */
const TRIAL_MS_MAX = 1200000;

function headOctets(pages: ImagePages, slot: number): Bytes {
  return pages.readPart(headPage(slot), HEAD_AT, HEAD_OCTETS);
}

function imageText(pages: ImagePages, slot: number, octets: number): string {
  return pages.pageText(pageOfSlot(slot), octets);
}

function wholeHead(pages: ImagePages, slot: number): Head | undefined {
  const head = readHead(espruinoMachine, headOctets(pages, slot));
  if (head === undefined) return undefined;
  return equalBytes(sha256(imageText(pages, slot, head.octets)), head.hash) ? head : undefined;
}

/** That this image was begun; false where the mark does not stand there afterwards. */
function markBegun(pages: ImagePages, slot: number): boolean {
  return pages.writePage(headPage(slot), HEAD_AT + TRIED_AT, new Uint8Array(MARK_OCTETS));
}

/** The mark stands before the first line of the image runs, or it does not run. */
function choose(pages: ImagePages, heads: (Head | undefined)[]): number {
  for (;;) {
    const slot = chooseSlot(heads);
    const head = slot > 0 ? heads[slot - 1] : undefined;
    if (head === undefined || head.good || markBegun(pages, slot)) return slot;
    heads[slot - 1] = undefined;
  }
}

function isKept(pages: ImagePages, slot: number): boolean {
  return headOctets(pages, slot)[GOOD_AT] === 0;
}

function runOnTrial(pages: ImagePages, slot: number, text: string): void {
  E.enableWatchdog(WATCHDOG_S, false);
  setTimeout(function () {
    if (!isKept(pages, slot)) pages.restart();
  }, TRIAL_MS_MAX);
  try {
    evaluate(text);
  } catch (_fault) {
    // Whatever it was: the next start finds the image before.
    pages.restart();
  }
}

export function runImage(pages: ImagePages): void {
  const heads = [wholeHead(pages, 1), wholeHead(pages, 2)];
  const slot = choose(pages, heads);
  const facts = factsOfImages(espruinoMachine, heads, slot);
  tellImage(facts);
  const head = slot > 0 ? heads[slot - 1] : undefined;
  if (head === undefined) pages.runFactory();
  else if (facts.trial) runOnTrial(pages, slot, imageText(pages, slot, head.octets));
  else evaluate(imageText(pages, slot, head.octets));
}
