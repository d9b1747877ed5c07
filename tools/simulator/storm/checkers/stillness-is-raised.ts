// Who doesn't move for as long as is set is called for. Judged by day, off the charger, with nobody at the key,
// on a pager that was on all the while, whose clock nobody told wrong, and where no such call waits.

import type { WorldEvent } from "../world-event.ts";
import { callOf } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createErasedWatch } from "./erased.ts";
import { createPendingCalls } from "./pending-calls.ts";
import { createStalls } from "./stalls.ts";
import { createStillWatch } from "./still-cause.ts";

/** It is looked at once a minute; a clock may be a little slow. */
const LATE_MS = 120000;
/** Behind these nothing of what was awaited is. */
const ANEW: readonly string[] = ["motion", "key", "charger", "settings", "on"];

function createStillnessIsRaised(judge: Judge) {
  const still = createStillWatch();
  const stalls = createStalls();
  const erased = createErasedWatch();
  const pending = createPendingCalls("N");
  const deadlines = createDeadlines();
  /** Pagers without keys that can be used any more. */
  const spent = new Set<string>();

  /** From the first whole span by day; by night a pager lets it begin anew. */
  function dueMs(pager: string, sinceMs: number): number {
    const spanMs = still.stillMs(pager) + LATE_MS;
    return still.dayFromMs(pager, sinceMs, spanMs) + spanMs + stalls.slackMs(pager, sinceMs);
  }

  function wait(pager: string): void {
    deadlines.drop(pager);
    const sinceMs = still.mustBeSinceMs(pager);
    if (still.stillMs(pager) === 0 || sinceMs === Infinity) return;
    const untilMs = dueMs(pager, sinceMs);
    if (untilMs < Infinity) deadlines.set(pager, untilMs);
  }

  function look(pager: string, nowMs: number) {
    const sinceMs = still.mustBeSinceMs(pager);
    const untilMs = dueMs(pager, sinceMs);
    if (nowMs <= untilMs) return deadlines.set(pager, untilMs);
    if (pending.has(pager) || spent.has(pager) || erased.isErased(pager)) return;
    if (still.isClockWrong(pager)) return;
    judge.broken(`${pager}: nobody moved it from ${sinceMs} to ${nowMs}, and it raised no call`);
  }

  return {
    take(event: WorldEvent) {
      for (const pager of deadlines.passed(event.atMs)) look(pager, event.atMs);
      still.take(event);
      stalls.take(event);
      erased.take(event);
      pending.take(event);
      if (event.kind === "log") {
        if (callOf(event.text)?.letter === "N") {
          deadlines.drop(event.pager);
          judge.good();
        }
        if (event.text === "slot 1 dropped for good") spent.add(event.pager);
      }
      if (!("pager" in event)) return;
      if (event.kind === "off") deadlines.drop(event.pager);
      else if (ANEW.includes(event.kind)) wait(event.pager);
    },
  };
}

export const stillnessIsRaised: CheckerKind = {
  name: "stillness-is-raised",
  rule: "Who doesn't move by day, for as long as is set, is called for.",
  create: createStillnessIsRaised,
};
