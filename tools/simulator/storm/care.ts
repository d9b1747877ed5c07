// What a desk sets for the care of a wearer: zones around the home, stillness, falls, tracks.
// Draws values that a pager may take; whether it can is for the pager.

import {
  FALL_GRACE_S_KEY,
  STILL_S_KEY,
  TRACK_S_KEY,
  UTC_OFFSET_MIN_KEY,
  ZONE_DWELL_S_KEY,
  ZONE_KEY_MIN,
  ZONE_S_KEY,
  ZONE_SLACK_M_KEY,
  ZONES,
} from "../../../protocol/settings.ts";
import type { Chance } from "../chance.ts";
import { away, type Point } from "./ground.ts";

/** Keys and values; a zone as people write it. */
export type CareCell = [number, number | string];

const ZONE_S = [60, 300, 600, 900, 1800, 3600];
const SLACK_M = [0, 10, 30, 50, 100];
const DWELL_S = [10, 30, 60, 120, 300];
const STILL_S = [0, 900, 1800, 3600, 5400, 7200, 9000, 10800];
const GRACE_S = [0, 5, 10, 20, 30, 60];
const TRACK_S = [0, 0, 300, 600, 900, 1800];
/** Some wearers live where it is day when others sleep. */
const OFFSET_MIN = [480, 0, -300];
const CENTRE_M = 60;
const RADIUS_M = { from: 80, to: 500 };
const CORNERS = { from: 3, to: 8 };

/** What stands in a pager when its world begins, or what a desk changes later. */
export interface Care {
  readonly atBench: CareCell[];
  change(): CareCell[];
}

const oneOf = <One>(chance: Chance, list: readonly One[]): One => list[chance.below(list.length)];

const degrees = ({ latitude, longitude }: Point) =>
  `${(latitude / 1e7).toFixed(7)},${(longitude / 1e7).toFixed(7)}`;

/** A circle, or corners at all distances around a middle: of any form, and never crossing itself. */
function drawZone(chance: Chance, home: Point): string {
  const spread = () => chance.between(-CENTRE_M, CENTRE_M);
  const centre = away(home, spread(), spread());
  const metres = () => chance.between(RADIUS_M.from, RADIUS_M.to);
  if (chance.happens(0.5)) return `${degrees(centre)},${metres()}`;
  const corners = chance.between(CORNERS.from, CORNERS.to);
  const turn = chance.next();
  return Array.from({ length: corners }, (_, at) => {
    const angle = 2 * Math.PI * (turn + at / corners);
    const reach = metres();
    return degrees(away(centre, reach * Math.cos(angle), reach * Math.sin(angle)));
  }).join(" ");
}

/** What a board has, beyond the least. */
export interface Senses {
  readonly zones: boolean;
  readonly motion: boolean;
}

export interface CareOptions {
  readonly chance: Chance;
  readonly home: Point;
  readonly senses: Senses;
  /** Something is set from the beginning. */
  readonly cares: boolean;
}

export function drawCare({ chance, home, senses, cares }: CareOptions): Care {
  const zoneKey = () => ZONE_KEY_MIN + chance.below(ZONES);
  const zone = (): CareCell => [zoneKey(), drawZone(chance, home)];
  const pace = (): CareCell[] => [
    [ZONE_S_KEY, oneOf(chance, ZONE_S)],
    [ZONE_SLACK_M_KEY, oneOf(chance, SLACK_M)],
    [ZONE_DWELL_S_KEY, oneOf(chance, DWELL_S)],
  ];
  const still = (): CareCell[] => [
    [STILL_S_KEY, oneOf(chance, STILL_S)],
    [UTC_OFFSET_MIN_KEY, oneOf(chance, OFFSET_MIN)],
  ];
  const fall = (): CareCell[] => [[FALL_GRACE_S_KEY, oneOf(chance, GRACE_S)]];
  const track = (): CareCell[] => [[TRACK_S_KEY, oneOf(chance, TRACK_S)]];
  const changes: (() => CareCell[])[] = [
    () => [zone()],
    () => [zone(), ...pace()],
    pace,
    () => [[zoneKey(), ""]],
    still,
    fall,
    () => [...still(), ...fall()],
    track,
  ];

  function atBench(): CareCell[] {
    if (!cares) return [];
    const cells: CareCell[] = [];
    if (senses.zones && chance.happens(0.7)) cells.push(zone(), ...pace());
    if (senses.motion && chance.happens(0.7)) cells.push(...still());
    if (senses.motion && chance.happens(0.7)) cells.push(...fall());
    if (chance.happens(0.4)) cells.push(...track());
    return cells;
  }

  return { atBench: atBench(), change: () => oneOf(chance, changes)() };
}
