// What the loader tells the image that it runs. The two are built apart, so no name of a field counts.
// A list by places: a later loader may put more behind them, and an older one never has less.

import type { Bytes } from "../../protocol/machine.ts";
import type { ImageFacts } from "../core/image-slots.ts";

export function tellImage(facts: ImageFacts): void {
  const trial = facts.trial ? 1 : 0;
  global.image = [facts.slot, trial, facts.generation, facts.id, facts.hash, facts.failed];
}

/** Undefined where no loader began this program. */
export function toldImage(): ImageFacts | undefined {
  const told = global.image;
  if (told === undefined) return undefined;
  return {
    slot: told[0] as number,
    trial: told[1] === 1,
    generation: told[2] as number,
    id: told[3] as number,
    hash: told[4] as Bytes,
    failed: told[5] as number,
  };
}
