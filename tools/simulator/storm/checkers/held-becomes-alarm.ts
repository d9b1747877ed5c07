// A key that is held becomes an alarm, or a further report of the one that is open, exactly once.
// What a pager says while nobody holds its key is judged by no-alarm-without-cause.ts.

import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import { callOf } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createErasedWatch, ERASED } from "./erased.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createKeyWatch, heldMs, type Press } from "./key-watch.ts";
import { createRecent } from "./recent.ts";
import { createStalls } from "./stalls.ts";
import { isResumed } from "./told.ts";

/** Held so long, it must become an alarm; so long, it may. */
const MUST_MS = 3150;
const MAY_MS = 2900;
/** From the press to the line that says what became of it. */
const SAID_MS = 3400;
const LETTERS_KEPT = 2000;
/** Of an alarm that a poll has named. */
const REPEATED = "r";

/** Whose line this is: the oldest that must have one, then one that is held, then one that may. */
function pressOf(presses: readonly Press[], nowMs: number): Press | undefined {
  const waiting = presses.filter((press) => !press.said && heldMs(press, nowMs) >= MAY_MS);
  return (
    waiting.find((press) => heldMs(press, nowMs) >= MUST_MS) ??
    waiting.find((press) => press.untilMs === Infinity) ??
    waiting.at(-1)
  );
}

function createHeldBecomesAlarm(judge: Judge) {
  const keys = createKeyWatch();
  const stalls = createStalls();
  const doubt = createJournalDoubt();
  const erased = createErasedWatch();
  /** Pagers that gave up both slots, one of them because its counter could not be written. */
  const spent = new Set<string>();
  const doubted = new Set<string>();
  const deadlines = createDeadlines();
  /** By pager: the alarm of its key that it says is open; a hold beside another call is a new one. */
  const open = new Map<string, string>();
  const letters = createRecent<string, string>(LETTERS_KEPT);
  /** Pagers with an alarm of which a cut has left nobody outside the letter. */
  const unknown = new Set<string>();
  /** Told as broken: a line that comes later is no second one. */
  const missed = new WeakSet<Press>();

  const dueMs = (pager: string, press: Press) =>
    press.fromMs + SAID_MS + stalls.slackMs(pager, press.fromMs);

  function miss(pager: string, press: Press, nowMs: number): void {
    press.said = true;
    missed.add(press);
    const span = heldMs(press, nowMs);
    const seen = `${pager}: a key held ${span} ms from ${press.fromMs} on became no alarm in time`;
    if (erased.isErased(pager)) judge.excused(ERASED);
    else if (spent.has(pager)) judge.excused(EXCUSE);
    else judge.broken(seen);
  }

  function look(pager: string, nowMs: number): void {
    for (const press of keys.presses(pager, nowMs)) {
      if (press.said || press.untilMs - press.fromMs < MUST_MS) continue;
      const untilMs = dueMs(pager, press);
      if (nowMs > untilMs) miss(pager, press, nowMs);
      else deadlines.setSooner(pager, untilMs);
    }
    // A press that hasn't stood long enough to be one is looked at again.
    if (keys.isDown(pager)) deadlines.setSooner(pager, nowMs + SAID_MS);
  }

  function takeLine(pager: string, nowMs: number) {
    const presses = keys.presses(pager, nowMs);
    const press = pressOf(presses, nowMs);
    if (press !== undefined) {
      if (nowMs > dueMs(pager, press)) return miss(pager, press, nowMs);
      press.said = true;
      return judge.good();
    }
    const last = presses.at(-1);
    if (last?.said !== true || missed.has(last)) return;
    const sinceMs = nowMs - last.untilMs;
    if (sinceMs > SAID_MS + stalls.slackMs(pager, last.fromMs)) return;
    judge.broken(`${pager}: one hold, from ${last.fromMs} on, counted twice`);
  }

  function takeHold(pager: string, text: string, before: string, nowMs: number): void {
    takeLine(pager, nowMs);
    const wanted = before === "" ? "raised" : "held again";
    if (text === wanted || unknown.has(pager)) return;
    judge.broken(`${pager}: "${text}" with ${before || "nothing"} open`);
  }

  function takeInHand(pager: string, alarm: string): void {
    const letter = letters.get(alarm);
    open.set(pager, letter === "s" ? alarm : "");
    if (letter === undefined) unknown.add(pager);
    else unknown.delete(pager);
  }

  function takeLog({ pager, alarm, text, atMs }: Extract<WorldEvent, { kind: "log" }>): void {
    const before = open.get(pager) ?? "";
    if (text === "slot 1 dropped for good" && doubted.has(pager)) spent.add(pager);
    if (text === "raised" || text === "held again") takeHold(pager, text, before, atMs);
    const call = callOf(text);
    if (call !== undefined) letters.set(alarm, call.letter);
    if (call?.isBeside === false || isResumed(text)) takeInHand(pager, alarm);
    if (text === "closed" && alarm === before) open.set(pager, "");
    // A reopening puts the last alarm back into its hand.
    if (text === "delivered" && before === "") takeInHand(pager, alarm);
  }

  return {
    take(event: WorldEvent) {
      for (const pager of deadlines.passed(event.atMs)) look(pager, event.atMs);
      stalls.take(event);
      keys.take(event);
      doubt.take(event);
      erased.take(event);
      if (event.kind === "off" && doubt.inDoubt(event.pager)) doubted.add(event.pager);
      if (event.kind === "log") takeLog(event);
      if (event.kind === "stored" && event.event.kind === "alarmRaised") {
        const { alarm, letter } = event.event;
        // A platform that has forgotten the alarm hears no more of it than that it is open.
        if (letter !== REPEATED) letters.set(alarm, letter);
      }
      if (event.kind === "key" && event.down) {
        deadlines.setSooner(event.pager, event.atMs + SAID_MS);
      }
      if (event.kind !== "on" && event.kind !== "off") return;
      open.set(event.pager, "");
      if (event.kind === "off") deadlines.drop(event.pager);
      else if (event.keyDown) deadlines.set(event.pager, event.atMs + SAID_MS);
    },
  };
}

export const heldBecomesAlarm: CheckerKind = {
  name: "held-becomes-alarm",
  rule: "A key held for three seconds on a pager that is on becomes an alarm at once, exactly once.",
  create: createHeldBecomesAlarm,
};
