// The stages that a wearer is told of one alarm never step back [wire §2.5].
// The present one may be told again as often as anybody likes.

import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { isAnew } from "./first-names.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { rankOf } from "./told.ts";

const SENDING = ["raised", "sending", "stillTrying", "noNetwork"];
/** Alarms of one pager of which it may still speak. */
const KEPT = 16;

/** 0 for what is no stage of an alarm; 1 sending, 2 delivered, 3 taken, 4 closed. */
function stepOf(cue: string): number {
  if (SENDING.includes(cue)) return 1;
  const rank = rankOf(cue);
  return rank === 0 ? 0 : rank + 1;
}

function createCuesStepForward(judge: Judge) {
  const doubt = createJournalDoubt();
  /** By pager, then by alarm: the furthest step that was told. */
  const steps = new Map<string, Map<string, number>>();
  /** By pager: alarms of which it may have forgotten the last step. */
  const loose = new Map<string, Set<string>>();

  function takeCue({ pager, alarm, cue }: Extract<WorldEvent, { kind: "cue" }>) {
    const step = stepOf(cue);
    if (step === 0) return;
    const alarms = steps.get(pager) ?? new Map<string, number>();
    steps.set(pager, alarms);
    const before = alarms.get(alarm) ?? 0;
    if (step === before) return;
    if (step < before) {
      if (!loose.get(pager)?.delete(alarm)) {
        return judge.broken(`${alarm}: "${cue}" was told behind a later stage`);
      }
      judge.excused(EXCUSE);
    } else judge.good();
    alarms.set(alarm, step);
    if (alarms.size > KEPT) alarms.delete(alarms.keys().next().value as string);
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      if (event.kind === "cue") takeCue(event);
      // What the platform has lost is called for once more, and the wearer is told so.
      if (event.kind === "log" && isAnew(event.text)) steps.get(event.pager)?.delete(event.alarm);
      if (event.kind !== "off" || !doubt.callInDoubt(event.pager)) return;
      loose.set(event.pager, new Set(steps.get(event.pager)?.keys()));
    },
  };
}

export const cuesStepForward: CheckerKind = {
  name: "cues-step-forward",
  rule: "Of one alarm a wearer is never told an earlier stage behind a later one.",
  create: createCuesStepForward,
};
