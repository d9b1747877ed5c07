// Once the weather is calm everything that waited comes through within the promised time.
// Until then nothing is judged: in a storm late is not lost.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { type AlarmEntry, createAlarmBook, EXCUSE, isDone } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createSaidBook } from "./said-book.ts";
import { CLOSED, DELIVERED, type Rank, TAKEN } from "./told.ts";

/** From the calm, or from what happens in it, to the wearer who knows. */
export const PROMISE_MS = 900000;

const RESTORED = "the act was lost with a restore";
const NEWER = "its pager has a newer alarm in hand";
const TOO_LATE = "the world ended within the promised time";

/** What an operator did, and the wearer was not told of yet. */
interface Act {
  /** The stage at which the alarm stands since. */
  readonly rank: Rank;
  /** There is a copy of the database in which it stands. */
  copied: boolean;
}

const RANKS: Partial<Record<Event["kind"], Rank>> = {
  alarmTaken: TAKEN,
  alarmClosed: CLOSED,
  alarmReleased: DELIVERED,
  alarmReopened: DELIVERED,
  alarmReopenedByDesk: DELIVERED,
};
const WORDS = ["", "waiting again", "taken", "closed"];

/** A later stage proves an earlier one, unless the desk has taken that stage back meanwhile. */
function isToldOf({ told, backs }: AlarmEntry, rank: Rank): boolean {
  return told === rank || (told > rank && backs === 0);
}

function createCalmHeals(judge: Judge) {
  const book = createAlarmBook();
  const said = createSaidBook();
  const acts = new Map<string, Act>();
  /** Of alarms that must be stored and told, of acts that must be told, of all else. */
  const alarmsDue = createDeadlines();
  const actsDue = createDeadlines();
  const saidDue = createDeadlines();
  /** Infinity until it is calm. */
  let calmMs = Infinity;
  let ended = false;

  function takeCalm(atMs: number): void {
    calmMs = atMs;
    for (const { id } of book.open()) alarmsDue.set(id, atMs + PROMISE_MS);
    for (const alarm of acts.keys()) actsDue.set(alarm, atMs + PROMISE_MS);
    for (const name of said.names()) saidDue.set(name, atMs + PROMISE_MS);
  }

  function takeSaid(name: string, atMs: number) {
    if (calmMs === Infinity) return;
    if (said.find(name) !== undefined) return saidDue.set(name, atMs + PROMISE_MS);
    if (!saidDue.has(name)) return;
    saidDue.drop(name);
    judge.good();
  }

  function takeChanged(entry: AlarmEntry, done: boolean): void {
    const { id, raisedMs } = entry;
    const fromMs = Math.max(raisedMs, calmMs);
    if (fromMs < Infinity && !done) alarmsDue.setSooner(id, fromMs + PROMISE_MS);
    if (done && alarmsDue.has(id)) {
      alarmsDue.drop(id);
      judge.good();
    }
    const act = acts.get(id);
    if (act === undefined || !isToldOf(entry, act.rank)) return;
    acts.delete(id);
    if (!actsDue.has(id)) return;
    actsDue.drop(id);
    judge.good();
  }

  function forget(alarm: string): void {
    acts.delete(alarm);
    actsDue.drop(alarm);
  }

  function takeStored(event: Event, atMs: number): void {
    const rank = RANKS[event.kind];
    if (rank === undefined || !("alarm" in event) || event.alarm === undefined) return;
    // What was done before is over, whether the wearer was told of it or not.
    forget(event.alarm);
    const entry = book.find(event.alarm);
    if (entry === undefined || isToldOf(entry, rank)) return;
    acts.set(event.alarm, { rank, copied: false });
    if (calmMs < Infinity) actsDue.set(event.alarm, atMs + PROMISE_MS);
  }

  function takePlatform(act: Extract<WorldEvent, { kind: "platform" }>["act"]): void {
    for (const [alarm, one] of acts) {
      if (act === "backup") one.copied = true;
      if (act !== "restore" || one.copied) continue;
      forget(alarm);
      judge.excused(RESTORED);
    }
  }

  function miss(name: string, what: string, excused: boolean | undefined): void {
    if (excused) judge.excused(EXCUSE);
    else judge.broken(`${name}: it was calm for ${PROMISE_MS / 60000} minutes, and ${what}`);
  }

  function missAct(alarm: string, rank: Rank): void {
    const entry = book.find(alarm);
    // The desk may open an alarm again before it hears that its pager has a newer one.
    if (entry?.superseded) judge.excused(NEWER);
    else miss(alarm, `"${WORDS[rank]}" was not told`, entry?.excused);
  }

  function look(nowMs: number): void {
    for (const alarm of alarmsDue.passed(nowMs)) {
      const entry = book.find(alarm);
      // A graver call is in hand: of this one its wearer is told no more.
      if (entry !== undefined && isDone(entry)) judge.good();
      else
        miss(alarm, entry?.stored ? "its wearer was not told" : "it is not stored", entry?.excused);
    }
    for (const alarm of actsDue.passed(nowMs)) {
      missAct(alarm, acts.get(alarm)?.rank ?? CLOSED);
      acts.delete(alarm);
    }
    for (const name of saidDue.passed(nowMs)) {
      const entry = said.find(name);
      // Without one it goes on under another name, and is awaited under that.
      if (entry !== undefined) miss(name, "it is not stored", entry.excused);
    }
  }

  function takeEnd(): void {
    ended = true;
    for (const due of [alarmsDue, actsDue, saidDue]) {
      for (const _name of due.passed(Infinity)) judge.excused(TOO_LATE);
    }
  }

  return {
    take(event: WorldEvent) {
      if (ended) return;
      look(event.atMs);
      const changed = book.take(event);
      if (changed !== undefined) takeChanged(changed, isDone(changed));
      const name = said.take(event);
      if (name !== undefined) takeSaid(name, event.atMs);
      if (event.kind === "stored") takeStored(event.event, event.atMs);
      if (event.kind === "platform") takePlatform(event.act);
      if (event.kind !== "phase") return;
      if (event.phase === "calm") takeCalm(event.atMs);
      if (event.phase === "end") takeEnd();
    },
  };
}

export const calmHeals: CheckerKind = {
  name: "calm-heals",
  rule: "Fifteen minutes into the calm all that a pager said is stored and every act is told.",
  create: createCalmHeals,
};
