// Makes the desk heard by Web Audio. Says plainly when the browser blocks it; knows no alarm.
import type { Pattern } from "./alarm-sound.ts";

export type SpeakerState = "blocked" | "on" | "none";

export interface Speaker {
  state(): SpeakerState;
  /** Calls `run` when the state changes. */
  watch(run: () => void): void;
  /** To be called from a gesture: browsers allow sound only then. */
  open(): void;
  playOnce(pattern: Pattern): void;
  /** Repeats `pattern` until another one, or undefined, takes its stead. */
  repeat(pattern: Pattern | undefined): void;
  /** Sounds one tone until the function returned is called. */
  beep(): () => void;
}

const LOUDNESS = 0.35;
const EDGE_S = 0.012;
const BEEP = { hz: 2100, loudness: 0.08 };

function sound(context: AudioContext, pattern: Pattern): void {
  for (const tone of pattern.tones) {
    const startS = context.currentTime + tone.atMs / 1000;
    const endS = startS + tone.lengthMs / 1000;
    const source = new OscillatorNode(context, { type: "triangle", frequency: tone.hz });
    const gain = new GainNode(context, { gain: 0 });
    // Soft edges: a hard cut clicks in a headset worn for eight hours.
    gain.gain.setValueAtTime(0, startS);
    gain.gain.linearRampToValueAtTime(LOUDNESS, startS + EDGE_S);
    gain.gain.setValueAtTime(LOUDNESS, endS - EDGE_S);
    gain.gain.linearRampToValueAtTime(0, endS);
    source.connect(gain).connect(context.destination);
    source.start(startS);
    source.stop(endS);
  }
}

const noSpeaker: Speaker = {
  state: () => "none",
  watch() {},
  open() {},
  playOnce() {},
  repeat() {},
  beep: () => () => {},
};

/** The speaker of this browser; one that is always "none" where Web Audio is missing. */
export function makeSpeaker(): Speaker {
  if (typeof AudioContext === "undefined") return noSpeaker;
  const context = new AudioContext();
  let current: Pattern | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const isOn = () => context.state === "running";
  const playOnce = (pattern: Pattern) => {
    if (isOn()) sound(context, pattern);
  };
  // What was blocked is heard the moment the browser lets it through.
  context.addEventListener("statechange", () => {
    if (current !== undefined) playOnce(current);
  });
  return {
    state: () => (isOn() ? "on" : "blocked"),
    watch: (run) => context.addEventListener("statechange", run),
    open: () => void context.resume(),
    playOnce,
    repeat(pattern) {
      if (pattern === current) return;
      current = pattern;
      clearInterval(timer);
      if (pattern === undefined) return;
      playOnce(pattern);
      timer = setInterval(() => playOnce(pattern), pattern.everyMs);
    },
    beep() {
      const source = new OscillatorNode(context, { type: "square", frequency: BEEP.hz });
      source.connect(new GainNode(context, { gain: BEEP.loudness })).connect(context.destination);
      source.start();
      return () => source.stop();
    },
  };
}
