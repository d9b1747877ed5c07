// What a pager with an open alarm lets out: the alarm before all else, and never a long silence.
// Whether it arrives is for others; here only its own lines "sent" are counted.

import type { WorldEvent } from "../world-event.ts";
import { isInHand } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { isAnew } from "./first-names.ts";
import { createStalls } from "./stalls.ts";
import { isResumed } from "./told.ts";

/** Address mappings die in 30 s [wire §4.1]; a clock may be off, and a step takes its time. */
const SILENT_MS_MAX = 25500;
const SENT = /^sent (\w)/;
/** The key's own letter, and the capital ones of other calls. */
const CALL = /[sA-Z]/;

interface Pager {
  /** "" where none is open. */
  alarm: string;
  isSending: boolean;
  isReady: boolean;
  sinceMs: number;
}

function createOpenAlarmSpeaks(judge: Judge) {
  const stalls = createStalls();
  const deadlines = createDeadlines();
  const pagers = new Map<string, Pager>();

  function pagerOf(name: string): Pager {
    const pager = pagers.get(name) ?? { alarm: "", isSending: false, isReady: false, sinceMs: 0 };
    pagers.set(name, pager);
    return pager;
  }

  /** The silence begins anew, or nothing is awaited. */
  function wait(name: string, atMs: number): void {
    const pager = pagerOf(name);
    pager.sinceMs = atMs;
    if (pager.isReady && pager.alarm !== "") deadlines.set(name, atMs + SILENT_MS_MAX);
    else deadlines.drop(name);
  }

  function look(name: string, nowMs: number) {
    const { alarm, sinceMs } = pagerOf(name);
    const dueMs = sinceMs + SILENT_MS_MAX + stalls.slackMs(name, sinceMs - SILENT_MS_MAX);
    if (nowMs <= dueMs) return deadlines.set(name, dueMs);
    judge.broken(`${alarm}: open, the radio ready, and nothing left from ${sinceMs} to ${nowMs}`);
  }

  function takeSent(name: string, letter: string, atMs: number): void {
    const pager = pagerOf(name);
    if (pager.alarm === "") return;
    if (pager.isSending && !CALL.test(letter)) {
      judge.broken(`${pager.alarm}: not delivered, and "${letter}" left before it`);
    } else judge.good();
    wait(name, atMs);
  }

  function takeLine({ pager: name, alarm, text, atMs }: Extract<WorldEvent, { kind: "log" }>) {
    const pager = pagerOf(name);
    const letter = SENT.exec(text)?.[1];
    if (letter !== undefined) return takeSent(name, letter, atMs);
    const resumed = isResumed(text);
    if (isInHand(text) || isAnew(text) || resumed) {
      pager.alarm = alarm;
      pager.isSending = !resumed || text.endsWith("sending");
      wait(name, atMs);
    } else if (text === "delivered" && pager.alarm === "") {
      // A reopening puts the last alarm back into its hand.
      pager.alarm = alarm;
      pager.isSending = false;
      wait(name, atMs);
    } else if (alarm === pager.alarm && ["delivered", "taken", "closed"].includes(text)) {
      pager.isSending = false;
      if (text !== "closed") return;
      pager.alarm = "";
      wait(name, atMs);
    }
  }

  return {
    take(event: WorldEvent) {
      for (const name of deadlines.passed(event.atMs)) look(name, event.atMs);
      stalls.take(event);
      if (event.kind === "log") takeLine(event);
      if (event.kind === "off") {
        pagers.delete(event.pager);
        deadlines.drop(event.pager);
      }
      if (event.kind !== "radio") return;
      pagerOf(event.pager).isReady = event.state === "ready";
      wait(event.pager, event.atMs);
    },
  };
}

export const openAlarmSpeaks: CheckerKind = {
  name: "open-alarm-speaks",
  rule: "An alarm leaves before all else, and while it is open something leaves every 25 s.",
  create: createOpenAlarmSpeaks,
};
