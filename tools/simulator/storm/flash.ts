// The pager's storage pages as flash: writing clears bits, erasing sets them, and both can fail.
// Says how each access ended; what a cut does to the pager is pager-body.ts's.

import { SLOT_PAGE, SLOT_PAGES } from "../../../firmware/core/image-slots.ts";
import type { Bytes } from "../../../protocol/machine.ts";
import type { Chance } from "../chance.ts";
import type { Weather } from "./weather.ts";
import type { StorageOutcome } from "./world-event.ts";

const PAGES = SLOT_PAGE + 2 * SLOT_PAGES;
const JOURNAL = [2, 3];
const PAGE_OCTETS = 4096;
const WORD_OCTETS = 4;
const BLANK = 255;
/** What the core calls slow begins at 200 ms. */
const SLOW_MS_MIN = 250;
const SLOW_MS_MAX = 2000;

export interface Access {
  outcome: StorageOutcome;
  /** How long the processor stood still. */
  tookMs: number;
}

export interface Flash {
  /** At the bench: nothing fails there. */
  provision(page: number, offset: number, bytes: Bytes): void;
  read(page: number): Uint8Array;
  write(page: number, offset: number, bytes: Bytes): Access;
  erase(page: number): Access;
  /** The journal is gone, as after a bad sector or a tool that erased too much. */
  loseJournal(): void;
  /** Nothing is left of it, keys and all. */
  loseAll(): void;
  /** The newest record of the journal loses some bits, as where power went while it was written. */
  bendNewest(): void;
  /** How often each page was erased. */
  readonly erases: readonly number[];
}

export function createFlash(weather: Weather, chance: Chance): Flash {
  const pages = Array.from({ length: PAGES }, () => new Uint8Array(PAGE_OCTETS).fill(BLANK));
  const erases = pages.map(() => 0);

  /** Where the journal was written last. */
  let newest = { page: JOURNAL[0], endAt: 0 };

  const slow = (): Access => ({
    outcome: "slow",
    tookMs: chance.between(SLOW_MS_MIN, SLOW_MS_MAX),
  });

  /** Flash can't set a bit again but by an erase. */
  function put(page: number, offset: number, bytes: Bytes, count: number): void {
    for (let at = 0; at < count; at++) pages[page][offset + at] &= bytes[at];
  }

  /** None, some or all of the words, and of the next one perhaps some bits. */
  function putPart(page: number, offset: number, bytes: Bytes): void {
    const words = chance.between(0, bytes.length / WORD_OCTETS);
    put(page, offset, bytes, words * WORD_OCTETS);
    const torn = words * WORD_OCTETS;
    if (torn < bytes.length && chance.happens(0.5)) {
      pages[page][offset + torn] &= bytes[torn] | chance.below(256);
    }
  }

  return {
    erases,
    provision: (page, offset, bytes) => put(page, offset, bytes, bytes.length),
    loseJournal() {
      for (const page of JOURNAL) pages[page].fill(BLANK);
    },
    loseAll() {
      for (const page of pages) page.fill(BLANK);
    },
    bendNewest() {
      const { page, endAt } = newest;
      if (endAt > 0) pages[page].fill(0, Math.max(0, endAt - 2 * WORD_OCTETS), endAt);
    },
    read: (page) => pages[page].slice(),
    write(page, offset, bytes) {
      // A whole page that begins is no record: what it says stands in the other one no more.
      if (JOURNAL.includes(page)) newest = { page, endAt: offset > 0 ? offset + bytes.length : 0 };
      if (weather.strikes("cutAtWrite")) {
        putPart(page, offset, bytes);
        return { outcome: "cut", tookMs: 0 };
      }
      if (weather.strikes("writeFailed")) {
        putPart(page, offset, bytes);
        return { outcome: "failed", tookMs: 1 };
      }
      put(page, offset, bytes, bytes.length);
      // As a board says it: what stands there is not what was to be written.
      for (let at = 0; at < bytes.length; at++) {
        if (pages[page][offset + at] !== bytes[at]) return { outcome: "failed", tookMs: 1 };
      }
      return weather.strikes("writeSlow") ? slow() : { outcome: "good", tookMs: 0 };
    },
    erase(page) {
      const cut = weather.strikes("cutAtErase");
      // A board looks at what stands there afterwards: on a blank page nothing can be refused.
      const blank = pages[page].every((octet) => octet === BLANK);
      if (!cut && !blank && weather.strikes("eraseFailed")) return { outcome: "failed", tookMs: 1 };
      erases[page]++;
      // An erase that is cut leaves any mixture of old and new.
      for (let at = 0; at < PAGE_OCTETS; at++) {
        if (!cut || chance.happens(0.5)) pages[page][at] = BLANK;
      }
      if (cut) return { outcome: "cut", tookMs: 0 };
      return weather.strikes("eraseSlow") ? slow() : { outcome: "good", tookMs: 0 };
    },
  };
}
