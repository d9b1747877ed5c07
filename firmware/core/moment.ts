// One step in progress: what every part gets, and where its effects go.
// Performs nothing.

import type { Machine } from "../../protocol/machine.ts";
import { spanMs } from "../../protocol/span.ts";
import type { CueName } from "./cues.ts";
import type { Effect } from "./effect.ts";
import { LOG_ROWS } from "./limits.ts";
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
  moment.pager.cueMs = moment.nowMs;
  moment.effects.push({ kind: "cue", name: name });
}

/** One fact, one row: an event, the number of the alarm it speaks of or 0, and one detail. */
export function log(moment: Moment, event: number, alarm: number, detail: number): void {
  const state = moment.pager;
  const clock = state.clock;
  const ms = spanMs(moment.nowMs, clock.atMs);
  const rows = state.rows;
  rows[state.rowAt] = clock.timeS + (ms > 0 ? moment.machine.divide(ms, 1000) : 0);
  rows[state.rowAt + 1] = event;
  rows[state.rowAt + 2] = alarm;
  rows[state.rowAt + 3] = detail;
  state.rowAt = (state.rowAt + 4) % (4 * LOG_ROWS);
  moment.effects.push({ kind: "log", event: event, alarm: alarm, detail: detail });
}

/** Next 31 random bits, by Park and Miller in the form of Schrage: no overflow. */
export function chance(moment: Moment): number {
  const state = moment.pager;
  const high = moment.machine.divide(state.chance, 44488);
  const next = 48271 * (state.chance - high * 44488) - 3399 * high;
  state.chance = next > 0 ? next : next + 2147483647;
  return state.chance;
}
