// One step in progress: what every part gets, and where its effects go.
// Performs nothing.

import type { Machine } from "../../protocol/machine.ts";
import type { CueName } from "./cues.ts";
import type { Effect } from "./effect.ts";
import type { State } from "./state.ts";

export interface Moment {
  machine: Machine;
  /** The whole of the pager that steps. */
  pager: State;
  nowMs: number;
  effects: Effect[];
}

export function giveCue(moment: Moment, name: CueName): void {
  moment.pager.lastCue = name;
  moment.effects.push({ kind: "cue", name: name });
}

/** One fact, one line; the number of the alarm it speaks of stands first, 0 for none. */
export function log(moment: Moment, alarm: number, text: string): void {
  moment.effects.push({ kind: "log", alarm: alarm, text: text });
}

/** Next 31 random bits, by Park and Miller in the form of Schrage: no overflow. */
export function chance(moment: Moment): number {
  const state = moment.pager;
  const high = moment.machine.divide(state.chance, 44488);
  const next = 48271 * (state.chance - high * 44488) - 3399 * high;
  state.chance = next > 0 ? next : next + 2147483647;
  return state.chance;
}
