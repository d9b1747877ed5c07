// Best known position with its age and uncertainty; the last known one outlives a reset.
// Never holds a message back: what is known at the moment of sending goes along.

import { fromHex } from "../../protocol/bytes.ts";
import { LATITUDE_MAX, LONGITUDE_MAX } from "../../protocol/limits.ts";
import type { Machine } from "../../protocol/machine.ts";
import type { Report } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { nowS } from "./clock.ts";
import { BAD_FIXES, count, FAR_FIXES, POOR_FIXES } from "./counts.ts";
import { metresTo } from "./ground.ts";
import { notePosition } from "./journal.ts";
import {
  AGE_S_MAX,
  CELL_AFTER_S,
  DOUBT_MS,
  FAR_FIXES_MIN,
  FIX_M_MAX,
  MOVED_E7,
  POSITION_NOTE_MS,
  TRAVEL_M_PER_S,
  WALK_M_PER_S,
} from "./limits.ts";
import type { Moment } from "./moment.ts";
import type { Position } from "./place-state.ts";
import { isAway } from "./track.ts";

export interface Fix {
  latitude: number;
  longitude: number;
  uncertaintyM: number;
  /** Absent or 0 where the receiver doesn't say; mode 2 is a fix without height. */
  satellites?: number;
  mode?: number;
}

/** Age now in seconds; -1 where it is not known. */
export function ageNowS(moment: Moment): number {
  const position = moment.pager.position;
  if (position.ageS < 0) return -1;
  const ms = spanMs(moment.nowMs, position.atMs);
  return position.ageS + (ms > 0 ? moment.machine.divide(ms, 1000) : 0);
}

function isInBounds(fix: Fix): boolean {
  return (
    fix.latitude >= -LATITUDE_MAX &&
    fix.latitude <= LATITUDE_MAX &&
    fix.longitude >= -LONGITUDE_MAX &&
    fix.longitude <= LONGITUDE_MAX &&
    fix.uncertaintyM > 0
  );
}

/** Too few satellites for what it claims to be, or so wide that it says nothing. */
function isPoor(fix: Fix): boolean {
  const satellites = fix.satellites;
  const few = satellites !== undefined && satellites > 0 && satellites < (fix.mode === 3 ? 4 : 3);
  return few || fix.uncertaintyM > FIX_M_MAX;
}

/** Latitude, longitude, uncertainty: farther apart than anybody travels in this time. */
function isFar(machine: Machine, from: number[], to: number[], ageS: number): boolean {
  const reachM = from[2] + to[2] + ageS * TRAVEL_M_PER_S;
  const north = metresTo(machine, from, to, 0);
  const east = metresTo(machine, from, to, 1);
  return north > reachM || -north > reachM || east > reachM || -east > reachM;
}

function placeOf(fix: Fix): number[] {
  return [fix.latitude, fix.longitude, fix.uncertaintyM];
}

/**
 * A jump is an echo in a street far more often than a journey. It is believed once it is said
 * again and again: then what was known before is the echo.
 */
function isJump(moment: Moment, fix: Fix): boolean {
  const machine = moment.machine;
  const position = moment.pager.position;
  const doubt = position.doubt;
  const place = placeOf(fix);
  const ageS = ageNowS(moment);
  const known = position.known && ageS >= 0 && ageS <= AGE_S_MAX;
  if (!known || !isFar(machine, placeOf(position), place, ageS)) {
    doubt.count = 0;
    return false;
  }
  const sinceMs = spanMs(moment.nowMs, doubt.atMs);
  const old = doubt.count === 0 || sinceMs < 0 || sinceMs > DOUBT_MS;
  if (old || isFar(machine, doubt.place, place, machine.divide(sinceMs, 1000))) doubt.count = 0;
  doubt.count += 1;
  doubt.place = place;
  doubt.atMs = moment.nowMs;
  return doubt.count < FAR_FIXES_MIN;
}

/** A fix that says less than the position which has grown old since is left out. */
function isBetter(moment: Moment, fix: Fix): boolean {
  const position = moment.pager.position;
  const ageS = ageNowS(moment);
  if (position.doubt.count > 0 || !position.known || ageS < 0 || ageS > AGE_S_MAX) return true;
  return fix.uncertaintyM <= position.uncertaintyM + ageS * WALK_M_PER_S;
}

function hasMoved(position: Position): boolean {
  const north = position.latitude - position.notedLatitude;
  const east = position.longitude - position.notedLongitude;
  return isAway(north, east, MOVED_E7);
}

/** Writes the position to the journal as the one to begin with after a reset. */
export function keepPosition(moment: Moment): void {
  const position = moment.pager.position;
  if (!position.known) return;
  const timeS = nowS(moment);
  const ageS = ageNowS(moment);
  if (timeS > 0 && ageS >= 0) position.timeS = timeS > ageS ? timeS - ageS : 0;
  position.noted = true;
  position.notedLatitude = position.latitude;
  position.notedLongitude = position.longitude;
  position.notedMs = moment.nowMs;
  notePosition(moment);
}

/** Takes a fix; false where it is no better than what is known. */
export function takeFix(moment: Moment, fix: Fix): boolean {
  const position = moment.pager.position;
  const gate = !isInBounds(fix)
    ? BAD_FIXES
    : isPoor(fix)
      ? POOR_FIXES
      : isJump(moment, fix)
        ? FAR_FIXES
        : -1;
  if (gate >= 0) count(moment.pager.counts, gate);
  if (gate >= 0 || !isBetter(moment, fix)) return false;
  position.doubt.count = 0;
  position.known = true;
  position.latitude = fix.latitude;
  position.longitude = fix.longitude;
  position.uncertaintyM = fix.uncertaintyM;
  position.ageS = 0;
  position.atMs = moment.nowMs;
  position.timeS = 0;
  position.serial += 1;
  const sinceMs = spanMs(moment.nowMs, position.notedMs);
  const early = position.noted && sinceMs >= 0 && sinceMs < POSITION_NOTE_MS;
  if (!early && (!position.noted || hasMoved(position))) keepPosition(moment);
  return true;
}

/** Puts what is known into a report: beside an old position, or none, the network's cell [N-12]. */
export function addPosition(moment: Moment, report: Report): void {
  const position = moment.pager.position;
  const ageS = ageNowS(moment);
  if (!position.known || ageS < 0 || ageS > CELL_AFTER_S) {
    report.cell = fromHex(moment.machine, moment.pager.link.cell);
  }
  if (!position.known) return;
  report.latitude = position.latitude;
  report.longitude = position.longitude;
  report.uncertaintyM = position.uncertaintyM;
  if (ageS >= 0) report.ageS = ageS;
}
