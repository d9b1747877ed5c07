// Cues that can wait: never over another one, some of them only by day.
// Decides nothing else: which cue waits is for the beat, the battery and the tests.

import { DAY_FROM_H_KEY, DAY_TO_H_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { hourOfDay } from "./clock.ts";
import { leftMs } from "./due.ts";
import { CUE_MS } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";

/** What is left of a wait, and of the cue that was given last: the player would cut it short. */
export function softInMs(state: State, nowMs: number, sinceMs: number, waitMs: number): number {
  const left = leftMs(nowMs, sinceMs, waitMs);
  const cueMs = spanMs(nowMs, state.cueMs);
  // Weeks behind the last cue the milliseconds have wrapped: that is no cue that still runs.
  const cueLeft = cueMs >= 0 && cueMs < CUE_MS ? CUE_MS - cueMs : 0;
  return cueLeft > left ? cueLeft : left;
}

/** Where nobody told the time it counts as day: better woken than never told. */
export function isDay(moment: Moment): boolean {
  const hour = hourOfDay(moment);
  const state = moment.pager;
  return (
    hour < 0 || (hour >= numberOf(state, DAY_FROM_H_KEY) && hour < numberOf(state, DAY_TO_H_KEY))
  );
}
