// The true cause of what a pager has noticed by itself: a zone left, no movement, a fall.
// Called for by nobody's hand; that a cause leads to a call is judged elsewhere.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { type CallLetter, callOf } from "./calls.ts";
import type { Judge } from "./checker.ts";
import { createFallWatch } from "./fall-watch.ts";
import { createRecent } from "./recent.ts";
import { createStillWatch } from "./still-cause.ts";
import { createWearerWatch } from "./wearer-watch.ts";
import { type Cause, causesOfLeaving } from "./zone-cause.ts";

const LIED = "the receiver or its line was wrong";
const CLOCK = "the clock was wrong, or nobody told one";
/** Power went so soon behind a write that its line of the log may be missing. */
const WRITTEN_MS = 2500;
/** Whole seconds are kept over a start, and a clock may be a little fast. */
const ROUNDED_MS = 10000;
const KEPT = 2000;

type Concern = Exclude<CallLetter, "s">;
const CONCERNS: readonly Concern[] = ["F", "Z", "N"];

/** What there was of a cause when the call was raised; of a zone by its place. */
interface Said {
  readonly letter: Concern;
  readonly zones: readonly Cause[];
}

export interface ConcernCauses {
  take(event: WorldEvent): void;
}

export function createConcernCauses(judge: Judge): ConcernCauses {
  const ways = createWearerWatch();
  const still = createStillWatch();
  const falls = createFallWatch();
  const saids = createRecent<string, Said>(KEPT);
  /** By pager and letter: power went where it may have been written and the line was not. */
  const credits = new Map<string, Said>();
  const wroteMs = new Map<string, number>();

  function stillCause(pager: string, nowMs: number): string | undefined {
    const fromMs = nowMs - still.stillMs(pager) + ROUNDED_MS;
    if (still.mayBeSinceMs(pager) > fromMs) return "it was moved, or on its charger, since then";
    return still.isDay(pager, fromMs, nowMs) ? undefined : "it was night";
  }

  function judgeStill(pager: string, nowMs: number) {
    const fault = stillCause(pager, nowMs);
    if (fault === undefined) return judge.good();
    if (still.isClockWrong(pager) || still.isClockUnknown(pager)) return judge.excused(CLOCK);
    judge.broken(`${pager}: no movement was called for, and ${fault}`);
  }

  function judgeFall(pager: string, nowMs: number) {
    if (falls.find(pager) === undefined) judge.broken(`${pager}: a fall, and it felt none`);
    else if (falls.isTakenBack(pager, nowMs)) {
      judge.broken(`${pager}: a fall was called for that its wearer took back`);
    } else judge.good();
  }

  function judgeLeaving(pager: string, said: Said) {
    if (said.zones.includes("true")) judge.good();
    else if (said.zones.includes("lied")) judge.excused(LIED);
    else judge.broken(`${pager}: no zone of it was left for as long as is set`);
  }

  const saidOf = (letter: Concern, pager: string, nowMs: number): Said => ({
    letter,
    zones: letter === "Z" ? causesOfLeaving(ways, pager, nowMs) : [],
  });

  function takeLine({ pager, alarm, text, atMs }: Extract<WorldEvent, { kind: "log" }>): void {
    const letter = callOf(text)?.letter;
    if (letter === undefined || letter === "s") return;
    const said = saidOf(letter, pager, atMs);
    saids.set(alarm, said);
    if (letter === "Z") judgeLeaving(pager, said);
    if (letter === "N") judgeStill(pager, atMs);
    if (letter === "F") judgeFall(pager, atMs);
  }

  /** What may have been written in the last step, and wasn't said. */
  function takeOff(pager: string, nowMs: number): void {
    if (nowMs > (wroteMs.get(pager) ?? -Infinity) + WRITTEN_MS) return;
    for (const letter of CONCERNS) {
      const said = saidOf(letter, pager, nowMs);
      const isPossible =
        letter === "Z"
          ? said.zones.some((cause) => cause !== "none")
          : letter === "F"
            ? falls.find(pager) !== undefined
            : stillCause(pager, nowMs) === undefined || still.isClockWrong(pager);
      if (isPossible) credits.set(`${pager} ${letter}`, said);
    }
  }

  function takeStored(event: Extract<Event, { letter: unknown; report: unknown }>) {
    const letter = CONCERNS.find((one) => one === event.letter);
    if (letter === undefined) return;
    const { pager, alarm, report } = event;
    const said = saids.get(alarm) ?? credits.get(`${pager} ${letter}`);
    if (said === undefined) {
      return judge.broken(`${alarm}: "${letter}" was stored, and the pager never said it`);
    }
    saids.set(alarm, said);
    const cause = letter === "Z" ? said.zones[(report.zone ?? 0) - 1] : "true";
    if (cause === "true") judge.good();
    else if (cause === "lied") judge.excused(LIED);
    else judge.broken(`${alarm}: zone ${report.zone} was not left for as long as is set`);
  }

  return {
    take(event) {
      if (event.kind === "log") takeLine(event);
      if (event.kind === "off") takeOff(event.pager, event.atMs);
      ways.take(event);
      still.take(event);
      falls.take(event);
      if (event.kind === "storage" && event.act === "write") wroteMs.set(event.pager, event.atMs);
      if (event.kind === "stored" && event.event.kind === "alarmRaised") takeStored(event.event);
    },
  };
}
