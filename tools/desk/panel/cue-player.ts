// A cue as a line of moments: what light, motor and beeper of a pager do at each. Pure; plays nothing.
import type { SpokenCue } from "../../../firmware/core/cue-words.ts";

export type Light = "off" | "red" | "amber" | "green";

export interface CueMoment {
  light: Light;
  vibrating: boolean;
  sounding: boolean;
}

/** Length in ms of one line of steps (on, off, on, ...). */
export function lengthMs(steps: number[]): number {
  return steps.reduce((sum, step) => sum + step, 0);
}

/** Length in ms of the whole cue; what stays afterwards is its steady light. */
export function cueLengthMs(cue: SpokenCue): number {
  return Math.max(lengthMs(cue.light.steps), lengthMs(cue.vibration), lengthMs(cue.sound));
}

/** Whether a line of steps is on at `atMs` after its start; steps at even places are on. */
export function isOnAt(steps: number[], atMs: number): boolean {
  if (atMs < 0) return false;
  let endMs = 0;
  for (let i = 0; i < steps.length; i++) {
    endMs += steps[i];
    if (atMs < endMs) return i % 2 === 0;
  }
  return false;
}

/** What the wearer sees, feels and hears `atMs` after the cue began. */
export function momentOf(cue: SpokenCue, atMs: number): CueMoment {
  const blinking = atMs < lengthMs(cue.light.steps);
  const lit: Light = isOnAt(cue.light.steps, atMs) ? cue.light.color : "off";
  return {
    light: blinking ? lit : cue.steady,
    vibrating: isOnAt(cue.vibration, atMs),
    sounding: isOnAt(cue.sound, atMs),
  };
}

/** Ms from `atMs` to the next change of anything; -1 when nothing changes any more. */
export function untilChangeMs(cue: SpokenCue, atMs: number): number {
  let next = -1;
  for (const steps of [cue.light.steps, cue.vibration, cue.sound]) {
    let edgeMs = 0;
    for (const step of steps) {
      edgeMs += step;
      if (edgeMs > atMs && (next === -1 || edgeMs < next)) next = edgeMs;
    }
  }
  return next === -1 ? -1 : next - atMs;
}

/** One line of the panel's log; the same cue again only raises `times`. */
export interface CueLine {
  name: string;
  zh: string;
  en: string;
  firstMs: number;
  /** When it was played last. */
  atMs: number;
  times: number;
}

const LINES_MAX = 8;

/** The log with one more cue on top. */
export function withCue(log: CueLine[], cue: SpokenCue, atMs: number): CueLine[] {
  const top = log[0];
  if (top !== undefined && top.name === cue.name) {
    return [{ ...top, atMs, times: top.times + 1 }, ...log.slice(1)];
  }
  const line = { name: cue.name, zh: cue.zh, en: cue.en, firstMs: atMs, atMs, times: 1 };
  return [line, ...log].slice(0, LINES_MAX);
}
