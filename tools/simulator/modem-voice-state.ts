// Calls by voice of the simulated modem as records.
// Decides nothing: who picks up and what then happens stands in modem-voice.ts.

/** Who is at a number: picks up behind so much ringing, and talks so long; -1 never, and no end. */
export interface Callee {
  readonly answersMs: number;
  readonly talksMs: number;
}

/** As the modem numbers them; each call has one of these states. */
export const ACTIVE = 0;
export const DIALING = 2;
export const ALERTING = 3;
export const INCOMING = 4;

export interface SimCall {
  readonly number: string;
  /** The pager dialled it. */
  readonly ours: boolean;
  state: number;
  listedFromMs: number;
}

export interface SimVoice {
  /** One at a time: who calls meanwhile finds it busy. */
  calls: SimCall[];
  /** ATD is still to be answered: an octet breaks the call off. */
  held: ((final: string) => void) | undefined;
}

export function newVoice(): SimVoice {
  return { calls: [], held: undefined };
}
