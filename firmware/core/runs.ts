// Runs that a weak battery cuts short, and the radio that waits longer, or starts on its ladder.
// Never holds an alarm back for more than two seconds [pager §2.3].

import { isOpen } from "./alarm.ts";
import { count, RADIO_RESETS } from "./counts.ts";
import { leftMs } from "./due.ts";
import { noteRuns } from "./journal.ts";
import {
  RADIO_WAIT_MS,
  RADIO_WAIT_MS_ALARM,
  RADIO_WAIT_MS_MAX,
  RADIO_WAITS,
  SHORT_RUN_MS,
  SHORT_RUNS_MIN,
  WEAK_MV,
} from "./limits.ts";
import type { Moment } from "./moment.ts";
import type { State } from "./state.ts";

/**
 * One record in the journal for a start on a weak battery: nothing else outlives a loss of
 * power. It is written before the radio draws its first burst, and not at any other start.
 */
export function startRun(moment: Moment): void {
  const state = moment.pager;
  const runs = state.runs;
  runs.sinceMs = moment.nowMs;
  if (state.batteryMv === 0 || state.batteryMv >= WEAK_MV || state.charging) return;
  runs.short += 1;
  noteRuns(moment);
  const over = runs.short - SHORT_RUNS_MIN;
  if (over >= 0) runs.radioMs = over < RADIO_WAITS ? RADIO_WAIT_MS << over : RADIO_WAIT_MS_MAX;
}

/** Milliseconds until the radio begins; -1 once it has. */
export function runsDueInMs(state: State, nowMs: number): number {
  const runs = state.runs;
  if (runs.radioMs < 0) return -1;
  const soon = isOpen(state) && runs.radioMs > RADIO_WAIT_MS_ALARM;
  return leftMs(nowMs, runs.sinceMs, soon ? RADIO_WAIT_MS_ALARM : runs.radioMs);
}

/** Ends a rest between two searches for a network that has lasted so long: it may be there by now. */
export function hurrySearch(moment: Moment, behindMs: number): void {
  if (moment.pager.link.radio !== "off") return;
  moment.effects.push({ kind: "search", behindMs: behindMs });
}

/** On flash, so that no restart of the processor sends the ladder back to its ground [pager §2.7]. */
export function takeLadder(moment: Moment, failures: number): void {
  const runs = moment.pager.runs;
  if (failures % 4 > 2 && runs.failures % 4 < 3) count(moment.pager.counts, RADIO_RESETS);
  runs.failures = failures;
  if (moment.pager.identity.contexts.length > 0) noteRuns(moment);
}

export function advanceRuns(moment: Moment): void {
  const runs = moment.pager.runs;
  if (runsDueInMs(moment.pager, moment.nowMs) === 0) {
    runs.radioMs = -1;
    runs.sinceMs = moment.nowMs;
    // Without an alarm the radio begins with the plan of its set-up.
    const failures = isOpen(moment.pager) ? runs.failures : runs.failures % 4;
    moment.effects.push({ kind: "startRadio", failures: failures });
  }
  if (runs.short === 0 || runs.radioMs >= 0) return;
  if (leftMs(moment.nowMs, runs.sinceMs, SHORT_RUN_MS) > 0) return;
  runs.short = 0;
  noteRuns(moment);
}
