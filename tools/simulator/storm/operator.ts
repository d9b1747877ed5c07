// The operators of the desk as one: takes what stands delivered, closes what is taken.
// Believes only stored events, and never looks into the platform or at a pager.

import type { Clock } from "../../../sdk/clock.ts";
import type { Event } from "../../../sdk/events.ts";
import type { Chance } from "../chance.ts";
import type { See } from "./world-event.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The platform may be down and the act may fail: without an event it is tried again. */
const AGAIN_AFTER_MS = MINUTE_MS;
const CLOSES_LATE = 0.1;

/** What an operator can do. Nothing comes back: success is an event, or it was none. */
export interface Desk {
  take(alarm: string): void;
  close(alarm: string): void;
}

/** An alarm as the store has it. */
export interface StandingAlarm {
  readonly id: string;
  readonly stage: "delivered" | "taken" | "closed";
}

export interface Operator {
  hear(event: Event): void;
  /** The store was read anew, after a restore or a start: this replaces all that was believed. */
  standing(alarms: readonly StandingAlarm[]): void;
  /** The storm is over: from now on each act comes promptly. */
  calm(): void;
}

export interface OperatorOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly desk: Desk;
  readonly see: See;
  /** As prompt from the beginning as others are once it is calm. */
  readonly prompt: boolean;
}

interface OpenAlarm {
  readonly stage: "delivered" | "taken";
  wasTried: boolean;
  cancel: () => void;
}

export function startOperator(options: OperatorOptions): Operator {
  const { clock, desk, see } = options;
  const takeChance = options.chance.fork("take");
  const closeChance = options.chance.fork("close");
  const open = new Map<string, OpenAlarm>();
  let isPrompt = options.prompt;

  function waitMs(stage: OpenAlarm["stage"]): number {
    if (stage === "delivered") return takeChance.between(5000, isPrompt ? 60_000 : 5 * MINUTE_MS);
    if (isPrompt) return closeChance.between(20_000, 120_000);
    const isLate = closeChance.happens(CLOSES_LATE);
    if (isLate) return closeChance.between(HOUR_MS, 6 * HOUR_MS);
    return closeChance.between(MINUTE_MS, 30 * MINUTE_MS);
  }

  function act(id: string, alarm: OpenAlarm): void {
    alarm.wasTried = true;
    alarm.cancel = clock.after(AGAIN_AFTER_MS, () => act(id, alarm));
    // The desk may answer by an event before it returns: nothing is done behind it.
    if (alarm.stage === "delivered") {
      see({ kind: "desk", act: "take", alarm: id });
      desk.take(id);
    } else {
      see({ kind: "desk", act: "close", alarm: id });
      desk.close(id);
    }
  }

  function plan(id: string, alarm: OpenAlarm): void {
    alarm.cancel();
    alarm.cancel = clock.after(waitMs(alarm.stage), () => act(id, alarm));
  }

  function forget(id: string): void {
    open.get(id)?.cancel();
    open.delete(id);
  }

  function learn(id: string, stage: StandingAlarm["stage"]): void {
    if (open.get(id)?.stage === stage) return;
    forget(id);
    if (stage === "closed") return;
    const alarm: OpenAlarm = { stage, wasTried: false, cancel: () => {} };
    open.set(id, alarm);
    plan(id, alarm);
  }

  return {
    hear(event) {
      if (event.kind === "alarmRaised" || event.kind === "alarmReopened") {
        learn(event.alarm, "delivered");
      }
      if (event.kind === "alarmTaken") learn(event.alarm, "taken");
      if (event.kind === "alarmClosed") learn(event.alarm, "closed");
    },
    standing(alarms) {
      for (const id of [...open.keys()]) forget(id);
      for (const { id, stage } of alarms) learn(id, stage);
    },
    calm() {
      if (isPrompt) return;
      isPrompt = true;
      // What was put off for hours is done now; what was tried is tried again within a minute.
      for (const [id, alarm] of open) if (!alarm.wasTried) plan(id, alarm);
    },
  };
}
