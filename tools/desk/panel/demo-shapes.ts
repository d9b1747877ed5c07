// What GET /demo/pagers and the events of GET /demo/events carry. Shapes only.
import type { SpokenCue } from "../../../firmware/core/cue-words.ts";

/** One virtual pager as it is now. */
export interface DemoPager {
  id: string;
  name: string;
  /** The last cue played, if any. */
  cue?: SpokenCue;
  /** Stage of the alarm in the core's own word. Not shown: the cue's words say it. */
  stage?: string;
  /** State of its radio in the core's own word; one that the panel does not know is not shown. */
  radio?: string;
  /** How long the key must be held, ms. */
  holdMs: number;
}

/** Event `cue`: the pager began to play it. */
export interface DemoCue {
  pager: string;
  cue: SpokenCue;
}

/** Event `state`: what changed of one pager. */
export type DemoState = { pager: string } & Partial<Omit<DemoPager, "id" | "cue">>;
