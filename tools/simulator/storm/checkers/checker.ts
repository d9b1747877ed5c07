// What every checker is: it sees the events of one world, one by one, and judges.
// A checker knows events only: no code of the firmware, the gateway or the simulator.

import type { WorldEvent } from "../world-event.ts";

/** Where a checker says what it found; `broken` ends the world. */
export interface Judge {
  /** One case was judged and found good. */
  good(): void;
  /** The rule does not hold. The text says which alarm, pager or number, and what was seen. */
  broken(text: string): void;
  /** A case that the rule excuses, with a word for the table: it is counted, never hidden. */
  excused(why: string): void;
}

export interface Checker {
  take(event: WorldEvent): void;
}

export interface CheckerKind {
  readonly name: string;
  /** The rule in one sentence. */
  readonly rule: string;
  create(judge: Judge): Checker;
}
