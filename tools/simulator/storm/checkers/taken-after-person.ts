// That "taken" and "closed" are said and stored only after an operator did it.
// Never asks whether the wearer is told soon: that is for calm-heals.ts.

import type { WorldEvent } from "../world-event.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createRecent } from "./recent.ts";

const KEPT = 20000;

/** What this event says was done to the alarm, if it says so. */
function wordOf(event: WorldEvent): { alarm: string; act: "take" | "close" } | undefined {
  if (event.kind === "cue") {
    if (event.cue === "taken") return { alarm: event.alarm, act: "take" };
    return event.cue === "closed" ? { alarm: event.alarm, act: "close" } : undefined;
  }
  if (event.kind !== "stored") return undefined;
  if (event.event.kind === "alarmTaken") return { alarm: event.event.alarm, act: "take" };
  return event.event.kind === "alarmClosed"
    ? { alarm: event.event.alarm, act: "close" }
    : undefined;
}

function createTakenAfterPerson(judge: Judge) {
  const acts = {
    take: createRecent<string, true>(KEPT),
    close: createRecent<string, true>(KEPT),
  };
  return {
    take(event: WorldEvent) {
      if (event.kind === "desk") acts[event.act].set(event.alarm, true);
      const word = wordOf(event);
      if (word === undefined) return;
      if (acts[word.act].has(word.alarm)) judge.good();
      else judge.broken(`${word.alarm}: ${event.kind} says "${word.act}", and no operator did it`);
    },
  };
}

export const takenAfterPerson: CheckerKind = {
  name: "taken-after-person",
  rule: "Taken and closed are told and stored only after an operator took or closed the alarm.",
  create: createTakenAfterPerson,
};
