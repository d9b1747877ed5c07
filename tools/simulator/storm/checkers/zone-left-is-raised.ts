// A wearer who leaves a zone: a call for help is raised in time. Judged where the pager was on, its radio
// ready, satellites to be seen and nothing of the receiver amiss; what breaks in begins the span anew.

import type { WorldEvent } from "../world-event.ts";
import { callOf } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createPendingCalls } from "./pending-calls.ts";
import { createStalls } from "./stalls.ts";
import { createWearerWatch } from "./wearer-watch.ts";
import { DEPTH_M, SEARCH_MS, timesOf } from "./zone-cause.ts";
import { outsideM, zoneOf } from "./zone-ground.ts";

/** Beyond the slack: a fix there says so, whatever its error. */
const CLEARLY_M = 70;

interface Watched {
  readonly text: string;
  /** A fix inside it must have been had, and no call since. */
  armed: boolean;
  insideMs: number;
  outMs: number;
}

function createZoneLeftIsRaised(judge: Judge) {
  const watch = createWearerWatch();
  const doubt = createJournalDoubt();
  const stalls = createStalls();
  const pending = createPendingCalls("Z");
  const deadlines = createDeadlines();
  const pagers = new Map<string, Watched[]>();

  const anew = (text: string): Watched => ({
    text,
    armed: false,
    insideMs: Infinity,
    outMs: Infinity,
  });

  /** All spans begin anew; `isKept`: what it has seen, it knows. */
  function restart(pager: string, isKept: boolean): void {
    deadlines.drop(pager);
    for (const zone of pagers.get(pager) ?? []) {
      zone.insideMs = Infinity;
      zone.outMs = Infinity;
      zone.armed &&= isKept;
    }
  }

  function takeSettings({ pager, zones }: Extract<WorldEvent, { kind: "settings" }>): void {
    const before = pagers.get(pager) ?? [];
    restart(pager, true);
    pagers.set(
      pager,
      zones.map((text, at) => (before[at]?.text === text ? before[at] : anew(text))),
    );
  }

  /** True where the call is due and was not raised. */
  function judgeZone(pager: string, one: Watched, nowMs: number): boolean {
    const zone = zoneOf(one.text);
    const numbers = watch.numbers(pager);
    const here = watch.way(pager).at(-1);
    if (zone === undefined || numbers === undefined || here === undefined) return false;
    const { slackM, dwellMs, lookMs } = timesOf(numbers);
    const metres = outsideM(zone, here);
    // Until now it was where it is said to have been last.
    const armMs = lookMs + SEARCH_MS;
    const raiseMs = lookMs + dwellMs + 2 * SEARCH_MS + stalls.slackMs(pager, one.outMs);
    const isFair = here.fairMs < Infinity && !pending.has(pager);
    const fromMs = Math.max(here.fromMs, here.fairMs);
    const isInside = isFair && metres < -DEPTH_M;
    const isOut = isFair && metres > slackM + CLEARLY_M;
    one.insideMs = isInside ? Math.max(here.fairMs, Math.min(one.insideMs, fromMs)) : Infinity;
    one.outMs = isOut ? Math.max(here.fairMs, Math.min(one.outMs, fromMs)) : Infinity;
    if (one.insideMs + armMs < nowMs) one.armed = true;
    else if (isInside) deadlines.setSooner(pager, one.insideMs + armMs);
    if (!isOut || !one.armed) return false;
    if (one.outMs + raiseMs < nowMs) return true;
    deadlines.setSooner(pager, one.outMs + raiseMs);
    return false;
  }

  function look(pager: string, nowMs: number): void {
    for (const [at, one] of (pagers.get(pager) ?? []).entries()) {
      if (one.text === "" || !judgeZone(pager, one, nowMs)) continue;
      one.armed = false;
      judge.broken(`${pager}: out of zone ${at + 1} for long, seen by satellites, and raised none`);
    }
  }

  function takeRaised(pager: string): void {
    if ((pagers.get(pager) ?? []).some(({ armed }) => armed)) judge.good();
    // Which of its zones it was, the line doesn't say.
    restart(pager, false);
  }

  return {
    take(event: WorldEvent) {
      for (const pager of deadlines.passed(event.atMs)) look(pager, event.atMs);
      if ("pager" in event && event.pager !== "" && event.kind !== "log") {
        look(event.pager, event.atMs);
      }
      watch.take(event);
      doubt.take(event);
      stalls.take(event);
      pending.take(event);
      if (event.kind === "settings") takeSettings(event);
      if (event.kind === "log") {
        if (callOf(event.text)?.letter === "Z") takeRaised(event.pager);
        if (event.text.endsWith("dropped for good")) restart(event.pager, false);
      }
      if (event.kind === "phase") for (const pager of pagers.keys()) restart(pager, false);
      if (event.kind !== "off") return;
      const isLost = doubt.inDoubt(event.pager) || doubt.isLow(event.pager);
      restart(event.pager, !isLost);
    },
  };
}

export const zoneLeftIsRaised: CheckerKind = {
  name: "zone-left-is-raised",
  rule: "Who leaves a zone in which he or she was seen, in sight of satellites, is called for in time.",
  create: createZoneLeftIsRaised,
};
