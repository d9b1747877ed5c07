// Settings as numbers and texts, by the keys of their table.
// Reads only.

import { HOLD_MS } from "./limits.ts";
import type { State } from "./state.ts";

/** In the order of their keys, which begin with 1. */
export function newNumbers(): number[] {
  return [HOLD_MS, 43200, 30, 120, 600, 30, 60, 90, 20, 10, 5, 480, 8, 20, 30, 120, 300, 0];
}

export function numberOf(state: State, key: number): number {
  return state.numbers[key - 1];
}
