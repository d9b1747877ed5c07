// The operators of the desk as one: takes what stands delivered, closes what is taken, slips at both.
// Believes only stored events, and never looks into the platform or at a pager.

import type { Clock } from "../../../sdk/clock.ts";
import type { Event } from "../../../sdk/events.ts";
import type { Chance } from "../chance.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The platform may be down and the act may fail: without an event it is tried again. */
const AGAIN_AFTER_MS = MINUTE_MS;
const CLOSES_LATE = 0.1;
/** Behind these nobody has the alarm. */
const WAITS: readonly string[] = [
  "alarmRaised",
  "alarmReopened",
  "alarmReleased",
  "alarmReopenedByDesk",
];

/** What an operator can do. Nothing comes back: success is an event, or it was none. */
export interface Desk {
  take(alarm: string): void;
  release(alarm: string): void;
  close(alarm: string): void;
  reopen(alarm: string): void;
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
  readonly weather: Pick<Weather, "strikes">;
  /** As prompt from the beginning as others are once it is calm. */
  readonly prompt: boolean;
}

interface OpenAlarm {
  readonly stage: StandingAlarm["stage"];
  /** What is done next: tried again until the store has it, save a reopening, which may be refused. */
  act: keyof Desk;
  wasTried: boolean;
  cancel: () => void;
}

export function startOperator(options: OperatorOptions): Operator {
  const { clock, desk, see, weather } = options;
  const takeChance = options.chance.fork("take");
  const closeChance = options.chance.fork("close");
  const backChance = options.chance.fork("back");
  const open = new Map<string, OpenAlarm>();
  let isPrompt = options.prompt;
  let isCalm = false;

  function waitMs(act: keyof Desk): number {
    if (act === "release") return backChance.between(10_000, 20 * MINUTE_MS);
    // Some try when the hour of a close is over.
    if (act === "reopen") return backChance.between(10_000, 65 * MINUTE_MS);
    if (act === "take") return takeChance.between(5000, isPrompt ? 60_000 : 5 * MINUTE_MS);
    if (isPrompt) return closeChance.between(20_000, 120_000);
    const isLate = closeChance.happens(CLOSES_LATE);
    if (isLate) return closeChance.between(HOUR_MS, 6 * HOUR_MS);
    return closeChance.between(MINUTE_MS, 30 * MINUTE_MS);
  }

  function act(id: string, alarm: OpenAlarm): void {
    alarm.wasTried = true;
    if (alarm.act === "reopen") open.delete(id);
    else alarm.cancel = clock.after(AGAIN_AFTER_MS, () => act(id, alarm));
    see({ kind: "desk", act: alarm.act, alarm: id });
    // The desk may answer by an event before it returns: nothing is done behind it.
    desk[alarm.act](id);
  }

  function plan(id: string, alarm: OpenAlarm): void {
    alarm.cancel();
    alarm.cancel = clock.after(waitMs(alarm.act), () => act(id, alarm));
  }

  function replan(id: string, alarm: OpenAlarm): void {
    if (alarm.act === "release") alarm.act = "close";
    plan(id, alarm);
  }

  function forget(id: string): void {
    open.get(id)?.cancel();
    open.delete(id);
  }

  /** Some give an alarm back that they took, and some close the wrong one. */
  function nextOf(stage: StandingAlarm["stage"]): keyof Desk | undefined {
    if (stage === "delivered") return "take";
    if (stage === "taken") return weather.strikes("deskRelease") ? "release" : "close";
    return weather.strikes("deskReopen") ? "reopen" : undefined;
  }

  function learn(id: string, stage: StandingAlarm["stage"]): void {
    if (open.get(id)?.stage === stage) return;
    forget(id);
    const next = nextOf(stage);
    if (next === undefined) return;
    const alarm: OpenAlarm = { stage, act: next, wasTried: false, cancel: () => {} };
    open.set(id, alarm);
    plan(id, alarm);
  }

  return {
    hear(event) {
      if (WAITS.includes(event.kind) && "alarm" in event) learn(event.alarm ?? "", "delivered");
      if (event.kind === "alarmTaken") learn(event.alarm, "taken");
      if (event.kind === "alarmClosed") learn(event.alarm, "closed");
    },
    standing(alarms) {
      for (const id of [...open.keys()]) forget(id);
      for (const { id, stage } of alarms) learn(id, stage);
    },
    calm() {
      if (isCalm) return;
      isCalm = true;
      isPrompt = true;
      // What was put off for hours is done now; what was tried is tried again within a minute.
      for (const [id, alarm] of open) {
        if (alarm.act === "reopen") forget(id);
        else if (!alarm.wasTried || alarm.act === "release") replan(id, alarm);
      }
    },
  };
}
