// Chooses the image that runs at a start; one that has not proved itself is begun once and never again.
// Stands outside all images and is never renewed, so it does nothing else [pager §1.3].

import { equalBytes } from "../../protocol/bytes.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { chooseSlot, factsOfImages, GOOD_AT, type Head, readHead } from "../core/image-slots.ts";
import { tellImage } from "./image-facts.ts";
import { espruinoMachine, sha256 } from "./machine.ts";

/** Where the images of this board lie. */
export interface ImagePlaces {
  /** 64 octets; 255 where nothing was written. */
  head(slot: number): Bytes;
  /** The first octets of the slot, as a text that takes no memory where the board can. */
  text(slot: number, octets: number): string;
  /** Writes that this image was begun; false where it does not stand there afterwards. */
  begin(slot: number): boolean;
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

function wholeHead(places: ImagePlaces, slot: number): Head | undefined {
  const head = readHead(espruinoMachine, places.head(slot));
  if (head === undefined) return undefined;
  return equalBytes(sha256(places.text(slot, head.octets)), head.hash) ? head : undefined;
}

/** The mark stands before the first line of the image runs, or it does not run. */
function choose(places: ImagePlaces, heads: (Head | undefined)[]): number {
  for (;;) {
    const slot = chooseSlot(heads);
    const head = slot > 0 ? heads[slot - 1] : undefined;
    if (head === undefined || head.good || places.begin(slot)) return slot;
    heads[slot - 1] = undefined;
  }
}

function isKept(places: ImagePlaces, slot: number): boolean {
  return places.head(slot)[GOOD_AT] === 0;
}

function runOnTrial(places: ImagePlaces, slot: number, text: string): void {
  E.enableWatchdog(WATCHDOG_S, false);
  setTimeout(function () {
    if (!isKept(places, slot)) places.restart();
  }, TRIAL_MS_MAX);
  try {
    evaluate(text);
  } catch (_fault) {
    // Whatever it was: the next start finds the image before.
    places.restart();
  }
}

export function runImage(places: ImagePlaces): void {
  const heads = [wholeHead(places, 1), wholeHead(places, 2)];
  const slot = choose(places, heads);
  const facts = factsOfImages(espruinoMachine, heads, slot);
  tellImage(facts);
  const head = slot > 0 ? heads[slot - 1] : undefined;
  if (head === undefined) places.runFactory();
  else if (facts.trial) runOnTrial(places, slot, places.text(slot, head.octets));
  else evaluate(places.text(slot, head.octets));
}
