// Points of a track arrive once and in their order. Given up are only those of the older half of a full list,
// and those that power took before they were on flash; a pager whose keys or journal went owes none.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createErasedWatch } from "./erased.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent, listOf, type Recent } from "./recent.ts";

const CUT = "power went before the point was on flash";
const THINNED = "the list was full, and it stood in the older half";
/** A pager keeps 64 and thins the older half; some that are answered it may still have. */
const FULL = 48;
const NEWER = 32;
const STORED_KEPT = 5000;

interface Point {
  readonly time: number;
  isKept: boolean;
  isStored: boolean;
  excuse: string;
}

/** The times that a message says, from its first new point on. */
function timesOf({ values }: Extract<Event, { kind: "told" }>): number[] {
  const rows = (values.points ?? []) as number[];
  const times = [Number(values.time)];
  for (let at = 0; at < rows.length; at += 3) {
    times.push(times[times.length - 1] + rows[at] * Number(values.stepS));
  }
  return times;
}

function createTrackPointsArrive(judge: Judge) {
  const doubt = createJournalDoubt();
  const erased = createErasedWatch();
  /** Made, in order; those of before are gone from here once they arrived. */
  const lists = new Map<string, Point[]>();
  /** By pager and time: how many restores there were when it was stored. */
  const stored: Recent<string, number> = createRecent(STORED_KEPT);
  const spent = new Set<string>();
  let restores = 0;
  let wasCalm = false;

  function takeMade(pager: string, time: number): void {
    const list = listOf(lists, pager);
    // A clock that was set back says a time again: for the platform it is the same point.
    if (stored.has(`${pager} ${time}`) || list.some((point) => point.time === time)) return;
    // Made in the calm it may be under way when the world ends.
    const excuse = wasCalm ? CUT : "";
    list.push({ time, isKept: false, isStored: false, excuse });
    if (list.length < FULL) return;
    for (const point of list.slice(0, -NEWER)) point.excuse ||= THINNED;
    while (list.length > 2 * FULL) list.shift();
  }

  function takeKept(pager: string, time: number): void {
    const list = listOf(lists, pager);
    const at = list.findIndex((point) => point.time === time);
    for (const point of list.slice(0, at + 1)) point.isKept = true;
  }

  function takeOff(pager: string): void {
    const isLost = doubt.inDoubt(pager) || doubt.isLow(pager) || erased.isErased(pager);
    for (const point of listOf(lists, pager)) {
      if (isLost) point.excuse ||= EXCUSE;
      else if (!point.isKept) point.excuse ||= CUT;
    }
  }

  function takeArrived(pager: string, time: number): void {
    const name = `${pager} ${time}`;
    if (stored.get(name) === restores) judge.broken(`${name}: a point of a track came twice`);
    stored.set(name, restores);
    const list = listOf(lists, pager);
    const point = list.find((one) => one.time === time);
    if (point === undefined) return;
    const older = list.find((one) => !one.isStored && one.excuse === "");
    if (older !== undefined && list.indexOf(older) < list.indexOf(point)) {
      judge.broken(`${name}: a point of a track came before the older one of ${older.time}`);
    }
    if (!point.isStored) judge.good();
    point.isStored = true;
  }

  /** What is answered it has no more. */
  function takeAnswered(pager: string): void {
    const list = listOf(lists, pager);
    lists.set(
      pager,
      list.filter(({ isStored }) => !isStored),
    );
  }

  function takeEnd(): void {
    for (const [pager, list] of lists) {
      for (const { time, isStored, excuse } of list) {
        if (isStored) continue;
        if (excuse !== "") judge.excused(excuse);
        else if (spent.has(pager) || doubt.isStranded(pager)) judge.excused(EXCUSE);
        else judge.broken(`${pager} ${time}: a point of a track never came`);
      }
    }
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      erased.take(event);
      if (event.kind === "point") {
        if (event.act === "made") takeMade(event.pager, event.time);
        else takeKept(event.pager, event.time);
      }
      if (event.kind === "off") takeOff(event.pager);
      if (event.kind === "log" && event.text === "slot 1 dropped for good") spent.add(event.pager);
      if (event.kind === "log" && event.text === "delivered t") takeAnswered(event.pager);
      if (event.kind === "stored" && event.event.kind === "told") {
        const { message, pager } = event.event;
        if (message !== "track") return;
        for (const time of timesOf(event.event)) takeArrived(pager, time);
      }
      if (event.kind === "platform" && event.act === "restore") restores += 1;
      if (event.kind !== "phase") return;
      wasCalm = event.phase !== "storm";
      if (event.phase === "end") takeEnd();
    },
  };
}

export const trackPointsArrive: CheckerKind = {
  name: "track-points-arrive",
  rule: "Points of a track arrive once and in their order, but for those that are given up by rule.",
  create: createTrackPointsArrive,
};
