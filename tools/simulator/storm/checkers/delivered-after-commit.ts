// That "delivered" is told only of what is stored: alarms by their ids, check-ins by their count.
// Says nothing of what a person does with an alarm.

import type { WorldEvent } from "../world-event.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent } from "./recent.ts";

const STORED_KEPT = 20000;
/** Check-ins that wait in a pager at most: so many may come back with a lost journal. */
const CHECKINS_MAX = 4;

interface CheckIns {
  stored: number;
  /** Cues that told of one. */
  told: number;
}

function createDeliveredAfterCommit(judge: Judge) {
  const stored = createRecent<string, true>(STORED_KEPT);
  const checkIns = new Map<string, CheckIns>();
  const doubt = createJournalDoubt();

  function checkInsOf(pager: string): CheckIns {
    const both = checkIns.get(pager) ?? { stored: 0, told: 0 };
    checkIns.set(pager, both);
    return both;
  }

  function takeCue({ pager, cue, alarm }: Extract<WorldEvent, { kind: "cue" }>): void {
    if (cue === "delivered") {
      if (stored.has(alarm)) judge.good();
      else judge.broken(`${alarm}: "delivered" was told before anything of it was stored`);
    }
    if (cue !== "checkinDelivered") return;
    const both = checkInsOf(pager);
    if (both.told < both.stored) judge.good();
    else judge.broken(`${pager}: of ${both.stored} stored check-ins one more was told`);
    both.told += 1;
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      if (event.kind === "cue") takeCue(event);
      if (event.kind === "stored") {
        const one = event.event;
        if ("piv" in one && "alarm" in one && one.alarm !== undefined) stored.set(one.alarm, true);
        if (one.kind === "checkedIn") checkInsOf(one.pager).stored += 1;
      }
      if (event.kind === "off" && doubt.inDoubt(event.pager)) {
        const both = checkInsOf(event.pager);
        both.told = Math.min(both.told, Math.max(0, both.stored - CHECKINS_MAX));
      }
    },
  };
}

export const deliveredAfterCommit: CheckerKind = {
  name: "delivered-after-commit",
  rule: "A wearer is told of a delivery only when the store has the alarm or check-in.",
  create: createDeliveredAfterCommit,
};
