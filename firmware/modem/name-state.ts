// What the driver knows of the platform's name; a part of the record in state.ts.
// Data only.

export interface Name {
  /** "host:port"; "" where there is none to be looked up. */
  text: string;
  /** Not asked yet, asked and its answer may come, and told. */
  stage: number;
  askedMs: number;
  /** A context was activated behind the last datagram, and when that came. */
  anew: boolean;
  heardMs: number;
}

export function newName(text: string): Name {
  return { text: text, stage: 0, askedMs: 0, anew: false, heardMs: 0 };
}
