// In the end every alarm that was raised stands at the desk, once, and its wearer knows that.
// How soon is judged by calm-heals.ts.

import type { WorldEvent } from "../world-event.ts";
import { createAlarmBook, EXCUSE, isDone } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createRecent } from "./recent.ts";

const STORED_KEPT = 20000;

function createRaisedIsDelivered(judge: Judge) {
  const book = createAlarmBook();
  /** By alarm: how many restores there were when it was stored. */
  const stored = createRecent<string, number>(STORED_KEPT);
  let restores = 0;

  function takeRaised(alarm: string): void {
    if (stored.get(alarm) === restores) judge.broken(`${alarm}: was stored as a new alarm twice`);
    stored.set(alarm, restores);
  }

  function takeEnd(): void {
    for (const entry of book.open()) {
      if (entry.excused) judge.excused(EXCUSE);
      else if (!entry.stored) judge.broken(`${entry.id}: was raised and never stored`);
      else judge.broken(`${entry.id}: is stored, and its wearer was never told`);
    }
  }

  return {
    take(event: WorldEvent) {
      const entry = book.find(alarmOf(event));
      const wasOpen = entry === undefined || !isDone(entry);
      const changed = book.take(event);
      if (wasOpen && changed !== undefined && isDone(changed)) judge.good();
      if (event.kind === "stored" && event.event.kind === "alarmRaised") {
        takeRaised(event.event.alarm);
      }
      if (event.kind === "platform" && event.act === "restore") restores += 1;
      if (event.kind === "phase" && event.phase === "end") takeEnd();
    },
  };
}

function alarmOf(event: WorldEvent): string {
  if (event.kind === "cue" || event.kind === "log") return event.alarm;
  return event.kind === "stored" && event.event.kind === "alarmRaised" ? event.event.alarm : "";
}

export const raisedIsDelivered: CheckerKind = {
  name: "raised-is-delivered",
  rule: "In the end every alarm is stored exactly once, and its wearer was told.",
  create: createRaisedIsDelivered,
};
