// State of the driver's calls by voice, of boards that have them, as one plain record.
// Pure: what a call means for help, and who may call, is decided by the core.

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
  /** Somebody called at the last look. */
  called: boolean;
  /** The modem is to be asked at once; when it was asked last. */
  look: boolean;
  lookMs: number;
  dialMs: number;
}

export function voiceOf(modem: { voice?: Voice }): Voice {
  if (modem.voice === undefined) {
    modem.voice = {
      set: false,
      stage: IDLE,
      told: IDLE,
      number: "",
      take: "",
      called: false,
      look: true,
      lookMs: 0,
      dialMs: 0,
    };
  }
  return modem.voice;
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
