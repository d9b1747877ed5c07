// What a pager remembers of the orders of its platform: keys under trial, a search, results; its own card.
// Records only: each is changed by the file that has its name.

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
  /** Of the card that the platform was told of; 0 none. */
  mark: number;
}

/** The desk wants to know where the wearer is; id 0 while it doesn't. */
export interface Locate {
  id: number;
  sinceMs: number;
  forMs: number;
  /** A position was told, and when, and which. */
  told: boolean;
  toldMs: number;
  serial: number;
}

/** A command that was met: the same id gets the same result again. */
export interface Command {
  what: number;
  id: number;
  /** -1 while it goes on. */
  outcome: number;
  detail: number;
}
