// Kinds of alarms: the letter under which the wire raises each, and its rank in the desk's queue.
// Data and one look-up; what an alarm is, alarms.ts says.

import type { AlarmLetter } from "../events.ts";

/** "unknown": a kind that only a newer pager knows; it ranks with the highest. */
export const ALARM_KINDS = [
  "sos",
  "fall",
  "leftZone",
  "noMovement",
  "lowBattery",
  "unknown",
] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

const KINDS: Partial<Record<AlarmLetter, AlarmKind>> = {
  s: "sos",
  F: "fall",
  Z: "leftZone",
  N: "noMovement",
  L: "lowBattery",
  "?": "unknown",
};

/** 1 is the highest. A technical fact never outranks a call for help. */
const PRIORITIES: Record<AlarmKind, number> = {
  sos: 1,
  fall: 1,
  unknown: 1,
  noMovement: 2,
  leftZone: 2,
  lowBattery: 3,
};

/** Undefined for the letters that say more about an alarm of any kind. */
export function kindOf(letter: AlarmLetter): AlarmKind | undefined {
  return KINDS[letter];
}

export function priorityOf(kind: AlarmKind): number {
  return PRIORITIES[kind];
}
