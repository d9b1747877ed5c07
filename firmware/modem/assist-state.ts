// How far the driver is with assistance data; a part of the record in state.ts.
// Data only.

export interface Assist {
  url: string;
  /** See assist.ts; 0 none. */
  step: number;
  /** Its answer, or the line that follows it, is to come; since when. */
  waits: boolean;
  askedMs: number;
  /** What the modem says that time is, in UTC. */
  time: string;
}

export function newAssist(url: string): Assist {
  return { url: url, step: url === "" ? 0 : 1, waits: false, askedMs: 0, time: "" };
}
