// Zones that the wearer is not to leave unseen: judged with each fix, which a search brings now and then.
// Raises one concern for each leaving and none out of a doubtful fix; off while no zone is set.

import { fromText } from "../../protocol/bytes.ts";
import { crc16 } from "../../protocol/crc.ts";
import {
  TEXT_KEY_MIN,
  ZONE_DWELL_S_KEY,
  ZONE_KEY_MIN,
  ZONE_S_KEY,
  ZONE_SLACK_M_KEY,
  ZONES,
} from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { raiseConcern } from "./alarm.ts";
import { slotInUse } from "./counter.ts";
import { leftMs } from "./due.ts";
import { noteHand } from "./journal.ts";
import { ZONE_SEARCH_MS } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { findItem } from "./outbox.ts";
import { numberOf, textOf } from "./settings.ts";
import type { State } from "./state.ts";
import { isPlaced, liesStill } from "./stillness.ts";
import { outsideM } from "./zone.ts";

export function isZoneSet(state: State): boolean {
  const from = ZONE_KEY_MIN - TEXT_KEY_MIN;
  return state.settings.texts.slice(from, from + ZONES).join("") !== "";
}

/** Milliseconds until a search begins or is given up; -1 while no zone is set. */
export function zonesDueInMs(state: State, nowMs: number): number {
  const zones = state.zones;
  if (!isZoneSet(state)) return -1;
  // It waits for the receiver for as long as that takes.
  if (zones.searching && !state.locating) return ZONE_SEARCH_MS;
  if (zones.searching) return leftMs(nowMs, state.soughtMs, ZONE_SEARCH_MS);
  // What may be a leaving is looked at again as soon as it can be one.
  const everyMs =
    numberOf(state, zones.out.indexOf(true) >= 0 ? ZONE_DWELL_S_KEY : ZONE_S_KEY) * 1000;
  return leftMs(nowMs, zones.lookMs, everyMs);
}

/**
 * A zone is armed by a fix inside it. It is left when fixes lie outside it for as long as the settings
 * say, farther than the slack and their own uncertainty; a fix between says nothing.
 */
function judgeZone(moment: Moment, place: number): void {
  const state = moment.pager;
  const zones = state.zones;
  const position = state.position;
  const zone = fromText(moment.machine, textOf(state, ZONE_KEY_MIN + place));
  if (zone.length === 0) return;
  // A zone that was changed is another one: nobody has been inside it yet.
  const mark = 1 + crc16(zone, 0, zone.length);
  const awayM = outsideM(moment.machine, zone, [position.latitude, position.longitude]);
  const armed = zones.marks[place] === mark;
  if (awayM === 0) {
    zones.out[place] = false;
    zones.marks[place] = mark;
    if (!armed) noteHand(moment);
  }
  if (!armed || awayM <= numberOf(state, ZONE_SLACK_M_KEY) + position.uncertaintyM) return;
  if (!zones.out[place]) zones.outMs[place] = moment.nowMs;
  zones.out[place] = true;
  const outMs = spanMs(moment.nowMs, zones.outMs[place]);
  if (outMs < numberOf(state, ZONE_DWELL_S_KEY) * 1000 || slotInUse(state) < 0) return;
  // While one that was left before still waits, this one does too.
  if (findItem(state, "Z", 0) !== undefined) return;
  zones.out[place] = false;
  zones.marks[place] = 0;
  // A cut between the two is seen in the item, which says the zone.
  raiseConcern(moment, "Z", place + 1);
  noteHand(moment);
}

/** With each position that is new. */
export function watchZones(moment: Moment): void {
  const zones = moment.pager.zones;
  zones.searching = false;
  zones.lookMs = moment.nowMs;
  for (let i = 0; i < ZONES; i++) judgeZone(moment, i);
}

export function advanceZones(moment: Moment): void {
  const state = moment.pager;
  const zones = state.zones;
  const dueMs = zonesDueInMs(state, moment.nowMs);
  if (dueMs > 0) return;
  zones.searching = dueMs === 0 && !zones.searching;
  zones.lookMs = moment.nowMs;
  // What may be a leaving wants a second fix.
  if (!zones.searching || zones.out.indexOf(true) >= 0 || !liesStill(state, moment.nowMs)) return;
  zones.searching = false;
  // A zone that came or was changed since is judged by the place that is known.
  if (isPlaced(state)) watchZones(moment);
}
