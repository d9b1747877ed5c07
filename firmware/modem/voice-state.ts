// State of the driver's calls by voice, of boards that have them, as one plain record.
// Pure: what a call means for help, and who may call, is decided by the core.

import { spanMs } from "../../protocol/span.ts";
import { callKnownMs } from "./limits.ts";

/** Nobody; ours rings at the far end; somebody, or a voicemail, has picked up; the modem can't. */
export const IDLE = 0;
export const RINGS = 1;
export const TALKS = 2;
export const UNABLE = 3;

export interface Voice {
  /** The modem says the numbers of callers since its last start. */
  set: boolean;
  stage: number;
  /** The stage that the core knows. */
  told: number;
  /** To be dialled; "" none. */
  number: string;
  /** Whom the core wants picked up for; "" nobody. */
  take: string;
  /** At the last look ours rang, and somebody called. */
  rings: boolean;
  called: boolean;
  /** The modem is to be asked at once; whether it answered by its list, and when. */
  look: boolean;
  seen: boolean;
  lookMs: number;
  dialMs: number;
  /** Dials in a row that the modem refused, or did not answer. */
  refused: number;
}

export function voiceOf(modem: { voice?: Voice }): Voice {
  if (modem.voice === undefined) {
    modem.voice = {
      set: false,
      stage: IDLE,
      told: IDLE,
      number: "",
      take: "",
      rings: false,
      called: false,
      look: true,
      seen: false,
      lookMs: 0,
      dialMs: 0,
      refused: 0,
    };
  }
  return modem.voice;
}

/** As far as is known: where the list is out of reach for long nobody does. */
export function talksStill(voice: Voice, nowMs: number): boolean {
  return voice.stage === TALKS && spanMs(nowMs, voice.lookMs) < callKnownMs;
}

/** A modem that starts has no call any more; what is still to be dialled waits for it. */
export function loseCalls(voice: Voice): void {
  voice.stage = IDLE;
  voice.called = false;
  voice.take = "";
}

/** A set-up tells it again; a call that outlived the processor or the set-up is found. */
export function setAnew(voice: Voice): void {
  voice.set = false;
  voice.look = true;
}
