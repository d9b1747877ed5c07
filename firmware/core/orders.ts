// What a pager remembers of orders: keys under trial, a search, a track, results; its own card.
// Records only: each is changed by the file that has its name.

import type { Pull } from "../../protocol/block-pull.ts";
import type { Bytes } from "../../protocol/machine.ts";

/** Trying out new keys: how often, and when last. */
export interface Renewal {
  probes: number;
  probeMs: number;
  /** Exchanges in a row that nobody answered though the radio was ready. */
  misses: number;
}

/** What the pager is made of. */
export interface Card {
  board: number;
  /** Burned into the processor; no octets on a board that has none, which is then never activated. */
  chip: Bytes;
  /** Of the SIM and of the modem; "" until the radio has told. */
  iccid: string;
  imei: string;
  /** Why it could not be used when that was told last; 0 where it can. */
  fault: number;
  /** Of the card that the platform was told of; 0 none. */
  mark: number;
}

/** The desk wants to know where the wearer is; id 0 while it doesn't. */
export interface Locate {
  id: number;
  sinceMs: number;
  forMs: number;
  /** A position was told. */
  told: boolean;
}

/** Points on their way to the platform. */
export interface Track {
  /**
   * Oldest first, four numbers each: time, latitude and longitude in 1e-5 degree, code of the
   * uncertainty. A time is whole tens of seconds, so that a point has the same time in whatever
   * company it is said, and one more where only the network told it.
   */
  points: number[];
  /** So many of these numbers are in the journal. */
  noted: number;
  /** The last point, the position that it was made of, and when the wait for the next one began. */
  time: number;
  north: number;
  east: number;
  serial: number;
  sinceMs: number;
}

/** A new image on its way; what `stage` means stands in update.ts. */
export interface Update {
  /** The command that asked for it; 0 none. */
  id: number;
  octets: number;
  hash: Bytes;
  stage: number;
  /** So many pages of the slot are erased. */
  page: number;
  begins: number;
  /** It goes on so long behind `sinceMs`; of an image on trial that is when it began. */
  sinceMs: number;
  waitMs: number;
  /** Faults of the storage that there were when this run began. */
  faults: number;
  pull?: Pull;
}

export function newUpdate(): Update {
  return {
    id: 0,
    octets: 0,
    hash: [],
    stage: 0,
    page: 0,
    begins: 0,
    sinceMs: 0,
    waitMs: 0,
    faults: 0,
  };
}

/** A command that was met: the same id gets the same result again. */
export interface Command {
  what: number;
  id: number;
  /** -1 while it goes on. */
  outcome: number;
  detail: number;
}
