// No alarm and no check-in without a hand on the key, or what the pager has truly noticed by itself.
// Whether a hold becomes an alarm is judged by held-becomes-alarm.ts.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createConcernCauses } from "./concern-causes.ts";
import { checkInBefore } from "./first-names.ts";
import { createKeyWatch, heldMs, type Press } from "./key-watch.ts";
import { createRecent, type Recent } from "./recent.ts";
import { CHECK_IN } from "./said-book.ts";
import { createStalls } from "./stalls.ts";

/** Let go before this, a press never raises an alarm. */
const HELD_MS_MIN = 2900;
/** From the end of a hold to the line of the log. */
const SAID_MS = 500;
/** Clicks may wait so long behind slow storage. */
const CLICKED_MS = 30000;
/** Said by one pager: more than it can have waiting. */
const KEPT = 500;
const CREDIT_MAX = 4;
/** Power went so soon behind a write that its line of the log may be missing. */
const WRITTEN_MS = 2500;

interface Said {
  /** Alarm ids, and numbers of check-ins as text. */
  readonly names: Recent<string, true>;
  /** Holds and clicks that power cut short behind the write and before the line. */
  holds: number;
  clicks: number;
  wroteMs: number;
}

function createNoAlarmWithoutCause(judge: Judge) {
  const keys = createKeyWatch();
  const stalls = createStalls();
  const concerns = createConcernCauses(judge);
  const saids = new Map<string, Said>();

  function saidOf(pager: string): Said {
    const said = saids.get(pager) ?? {
      names: createRecent<string, true>(KEPT),
      holds: 0,
      clicks: 0,
      wroteMs: -Infinity,
    };
    saids.set(pager, said);
    return said;
  }

  function isHold(pager: string, press: Press, nowMs: number): boolean {
    if (heldMs(press, nowMs) < HELD_MS_MIN) return false;
    return nowMs <= press.untilMs + SAID_MS + stalls.slackMs(pager, press.fromMs);
  }

  /** A line that says that the key was held. */
  function takeHold(pager: string, text: string, nowMs: number): void {
    const presses = keys.presses(pager, nowMs);
    const press = presses.find((one) => !one.said && isHold(pager, one, nowMs));
    if (press !== undefined) {
      press.said = true;
      judge.good();
    } else if (!presses.some((one) => isHold(pager, one, nowMs))) {
      const last = presses.at(-1);
      const seen = last === undefined ? "no press" : `a press of ${heldMs(last, nowMs)} ms`;
      judge.broken(`${pager}: "${text}" behind ${seen}`);
    }
  }

  /** Power goes: what the hand had done may be written, and the line of it is not. */
  function takeOff(pager: string, nowMs: number): void {
    const said = saidOf(pager);
    if (nowMs - said.wroteMs > WRITTEN_MS) return;
    for (const press of keys.presses(pager, nowMs)) {
      if (press.said || nowMs > press.untilMs + CLICKED_MS) continue;
      if (isHold(pager, press, nowMs)) said.holds = Math.min(CREDIT_MAX, said.holds + 1);
      else if (press.untilMs < nowMs) said.clicks = Math.min(CREDIT_MAX, said.clicks + 1);
    }
  }

  function takeStored(event: Event) {
    if (event.kind !== "alarmRaised" && event.kind !== "checkedIn") return;
    // Raised by the battery, or by what the pager noticed, and not by a hand.
    if (event.kind === "alarmRaised" && event.letter !== "s") return;
    const isAlarm = event.kind === "alarmRaised";
    const said = saidOf(event.pager);
    const name = isAlarm ? event.alarm : `${event.number}`;
    if (said.names.has(name)) return judge.good();
    const credit = isAlarm ? "holds" : "clicks";
    if (said[credit] === 0) {
      judge.broken(`${event.pager}: ${event.kind} ${name} was stored, and the pager never said it`);
      return;
    }
    said[credit] -= 1;
    said.names.set(name, true);
    judge.good();
  }

  function takeLog(line: Extract<WorldEvent, { kind: "log" }>): void {
    const { pager, alarm, text, atMs, number } = line;
    if (checkInBefore(text) !== "") saidOf(pager).names.set(`${number}`, true);
    if (text === "raised" || text === "held again") takeHold(pager, text, atMs);
    if (text === "raised") saidOf(pager).names.set(alarm, true);
    if (text.startsWith(CHECK_IN)) saidOf(pager).names.set(text.slice(CHECK_IN.length), true);
  }

  return {
    take(event: WorldEvent) {
      concerns.take(event);
      if (event.kind === "off") takeOff(event.pager, event.atMs);
      stalls.take(event);
      keys.take(event);
      if (event.kind === "storage" && event.act === "write") {
        saidOf(event.pager).wroteMs = event.atMs;
      }
      if (event.kind === "log") takeLog(event);
      if (event.kind === "stored") takeStored(event.event);
    },
  };
}

export const noAlarmWithoutCause: CheckerKind = {
  name: "no-alarm-without-cause",
  rule: "Every alarm has its cause: a key that was held, a zone left, stillness by day, a fall; a check-in, a click.",
  create: createNoAlarmWithoutCause,
};
