// Four storage pages that behave as flash does, with power that can be cut at any word of any write.
// Refuses what flash would spoil: writing a word twice without an erase between.

import { SLOT_PAGE, SLOT_PAGES } from "../../firmware/core/image-slots.ts";
import { blankJournal, COUNTER, POSITION } from "../../firmware/core/journal.ts";
import { PAGE_OCTETS, PAGES_IDENTITY, PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { frameNumbers, pageImage } from "../../firmware/core/pages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { identityImage } from "./contexts.ts";

const WORD = 4;

export class PowerCut extends Error {}

export interface Storage {
  pages: Uint8Array[];
  /** Words written, halves of pages erased, and effects begun since the beginning. */
  strokes: number;
  /** Power goes with this stroke; -1 for never. */
  cutAt: number;
  /** Bits of the word under way that are not written yet when power goes; 0 where none of it is. */
  unwritten: number;
  /** Pages whose writes and erases fail without doing anything. */
  broken: Set<number>;
  /** Counts one stroke; throws `PowerCut` where power goes before it. */
  stroke(): void;
  write(page: number, offset: number, bytes: ArrayLike<number>): boolean;
  erase(page: number): boolean;
}

function blankPage(): Uint8Array {
  return new Uint8Array(PAGE_OCTETS).fill(255);
}

const PAGES = 4;
/** Of a board that can be renewed. */
export const PAGES_WITH_SLOTS = SLOT_PAGE + 2 * SLOT_PAGES;

/** Pages as they are before provisioning. */
export function blankStorage(pages = PAGES): Storage {
  const storage: Storage = {
    pages: Array.from({ length: pages }, blankPage),
    strokes: 0,
    cutAt: -1,
    unwritten: 0,
    broken: new Set(),
    stroke() {
      if (storage.strokes === storage.cutAt) throw new PowerCut("power cut");
      storage.strokes += 1;
    },
    write(page, offset, bytes) {
      if (offset % WORD !== 0 || bytes.length % WORD !== 0) throw new Error("not whole words");
      if (offset + bytes.length > PAGE_OCTETS) throw new Error("behind the end of the page");
      if (storage.broken.has(page)) return false;
      for (let at = 0; at < bytes.length; at += WORD) {
        if (storage.unwritten > 0 && storage.strokes === storage.cutAt) {
          for (let i = at; i < at + WORD; i++)
            storage.pages[page][offset + i] = bytes[i] | storage.unwritten;
        }
        storage.stroke();
        for (let i = at; i < at + WORD; i++) {
          if (storage.pages[page][offset + i] !== 255) throw new Error("written twice");
          storage.pages[page][offset + i] = bytes[i];
        }
      }
      return true;
    },
    erase(page) {
      if (storage.broken.has(page)) return false;
      // A cut in the middle of an erase leaves half the page as it was.
      storage.pages[page].fill(255, PAGE_OCTETS / 2);
      storage.stroke();
      storage.pages[page].fill(255);
      storage.stroke();
      return true;
    },
  };
  return storage;
}

/** Pages as provisioning leaves them. */
export function provisionedStorage(addresses = ["192.0.2.1:5683"], pages = PAGES): Storage {
  const storage = blankStorage(pages);
  storage.pages[PAGES_IDENTITY].set(identityImage(addresses));
  storage.pages[PAGES_JOURNAL].set(blankJournal(nodeMachine) as Uint8Array);
  return storage;
}

/** A journal whose page has only so many octets left: a page turn falls anywhere in the story. */
export function storageWithRoom(octets: number): Storage {
  const storage = provisionedStorage();
  const facts = [0, 1].map((slot) => frameNumbers(nodeMachine, COUNTER, [slot, 512]));
  const image = pageImage(nodeMachine, PAGES_JOURNAL, 7, facts);
  const filler = frameNumbers(nodeMachine, POSITION, [1, 2, 3, 4]);
  const page = storage.pages[PAGES_JOURNAL].fill(255);
  let at = image.length;
  page.set(image as Uint8Array);
  for (; at + filler.length <= page.length - octets; at += filler.length) {
    page.set(filler as Uint8Array, at);
  }
  return storage;
}

/** The same octets with fresh power. */
export function repowered(storage: Storage): Storage {
  const next = blankStorage(storage.pages.length);
  for (const [page, octets] of storage.pages.entries()) next.pages[page].set(octets);
  return next;
}
