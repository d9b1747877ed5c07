// How long slow storage may have held a pager's processor: the slack that a deadline of it gets.
// Excuses nothing else.

import type { WorldEvent } from "../world-event.ts";
import { listOf } from "./recent.ts";

export interface Stalls {
  take(event: WorldEvent): void;
  /** At most so long did storage hold this pager since then. */
  slackMs(pager: string, sinceMs: number): number;
}

/** A slow access takes two seconds at most. */
export const STALL_MS = 2500;
/** More of them than fit into any deadline. */
const KEPT = 64;

interface Stall {
  readonly atMs: number;
  /** Stalls of one step come one behind the other. */
  readonly untilMs: number;
}

export function createStalls(): Stalls {
  const stalls = new Map<string, Stall[]>();
  return {
    take(event) {
      if (event.kind !== "storage" || event.outcome !== "slow") return;
      const list = listOf(stalls, event.pager);
      const busyMs = Math.max(event.atMs, list.at(-1)?.untilMs ?? 0);
      list.push({ atMs: event.atMs, untilMs: busyMs + STALL_MS });
      if (list.length > KEPT) list.shift();
    },
    slackMs(pager, sinceMs) {
      const list = stalls.get(pager) ?? [];
      let slackMs = 0;
      for (let at = list.length - 1; at >= 0; at--) {
        const { atMs, untilMs } = list[at];
        // What began before is counted as far as it reaches into the span.
        if (atMs < sinceMs) return slackMs + Math.max(0, untilMs - sinceMs);
        slackMs += STALL_MS;
      }
      return slackMs;
    },
  };
}
