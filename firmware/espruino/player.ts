// Plays cues on three outputs. Knows no pin and no meaning: levels out, one chain of timers each.

import type { Cue } from "../core/cues.ts";

export type CueColor = "off" | "red" | "amber" | "green";

export interface CueOutputs {
  light(color: CueColor): void;
  vibration(on: boolean): void;
  sound(on: boolean): void;
}

/** Quiet between a cue that is cut short and the next: far longer than any gap inside a cue. */
const CUT_QUIET_MS = 600;

function createChannel(set: (on: boolean) => void) {
  let timer = -1;
  let steps: number[] = [];
  let index = 0;

  function advance(): void {
    timer = -1;
    if (index >= steps.length) {
      set(false);
      return;
    }
    set(index % 2 === 0);
    timer = setTimeout(advance, steps[index]);
    index = index + 1;
  }

  return function play(next: number[]): void {
    if (timer !== -1) clearTimeout(timer);
    steps = next;
    index = 0;
    advance();
  };
}

function lengthMs(steps: number[]): number {
  let ms = 0;
  for (let i = 0; i < steps.length; i++) ms = ms + steps[i];
  return ms;
}

function cueMs(cue: Cue): number {
  return Math.max(lengthMs(cue.light.steps), lengthMs(cue.vibration), lengthMs(cue.sound));
}

/**
 * Returns the function that plays a cue; its steady light stays afterwards. A cue that still runs
 * is cut short, and what was felt of it is kept apart by quiet: else the two would be one pattern
 * that stands for something else [pager §3].
 */
export function createPlayer(outputs: CueOutputs): (cue: Cue) => void {
  let color: CueColor = "off";
  let next: Cue;
  let timer = -1;
  let running = false;
  const playLight = createChannel(function (on) {
    outputs.light(on ? color : "off");
  });
  const playVibration = createChannel(outputs.vibration);
  const playSound = createChannel(outputs.sound);

  function end(): void {
    timer = -1;
    running = false;
    outputs.light(next.steady);
  }

  function begin(): void {
    running = true;
    color = next.light.color;
    playLight(next.light.steps);
    playVibration(next.vibration);
    playSound(next.sound);
    timer = setTimeout(end, cueMs(next) + 1);
  }

  return function (cue) {
    const quiet = timer !== -1 && !running;
    next = cue;
    if (quiet) return;
    if (!running) {
      begin();
      return;
    }
    clearTimeout(timer);
    running = false;
    playLight([]);
    playVibration([]);
    playSound([]);
    timer = setTimeout(begin, CUT_QUIET_MS);
  };
}
