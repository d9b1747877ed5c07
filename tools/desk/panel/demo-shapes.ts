// What GET /demo/pagers and the events of GET /demo/events carry. Shapes only.
import type { Cue } from "../../../firmware/core/cues.ts";

/** One virtual pager as it is now. */
export interface DemoPager {
  id: string;
  name: string;
  /** The last cue played, if any. */
  cue?: Cue;
  /** Stage of the alarm as the pager knows it: idle, sending, delivered, taken, closed. */
  stage?: string;
  /** State of its radio, in the board's own word. */
  radio?: string;
  /** How long the key must be held, ms. */
  holdMs: number;
}

/** Event `cue`: the pager began to play it. */
export interface DemoCue {
  pager: string;
  cue: Cue;
}

/** Event `state`: what changed of one pager. */
export type DemoState = { pager: string } & Partial<Omit<DemoPager, "id" | "cue">>;
