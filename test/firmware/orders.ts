// What the platform asks of a pager's parts, handed to them as its commands hand it.
// Asserts nothing: it brings orders and reads results.

import type { Moment } from "../../firmware/core/moment.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { World } from "./world.ts";

/** Runs what a command calls within a step of its own; what it asks for is done. */
export function command(world: World, run: (moment: Moment) => void): void {
  const moment: Moment = {
    machine: nodeMachine,
    pager: world.state,
    nowMs: world.nowMs | 0,
    effects: [],
  };
  run(moment);
  for (const effect of moment.effects) world.perform(effect);
  world.input({ kind: "tick" });
}

export interface Outcome {
  id: number;
  outcome: number;
  detail: number;
}

/** Results of commands of this word, as the platform stored them. */
export function outcomes(world: World, word: number): Outcome[] {
  return world.platform.ofLetter("o").flatMap(({ report }) => {
    const result = report as { what?: number; number?: number; outcome?: number; detail?: number };
    if (result.what !== word) return [];
    const { number = 0, outcome = 0, detail = 0 } = result;
    return [{ id: number, outcome, detail }];
  });
}
