// While an alarm is not stored, its wearer is told so again and again, and never anything better.
// What comes behind the store is judged by cues-step-forward.ts and delivered-after-commit.ts.

import type { CueName } from "../../../../firmware/core/cues.ts";
import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import { isInHand } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent } from "./recent.ts";
import { createStalls } from "./stalls.ts";
import { isResumed } from "./told.ts";

/** No longer than this without a cue. */
const SILENT_MS_MAX = 20000;
const STORED_KEPT = 20000;
const SENDING: readonly CueName[] = ["raised", "tick", "sending", "stillTrying", "noNetwork"];
const BETTER: readonly CueName[] = [
  "delivered",
  "taken",
  "closed",
  "waitingAgain",
  "checkinDelivered",
];

/** An alarm that was raised and is not stored. */
interface Waiting {
  readonly pager: string;
  /** When its wearer was told last, or when its pager came on. */
  toldMs: number;
  isOn: boolean;
}

function createRaisedIsTold(judge: Judge) {
  const stalls = createStalls();
  const doubt = createJournalDoubt();
  const deadlines = createDeadlines();
  const waiting = new Map<string, Waiting>();
  const stored = createRecent<string, true>(STORED_KEPT);

  function wait(alarm: string, one: Waiting, nowMs: number): void {
    one.toldMs = nowMs;
    one.isOn = true;
    deadlines.set(alarm, nowMs + SILENT_MS_MAX);
  }

  function begin(alarm: string, pager: string, nowMs: number): void {
    // A graver call is in hand from here on, and is the one that its wearer is told of.
    for (const [other, one] of waiting) if (one.pager === pager && other !== alarm) end(other);
    if (alarm === "" || waiting.has(alarm) || stored.has(alarm)) return;
    const one = { pager, toldMs: nowMs, isOn: true };
    waiting.set(alarm, one);
    wait(alarm, one, nowMs);
  }

  function end(alarm: string): void {
    waiting.delete(alarm);
    deadlines.drop(alarm);
  }

  function look(alarm: string, nowMs: number) {
    const one = waiting.get(alarm);
    if (one === undefined || !one.isOn) return;
    const dueMs = one.toldMs + SILENT_MS_MAX + stalls.slackMs(one.pager, one.toldMs);
    if (nowMs <= dueMs) return deadlines.set(alarm, dueMs);
    end(alarm);
    judge.broken(`${alarm}: not stored, and no cue from ${one.toldMs} to ${nowMs}`);
  }

  function takeCue({ alarm, pager, cue, atMs }: Extract<WorldEvent, { kind: "cue" }>): void {
    const one = waiting.get(alarm);
    if (one === undefined) {
      if (cue === "raised") begin(alarm, pager, atMs);
    } else if (SENDING.includes(cue)) {
      wait(alarm, one, atMs);
      judge.good();
    } else if (BETTER.includes(cue)) {
      judge.broken(`${alarm}: "${cue}" was told, and the alarm is not stored`);
    }
  }

  function takePower(event: Extract<WorldEvent, { kind: "on" | "off" }>): void {
    const isLost = event.kind === "off" && doubt.callInDoubt(event.pager);
    for (const [alarm, one] of waiting) {
      if (one.pager !== event.pager) continue;
      if (isLost) {
        end(alarm);
        judge.excused(EXCUSE);
      } else if (event.kind === "on") {
        wait(alarm, one, event.atMs);
      } else {
        one.isOn = false;
        deadlines.drop(alarm);
      }
    }
  }

  function takeLine({ alarm, pager, text, atMs }: Extract<WorldEvent, { kind: "log" }>): void {
    // Behind a reset in doubt the journal may have the alarm all the same.
    if (isInHand(text) || (isResumed(text) && text.endsWith("sending"))) {
      begin(alarm, pager, atMs);
    }
  }

  return {
    take(event: WorldEvent) {
      for (const alarm of deadlines.passed(event.atMs)) look(alarm, event.atMs);
      stalls.take(event);
      doubt.take(event);
      if (event.kind === "cue") takeCue(event);
      if (event.kind === "on" || event.kind === "off") takePower(event);
      if (event.kind === "log") takeLine(event);
      if (event.kind !== "stored" || event.event.kind !== "alarmRaised") return;
      stored.set(event.event.alarm, true);
      end(event.event.alarm);
    },
  };
}

export const raisedIsTold: CheckerKind = {
  name: "raised-is-told-until-stored",
  rule: "Until its alarm is stored a wearer feels at least every 20 s that it is being sent.",
  create: createRaisedIsTold,
};
