// A fall that nobody takes back is called for behind its grace, and at once where power went in it.
// Judged where it was felt, was on flash before power went, and nobody touched the key since.

import type { WorldEvent } from "../world-event.ts";
import { callOf } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createErasedWatch } from "./erased.ts";
import { createFallWatch } from "./fall-watch.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createPendingCalls } from "./pending-calls.ts";
import { createStalls } from "./stalls.ts";

const LATE_MS = 2000;

function createFallIsRaised(judge: Judge) {
  const falls = createFallWatch();
  const doubt = createJournalDoubt();
  const stalls = createStalls();
  const erased = createErasedWatch();
  const pending = createPendingCalls("F");
  const deadlines = createDeadlines();
  const spent = new Set<string>();
  /** When a write was last seen to stand. */
  const wroteMs = new Map<string, number>();

  function look(pager: string, nowMs: number) {
    const fall = falls.find(pager);
    if (fall === undefined) return;
    const untilMs = fall.fellMs + fall.graceMs + LATE_MS + stalls.slackMs(pager, fall.fellMs);
    if (!fall.wasCut && nowMs <= untilMs) return deadlines.set(pager, untilMs);
    if (falls.isAnswered(pager) || spent.has(pager) || erased.isErased(pager)) return;
    judge.broken(`${pager}: fell at ${fall.fellMs}, nobody took it back, and it raised no call`);
  }

  /** In its grace, and not while the call itself is being written. */
  function isKept(pager: string, nowMs: number): boolean {
    const fall = falls.find(pager);
    if (fall === undefined || doubt.inDoubt(pager) || doubt.isLow(pager)) return false;
    const { fellMs, graceMs } = fall;
    const isInGrace = nowMs > fellMs + LATE_MS && nowMs < fellMs + graceMs - LATE_MS;
    return isInGrace && (wroteMs.get(pager) ?? -1) >= fellMs && !falls.isAnswered(pager);
  }

  function takeLog({ pager, text }: Extract<WorldEvent, { kind: "log" }>): void {
    if (text === "slot 1 dropped for good") spent.add(pager);
    if (callOf(text)?.letter !== "F") return;
    if (deadlines.has(pager)) judge.good();
    deadlines.drop(pager);
  }

  const kept = new Set<string>();

  return {
    take(event: WorldEvent) {
      for (const pager of deadlines.passed(event.atMs)) look(pager, event.atMs);
      if (event.kind === "off") {
        const { pager, atMs } = event;
        const isExpected = deadlines.has(pager) || kept.has(pager);
        const goesOn = kept.has(pager) ? !doubt.inDoubt(pager) : isKept(pager, atMs);
        deadlines.drop(pager);
        if (isExpected && goesOn) kept.add(pager);
        else kept.delete(pager);
      }
      falls.take(event);
      doubt.take(event);
      stalls.take(event);
      erased.take(event);
      pending.take(event);
      if (event.kind === "storage" && event.act === "write" && event.outcome === "good") {
        wroteMs.set(event.pager, event.atMs);
      }
      if (event.kind === "log") takeLog(event);
      if (event.kind === "motion" && event.what > 1 && !pending.has(event.pager)) {
        const fall = falls.find(event.pager);
        if (fall?.fellMs === event.atMs) deadlines.set(event.pager, event.atMs + fall.graceMs);
      }
      if (event.kind === "on" && kept.has(event.pager)) {
        deadlines.set(event.pager, event.atMs + LATE_MS);
        kept.delete(event.pager);
      }
    },
  };
}

export const fallIsRaised: CheckerKind = {
  name: "fall-is-raised",
  rule: "A fall that nobody takes back is called for, whatever power does in between.",
  create: createFallIsRaised,
};
