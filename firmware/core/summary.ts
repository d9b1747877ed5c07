// The plain facts of a pager, for a page or a console that shows it.
// Reads only, and names no key, no number of a counter and no position.

import type { CueName } from "./cues.ts";
import type { RadioState } from "./input.ts";
import type { Stage, State } from "./state.ts";

export interface Summary {
  provisioned: boolean;
  stage: Stage;
  /** Number of the last alarm; 0 before the first. */
  alarm: number;
  radio: RadioState;
  /** "" before the first. */
  lastCue: CueName | "";
  /** How many messages wait to be delivered. */
  outbox: number;
  keyDown: boolean;
  locating: boolean;
  /** 0 where not known. */
  batteryMv: number;
  charging: boolean;
}

export function summary(state: State): Summary {
  return {
    provisioned: state.identity.contexts.length > 0,
    stage: state.alarm.stage,
    alarm: state.alarm.number,
    radio: state.link.radio,
    lastCue: state.lastCue,
    outbox: state.outbox.length,
    keyDown: state.key.down,
    locating: state.locating,
    batteryMv: state.batteryMv,
    charging: state.charging,
  };
}
