// Settings as numbers, by the keys of their table.
// Reads only.

import type { State } from "./state.ts";

export function numberOf(state: State, key: number): number {
  return state.numbers[key - 1];
}
