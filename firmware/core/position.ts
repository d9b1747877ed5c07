// Best known position with its age and uncertainty; the last known one outlives a reset.
// Never holds a message back: what is known at the moment of sending goes along.

import { LATITUDE_MAX, LONGITUDE_MAX } from "../../protocol/limits.ts";
import type { Report } from "../../protocol/messages.ts";
import { spanMs } from "../../protocol/span.ts";
import { nowS } from "./clock.ts";
import { BAD_FIXES, count } from "./counts.ts";
import { notePosition } from "./journal.ts";
import { MOVED_E7, POSITION_NOTE_MS, UNCERTAINTY_M_MAX, WALK_M_PER_S } from "./limits.ts";
import type { Moment } from "./moment.ts";
import type { Position } from "./state.ts";
import { isAway } from "./track.ts";

export interface Fix {
  latitude: number;
  longitude: number;
  uncertaintyM: number;
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

/** A fix that says less than the position which has grown old since is left out. */
function isBetter(moment: Moment, fix: Fix): boolean {
  const position = moment.pager.position;
  const ageS = ageNowS(moment);
  if (!position.known || ageS < 0 || ageS > UNCERTAINTY_M_MAX) return true;
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
  if (!isInBounds(fix)) {
    count(moment.pager.counts, BAD_FIXES);
    return false;
  }
  if (!isBetter(moment, fix)) return false;
  position.known = true;
  position.latitude = fix.latitude;
  position.longitude = fix.longitude;
  position.uncertaintyM =
    fix.uncertaintyM < UNCERTAINTY_M_MAX ? fix.uncertaintyM : UNCERTAINTY_M_MAX;
  position.ageS = 0;
  position.atMs = moment.nowMs;
  position.timeS = 0;
  position.serial += 1;
  const sinceMs = spanMs(moment.nowMs, position.notedMs);
  const early = position.noted && sinceMs >= 0 && sinceMs < POSITION_NOTE_MS;
  if (!early && (!position.noted || hasMoved(position))) keepPosition(moment);
  return true;
}

/** Puts what is known into a report. */
export function addPosition(moment: Moment, report: Report): void {
  const position = moment.pager.position;
  if (!position.known) return;
  report.latitude = position.latitude;
  report.longitude = position.longitude;
  report.uncertaintyM = position.uncertaintyM;
  const ageS = ageNowS(moment);
  if (ageS >= 0) report.ageS = ageS;
}
