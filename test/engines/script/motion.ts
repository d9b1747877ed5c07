// Seconds of an accelerometer, judged the same way on every engine: what each says, and what is kept.
// Decides nothing: the lines of Node are the measure, and the test compares.

import { newFallWatch, SAMPLES, takeSecond } from "../../../firmware/motion/fall.ts";
import type { Machine } from "../../../protocol/machine.ts";
import type { Say } from "./wire.ts";

/** One axis in mg while nothing goes on, then lying on another; each in turn for seven seconds. */
const POSTURES = [0, -40, 1000, -970, 60, 240, 25, -15, -1010];

export function sayMotion(machine: Machine, say: Say): void {
  const watch = newFallWatch();
  for (let second = 0; second < 28; second++) {
    const posture = 3 * (machine.divide(second, 7) % 3);
    const samples: number[] = [];
    for (let i = 0; i < 3 * SAMPLES; i++) {
      samples.push(POSTURES[posture + (i % 3)] + ((i * 7 + second) % 19) - 9);
    }
    if (second % 7 === 0) samples[30] = second % 2 === 0 ? 15999 : -2700;
    const said = takeSecond(machine, watch, samples);
    say("motion " + said + " " + watch.sums.slice(0, 3).join(" ") + " " + watch.after.join(" "));
  }
}
