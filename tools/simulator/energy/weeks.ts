// The named weeks of the energy model: what a wearer does, where, and what the desk asked for before.
// Data only; each act has its minute of the day.

import { TRACK_S_KEY } from "../../../protocol/settings.ts";
import type { Place } from "../storm/hand.ts";

export interface Act {
  /** Days of the week, counted from 0; every day when left out. */
  readonly day?: number;
  readonly minute: number;
  /** A press of so many milliseconds, or a place to be at. */
  readonly pressMs?: number;
  readonly place?: Place;
}

/** Minutes of the day between which the wearer is up; the rest is night, in which nothing moves. */
export const UP = { from: 7 * 60, to: 22 * 60 } as const;
/** Up, somebody moves each few minutes, and on the street all the time. */
export const MOVES_EACH_MIN = { home: 4, street: 1 } as const;

export interface Week {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly settings: readonly (readonly [key: number, value: number])[];
  readonly acts: readonly Act[];
  /** Asks for more than the beats and a check-in a day, for which a profile may promise its days. */
  readonly more?: boolean;
}

const CLICK_MS = 150;
const HOLD_MS = 3600;
const CHECK_IN: Act = { minute: 9 * 60, pressMs: CLICK_MS };

function awayAt(place: Place, minutes: readonly number[], forMin: number): Act[] {
  return minutes.flatMap((minute) => [
    { minute, place },
    { minute: minute + forMin, place: "home" as const },
  ]);
}

export const WEEKS: readonly Week[] = [
  {
    name: "quiet",
    zh: "平静的一周：每天报平安一次",
    en: "quiet week: one check-in a day",
    settings: [],
    acts: [CHECK_IN],
  },
  {
    name: "walks",
    zh: "每天散步一小时，每半小时记一个轨迹点",
    en: "daily walks of an hour, a track point each half hour",
    settings: [[TRACK_S_KEY, 1800]],
    acts: [CHECK_IN, ...awayAt("street", [15 * 60], 60)],
    more: true,
  },
  {
    name: "coverage",
    zh: "信号差：每天断网六次，每次二十分钟，报平安时也断网",
    en: "poor coverage: six times a day none for 20 minutes, a check-in in one of them",
    settings: [],
    acts: [
      { minute: 605, pressMs: CLICK_MS },
      ...awayAt("lift", [120, 360, 600, 840, 1080, 1320], 20),
    ],
  },
  {
    name: "alarm",
    zh: "有一次报警的一周",
    en: "a week with an alarm, closed after 40 minutes",
    settings: [],
    acts: [CHECK_IN, { day: 3, minute: 20 * 60, pressMs: HOLD_MS }],
    more: true,
  },
];
