// What GET /demo/pagers and the events of GET /demo/events carry. Shapes only.

/** Steps are milliseconds on, off, on, ...; `steady` is the light that stays after the cue. */
export interface Cue {
  name: string;
  zh: string;
  en: string;
  light: { color: "red" | "amber" | "green"; steps: number[] };
  steady: "off" | "red" | "amber" | "green";
  vibration: number[];
  sound: number[];
}

export interface DemoPager {
  id: string;
  name: string;
  /** The last cue played, if any. */
  cue?: Cue;
  /** Stage of the open alarm as the pager knows it. */
  stage?: string;
  /** State of its radio. */
  radio?: string;
  /** How long the key must be held, ms. */
  holdMs: number;
}

/** Event `cue`. */
export interface DemoCue {
  pager: string;
  cue: Cue;
}

/** Event `state`: what changed of one pager. */
export type DemoState = { pager: string } & Partial<Omit<DemoPager, "id" | "cue">>;
