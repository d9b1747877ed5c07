// Points of a track: when one is made, when it is noted, and when all that wait are sent.
// Never before help: with an alarm open only a locate's points leave, and none ever turns a page.

import { codeUp, UNCERTAINTY_M } from "../../protocol/codes.ts";
import type { Machine } from "../../protocol/machine.ts";
import { TRACK_S_KEY } from "../../protocol/settings.ts";
import { isOpen } from "./alarm.ts";
import { countedS, nowS } from "./clock.ts";
import { slotInUse } from "./counter.ts";
import { leftMs } from "./due.ts";
import { notePoints } from "./journal.ts";
import { SEEK_MS, START_S_MAX, TRACK_S_MIN } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { findItem, putItem, takeItem } from "./outbox.ts";
import { ageNowS } from "./position.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";
import { putPoint, wholeTime } from "./track.ts";

/** 1e-5 degree: the steps of a message are no finer. */
function coarse(machine: Machine, angle: number): number {
  return angle < 0 ? -machine.divide(-angle, 10) : machine.divide(angle, 10);
}

/** Where the wearer is now, with the time at which it was so; `least`: only if so many metres moved. */
export function keepPoint(moment: Moment, leastM: number): void {
  const state = moment.pager;
  const track = state.track;
  const position = state.position;
  const north = coarse(moment.machine, position.latitude);
  const east = coarse(moment.machine, position.longitude);
  const away = north - track.north;
  const aside = east - track.east;
  track.serial = position.serial;
  // A step of 1e-5 degree is a metre, or less of one to the side.
  if (away <= leastM && -away <= leastM && aside <= leastM && -aside <= leastM) return;
  let time = countedS(moment) - ageNowS(moment);
  if (nowS(moment) > 0) time = wholeTime(time, state.clock.source === "network");
  const length = track.points.length;
  if (length > 0 && track.points[length - 4] === time) return;
  track.north = north;
  track.east = east;
  putPoint(track, time, north, east, codeUp(UNCERTAINTY_M, position.uncertaintyM));
}

function pointDueInMs(state: State, nowMs: number, moreMs: number): number {
  const everyS = numberOf(state, TRACK_S_KEY);
  if (everyS === 0) return -1;
  const waitS = everyS < TRACK_S_MIN ? TRACK_S_MIN : everyS;
  return leftMs(nowMs, state.track.sinceMs, waitS * 1000 + moreMs);
}

/** A point is due, and no position came since the last one. */
export function isSeeking(state: State, nowMs: number): boolean {
  return state.position.serial === state.track.serial && pointDueInMs(state, nowMs, 0) === 0;
}

/** Milliseconds until a point is due, or until the search for one is over; -1 for never. */
export function trackDueInMs(state: State, nowMs: number): number {
  return pointDueInMs(state, nowMs, isSeeking(state, nowMs) ? SEEK_MS : 0);
}

/** What waits goes on flash unless it is on its way for the first time: near a network that costs none. */
export function advanceTrack(moment: Moment): void {
  const state = moment.pager;
  const track = state.track;
  const dueMs = trackDueInMs(state, moment.nowMs);
  if (dueMs === 0 && track.serial !== state.position.serial) {
    keepPoint(moment, state.position.uncertaintyM);
  }
  if (dueMs <= 0) track.sinceMs = moment.nowMs;
  const known = track.points.length > 0 && track.points[0] > START_S_MAX;
  const goes = known && slotInUse(state) >= 0 && (!isOpen(state) || state.locate.id > 0);
  let item = findItem(state, "t", 0);
  if (item !== undefined && !goes) takeItem(moment, item.id);
  if (item === undefined && goes) {
    putItem(moment, "t", 0, 0);
    item = findItem(state, "t", 0);
  }
  const onItsWay = state.link.radio === "ready" && goes && item !== undefined && item.tries === 0;
  if (!onItsWay && nowS(moment) > 0) notePoints(moment);
}
