// That "taken", "closed" and "waiting again" are said and stored only after a person did it.
// Never asks whether the wearer is told soon: that is for calm-heals.ts.

import type { WorldEvent } from "../world-event.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createRecent } from "./recent.ts";

const KEPT = 20000;

type Act = "take" | "close" | "give back";

const ACTS_OF_CUES: Record<string, Act> = {
  taken: "take",
  closed: "close",
  waitingAgain: "give back",
};
const ACTS_OF_EVENTS: Record<string, Act> = {
  alarmTaken: "take",
  alarmClosed: "close",
  alarmReleased: "give back",
  alarmReopenedByDesk: "give back",
};

/** What this event says was done to the alarm, if it says so. */
function wordOf(event: WorldEvent): { alarm: string; act: Act } | undefined {
  const act = event.kind === "cue" ? ACTS_OF_CUES[event.cue] : undefined;
  if (event.kind === "cue") return act === undefined ? undefined : { alarm: event.alarm, act };
  if (event.kind !== "stored" || !("alarm" in event.event)) return undefined;
  const { kind, alarm = "" } = event.event;
  const stored = ACTS_OF_EVENTS[kind];
  return stored === undefined ? undefined : { alarm, act: stored };
}

/** A further hold opens a closed alarm again, and needs no operator. */
function backOf(event: WorldEvent): string | undefined {
  if (event.kind === "desk") {
    return event.act === "release" || event.act === "reopen" ? event.alarm : undefined;
  }
  if (event.kind !== "stored") return undefined;
  return event.event.kind === "alarmReopened" ? event.event.alarm : undefined;
}

function createTakenAfterPerson(judge: Judge) {
  const acts = {
    take: createRecent<string, true>(KEPT),
    close: createRecent<string, true>(KEPT),
    "give back": createRecent<string, true>(KEPT),
  };
  return {
    take(event: WorldEvent) {
      const back = backOf(event);
      if (back !== undefined) acts["give back"].set(back, true);
      else if (event.kind === "desk" && event.act in acts) {
        acts[event.act as Act].set(event.alarm, true);
      }
      const word = wordOf(event);
      if (word === undefined) return;
      if (acts[word.act].has(word.alarm)) judge.good();
      else judge.broken(`${word.alarm}: ${event.kind} says "${word.act}", and no operator did it`);
    },
  };
}

export const takenAfterPerson: CheckerKind = {
  name: "taken-after-person",
  rule: "Taken, closed and waiting again are told and stored only after a person did just that.",
  create: createTakenAfterPerson,
};
