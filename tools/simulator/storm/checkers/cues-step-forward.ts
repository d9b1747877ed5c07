// The stages that a wearer is told of one alarm step back only where a person gave it back [wire §2.5].
// The present one may be told again as often as anybody likes.

import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { isAnew } from "./first-names.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent } from "./recent.ts";
import { rankOf, stepsBack } from "./told.ts";

const SENDING = ["raised", "sending", "stillTrying", "noNetwork"];
/** Alarms of one pager of which it may still speak. */
const KEPT = 16;
const BACKS_KEPT = 5000;

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
  /** By alarm: so often was it given back or opened again, and the wearer not told yet. */
  const backs = createRecent<string, number>(BACKS_KEPT);

  function takeCue({ pager, alarm, cue }: Extract<WorldEvent, { kind: "cue" }>) {
    const step = stepOf(cue);
    if (step === 0) return;
    const alarms = steps.get(pager) ?? new Map<string, number>();
    steps.set(pager, alarms);
    const before = alarms.get(alarm) ?? 0;
    if (step === before) return;
    const mayStepBack = backs.get(alarm) ?? 0;
    if (step < before && step > 1 && mayStepBack > 0) {
      backs.set(alarm, mayStepBack - 1);
      judge.good();
    } else if (step < before) {
      if (!loose.get(pager)?.delete(alarm)) {
        return judge.broken(`${alarm}: "${cue}" was told behind a later stage`);
      }
      judge.excused(EXCUSE);
    } else judge.good();
    alarms.set(alarm, step);
    if (alarms.size > KEPT) alarms.delete(alarms.keys().next().value as string);
  }

  /** The cue stands before the line of its stage: a line that steps back alone was not felt. */
  function takeLine({ pager, alarm, text }: Extract<WorldEvent, { kind: "log" }>): void {
    if (text !== "delivered" || (steps.get(pager)?.get(alarm) ?? 0) <= 2) return;
    if (loose.get(pager)?.delete(alarm)) judge.excused(EXCUSE);
    else judge.broken(`${alarm}: it waits again, and its wearer was not told`);
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      if (event.kind === "log") takeLine(event);
      const back = stepsBack(event);
      if (back !== undefined) backs.set(back, (backs.get(back) ?? 0) + 1);
      if (event.kind === "cue") takeCue(event);
      // What the platform has lost is called for once more, and the wearer is told so.
      if (event.kind === "log" && isAnew(event.text)) steps.get(event.pager)?.delete(event.alarm);
      if (event.kind !== "off") return;
      const told = [...(steps.get(event.pager)?.keys() ?? [])];
      const isLost = doubt.callInDoubt(event.pager);
      if (!isLost && !doubt.isFull(event.pager)) return;
      loose.set(event.pager, new Set(isLost ? told : told.filter((alarm) => backs.has(alarm))));
    },
  };
}

export const cuesStepForward: CheckerKind = {
  name: "cues-step-forward",
  rule: "A wearer is told an earlier stage behind a later one only once it was given back or reopened.",
  create: createCuesStepForward,
};
