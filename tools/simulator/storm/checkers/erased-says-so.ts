// A pager without keys: each hold is answered by the cue that says so, and its radio says nothing.
// That it can do no better is judged by nobody; what it had before is excused by name elsewhere.

import type { WorldEvent } from "../world-event.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createErasedWatch } from "./erased.ts";
import { createKeyWatch, heldMs, type Press } from "./key-watch.ts";
import { createStalls } from "./stalls.ts";

/** Held so long, a key must be felt; and from the press to the cue. */
const MUST_MS = 3150;
const MAY_MS = 2900;
const CUE_MS = 3400;

const RADIO: readonly string[] = ["send", "left", "text", "textLeft"];
const BETTER: readonly string[] = ["raised", "delivered", "taken", "closed", "waitingAgain"];

function createErasedSaysSo(judge: Judge) {
  const erased = createErasedWatch();
  const keys = createKeyWatch();
  const stalls = createStalls();
  const deadlines = createDeadlines();

  const dueMs = (pager: string, { fromMs }: Press) =>
    fromMs + CUE_MS + stalls.slackMs(pager, fromMs);

  function look(pager: string, nowMs: number): void {
    for (const press of keys.presses(pager, nowMs)) {
      if (press.said || press.untilMs - press.fromMs < MUST_MS) continue;
      const untilMs = dueMs(pager, press);
      if (nowMs <= untilMs) deadlines.setSooner(pager, untilMs);
      else {
        press.said = true;
        judge.broken(`${pager}: has no keys, was held at ${press.fromMs}, and did not say so`);
      }
    }
    if (keys.isDown(pager)) deadlines.setSooner(pager, nowMs + CUE_MS);
  }

  function takeCue({ pager, cue, atMs }: Extract<WorldEvent, { kind: "cue" }>): void {
    if (BETTER.includes(cue)) judge.broken(`${pager}: has no keys, and "${cue}" was told`);
    if (cue !== "notActivated") return;
    const held = (press: Press) => !press.said && heldMs(press, atMs) >= MAY_MS;
    const press = keys.presses(pager, atMs).find(held);
    if (press === undefined) return;
    press.said = true;
    judge.good();
  }

  return {
    take(event: WorldEvent) {
      for (const pager of deadlines.passed(event.atMs)) look(pager, event.atMs);
      erased.take(event);
      stalls.take(event);
      keys.take(event);
      if (!("pager" in event) || !erased.isErased(event.pager)) return;
      const { pager } = event;
      if (event.kind === "off") deadlines.drop(pager);
      if (event.kind === "on" && event.keyDown) deadlines.set(pager, event.atMs + CUE_MS);
      if (event.kind === "key" && event.down) deadlines.setSooner(pager, event.atMs + CUE_MS);
      if (event.kind === "cue") takeCue(event);
      if (event.kind === "look") judge.good();
      if (RADIO.includes(event.kind))
        judge.broken(`${pager}: has no keys, and "${event.kind}" was seen`);
    },
  };
}

export const erasedSaysSo: CheckerKind = {
  name: "erased-says-so",
  rule: "A pager without keys says so at each hold, sends nothing and tells nothing better.",
  create: createErasedSaysSo,
};
