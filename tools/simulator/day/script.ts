// The script of the day: what the wearer and the people around her do, by the clock on the wall.
// Data only; what the pager and the platform do is their own affair.

import type { Outcome } from "../../../sdk/care/outcome.ts";
import type { AskedCell } from "../../../sdk/command-values.ts";
import { HOME_ZONE, type PlaceName } from "./places.ts";

export const WEARER = "Wang Xiulan";
export const OPERATOR = "Li";
/** Hers to call; she has agreed to it. */
export const DAUGHTER = "+8613900000001";
export const PLATFORM_PHONE = "+8610086000000";

/** None; a little: short messages get through and datagrams don't; or what there is in a street. */
export type Coverage = "none" | "little" | "full";

export interface Act {
  /** Time of the day, of the evening before where it says so. */
  readonly at: string;
  readonly eve?: true;
  /** What it is told as. */
  readonly name: ActName;
  /** It begins one. */
  readonly chapter?: ChapterName;
  readonly pressMs?: number;
  readonly charging?: boolean;
  readonly walk?: { readonly to: PlaceName; readonly minutes: number };
  readonly coverage?: Coverage;
  readonly sky?: boolean;
  readonly indoors?: boolean;
  /** Whether she moves from now on. */
  readonly moves?: boolean;
  /** The desk changes settings of the pager. */
  readonly settings?: Readonly<Record<string, AskedCell>>;
}

/** Headings of the story. */
export type ChapterName = "eve" | "morning" | "walk" | "noon" | "lift" | "evening" | "night";

export type ActName =
  | "fitted"
  | "settings"
  | "unplugged"
  | "click"
  | "setsOut"
  | "valley"
  | "market"
  | "marketLeft"
  | "coverageBack"
  | "home"
  | "nap"
  | "awake"
  | "lift"
  | "hold"
  | "gap"
  | "doors"
  | "helped"
  | "supper"
  | "charger"
  | "bed"
  | "morning";

const CLICK_MS = 200;
const HOLD_MS = 3400;

/** In the order of time. */
export const ACTS: readonly Act[] = [
  { eve: true, at: "20:00", name: "fitted", chapter: "eve", charging: true },
  {
    eve: true,
    at: "20:10",
    name: "settings",
    settings: {
      zone1: HOME_ZONE,
      contact1: DAUGHTER,
      platformNumber: PLATFORM_PHONE,
      trackS: 600,
      stillS: 7200,
      beatS: 7200,
    },
  },
  { at: "06:30", name: "unplugged", chapter: "morning", charging: false, moves: true },
  { at: "08:00", name: "click", pressMs: CLICK_MS },
  {
    at: "09:00",
    name: "setsOut",
    chapter: "walk",
    walk: { to: "market", minutes: 30 },
    indoors: false,
  },
  { at: "09:22", name: "valley", coverage: "none" },
  { at: "09:30", name: "market", sky: false },
  { at: "10:15", name: "marketLeft", sky: true, walk: { to: "home", minutes: 30 } },
  { at: "10:23", name: "coverageBack", coverage: "full" },
  { at: "10:45", name: "home", indoors: true },
  { at: "13:00", name: "nap", chapter: "noon", moves: false },
  { at: "14:00", name: "awake", moves: true },
  { at: "15:58", name: "lift", chapter: "lift", coverage: "none", sky: false },
  { at: "16:00", name: "hold", pressMs: HOLD_MS },
  { at: "16:03", name: "gap", coverage: "little" },
  { at: "16:06", name: "doors", coverage: "full", sky: true },
  { at: "16:20", name: "helped" },
  { at: "18:30", name: "supper", chapter: "evening" },
  { at: "20:00", name: "charger", charging: true, moves: false },
  { at: "21:30", name: "bed", chapter: "night" },
  { at: "30:30", name: "morning" },
];

/** What the operator does with an alarm, by its letter: when it is taken, when closed, and how. */
export interface Attendance {
  readonly takeMs: number;
  readonly closeMs: number;
  readonly outcome: Outcome;
}

const MINUTE_MS = 60000;

/** From the moment at which it is stored. */
export const ATTENDANCES: Readonly<Partial<Record<string, Attendance>>> = {
  Z: { takeMs: 40000, closeMs: 3 * MINUTE_MS, outcome: "social" },
  s: { takeMs: 35000, closeMs: 25 * MINUTE_MS, outcome: "real" },
};

const DAY_MS = 86400000;

/** Of the wall's clock, in milliseconds from the midnight between the eve and the day. */
export function timeOf({ at, eve }: Act): number {
  const [hours, minutes] = at.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE_MS - (eve === true ? DAY_MS : 0);
}
