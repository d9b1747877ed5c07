// Every cue by name; the compiler sees to it that none is missing.

import type { CueName } from "../../firmware/core/cues.ts";

const ALL: Record<CueName, true> = {
  tick: true,
  raised: true,
  sending: true,
  stillTrying: true,
  noNetwork: true,
  delivered: true,
  taken: true,
  closed: true,
  checkinDelivered: true,
  notActivated: true,
  linkLost: true,
  waitingAgain: true,
  batteryLow: true,
  batteryLower: true,
  batteryLast: true,
  ring: true,
  notice: true,
  pressTest: true,
  pressTestGood: true,
  selfTest: true,
  fallen: true,
};
export const CUE_NAMES = Object.keys(ALL) as CueName[];
