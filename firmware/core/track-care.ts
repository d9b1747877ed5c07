// Points of a track: when one is made, when it is noted, and when all that wait are sent.
// Never before help: with an alarm open only a locate's points leave, and none ever turns a page.

import { codeUp, UNCERTAINTY_M } from "../../protocol/codes.ts";
import type { Machine } from "../../protocol/machine.ts";
import { WORD_LOCATE } from "../../protocol/messages.ts";
import { REPORT_S_KEY, TRACK_S_KEY } from "../../protocol/settings.ts";
import { isOpen } from "./alarm.ts";
import { nowS } from "./clock.ts";
import { slotInUse } from "./counter.ts";
import { leftMs } from "./due.ts";
import { notePoints } from "./journal.ts";
import { SEEK_MS, TRACK_GRID_S, TRACK_S_MIN } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { findItem, putItem, takeItem } from "./outbox.ts";
import { DONE } from "./outcomes.ts";
import { ageNowS } from "./position.ts";
import { putOutcome } from "./result.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";
import { liesStill } from "./stillness.ts";
import { isAway, thinTrack } from "./track.ts";

/** 1e-5 degree: the steps of a message are no finer. */
function coarse(machine: Machine, angle: number): number {
  return angle < 0 ? -machine.divide(-angle, 100) : machine.divide(angle, 100);
}

/** Where the wearer is, with the time at which it was so; each time for a locate, else if that is elsewhere. */
function keepPoint(moment: Moment): void {
  const state = moment.pager;
  const track = state.track;
  const position = state.position;
  const north = coarse(moment.machine, position.latitude);
  const east = coarse(moment.machine, position.longitude);
  const timeS = nowS(moment) - ageNowS(moment);
  const time = timeS - (timeS % TRACK_GRID_S) + (state.clock.source === "network" ? 1 : 0);
  // A step of 1e-5 degree is a metre, or less of one to the side.
  const leastM = state.locate.id > 0 ? -1 : position.uncertaintyM;
  track.serial = position.serial;
  if (time === track.time || !isAway(north - track.north, east - track.east, leastM)) return;
  thinTrack(track);
  track.time = time;
  track.north = north;
  track.east = east;
  track.points.push(time, north, east, codeUp(UNCERTAINTY_M, position.uncertaintyM));
}

/** A point has a time: a position waits, and grows old, until somebody tells what time it is. */
function pointDueInMs(state: State, nowMs: number): number {
  const locate = state.locate;
  let waitS = numberOf(state, locate.id > 0 ? REPORT_S_KEY : TRACK_S_KEY);
  if (waitS === 0 || state.clock.timeS === 0) return -1;
  if (locate.id === 0 && waitS < TRACK_S_MIN) waitS = TRACK_S_MIN;
  if (locate.id > 0 && !locate.told) waitS = 0;
  return leftMs(nowMs, state.track.sinceMs, waitS * 1000);
}

/** A point is due, and no position came since the last one. */
export function isSeeking(state: State, nowMs: number): boolean {
  return state.position.serial === state.track.serial && pointDueInMs(state, nowMs) === 0;
}

/** Milliseconds until a point is due, or until the search for one is over; -1 for never. */
export function trackDueInMs(state: State, nowMs: number): number {
  if (!isSeeking(state, nowMs)) return pointDueInMs(state, nowMs);
  // It waits for the receiver for as long as that takes; a locate has an end of its own.
  if (!state.locating || state.locate.id > 0) return SEEK_MS;
  return leftMs(nowMs, state.soughtMs, SEEK_MS);
}

/** What waits goes on flash unless it is on its way for the first time: near a network that costs none. */
export function advanceTrack(moment: Moment): void {
  const state = moment.pager;
  const track = state.track;
  const locate = state.locate;
  // A wearer who stays gets no point, found again or not. Of a locate the search is due at once again.
  if (isSeeking(state, moment.nowMs) && liesStill(state, moment.nowMs)) {
    track.sinceMs = moment.nowMs;
  }
  const dueMs = trackDueInMs(state, moment.nowMs);
  if (dueMs === 0 && track.serial !== state.position.serial) {
    keepPoint(moment);
    if (locate.id > 0 && !locate.told) putOutcome(moment, WORD_LOCATE, locate.id, DONE, 0);
    locate.told = true;
  }
  if (dueMs <= 0) track.sinceMs = moment.nowMs;
  const mayGo = (!isOpen(state) || locate.id > 0) && slotInUse(state) >= 0;
  const goes = mayGo && track.points.length > 0;
  const item = findItem(state, "t", 0);
  if (item === undefined) {
    if (goes) putItem(moment, "t", 0, 0);
  } else if (!goes) takeItem(moment, item.id);
  const again = item !== undefined && item.tries > 0;
  if (!goes || again || state.link.radio !== "ready") notePoints(moment);
}
