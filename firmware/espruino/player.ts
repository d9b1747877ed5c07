// Plays a cue on three outputs. Knows no pin and no meaning: levels out, one chain of timers each.

import type { Cue } from "../core/cues.ts";

export type CueColor = "off" | "red" | "amber" | "green";

export interface CueOutputs {
  light(color: CueColor): void;
  vibration(on: boolean): void;
  sound(on: boolean): void;
}

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

/** Returns the function that plays a cue over whatever runs; its steady light stays afterwards. */
export function createPlayer(outputs: CueOutputs): (cue: Cue) => void {
  let color: CueColor = "off";
  let steady: CueColor = "off";
  const playLight = createChannel(function (on) {
    outputs.light(on ? color : "off");
  });
  const playVibration = createChannel(outputs.vibration);
  const playSound = createChannel(outputs.sound);
  let steadyTimer = -1;

  return function (cue) {
    let lightMs = 0;
    for (let i = 0; i < cue.light.steps.length; i++) lightMs = lightMs + cue.light.steps[i];
    color = cue.light.color;
    steady = cue.steady;
    playLight(cue.light.steps);
    playVibration(cue.vibration);
    playSound(cue.sound);
    if (steadyTimer !== -1) clearTimeout(steadyTimer);
    steadyTimer = setTimeout(function () {
      steadyTimer = -1;
      outputs.light(steady);
    }, lightMs + 1);
  };
}
