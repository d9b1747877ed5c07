// A broken seed made smaller: fewer pagers, then a shorter storm, as long as the same rule breaks.
// Never changes what a world does by itself; it only asks for smaller ones.

import { runSeed, type SeedOptions, type Verdict } from "./run-seed.ts";

/** Parts of the storm that are tried, shortest first. */
const PARTS = [0.02, 0.1, 0.25, 0.5];

export interface Small {
  readonly options: SeedOptions;
  readonly verdict: Verdict;
}

export async function shrink(options: SeedOptions, found: Verdict): Promise<Small> {
  let small: Small = { options, verdict: found };
  const stillBreaks = async (asked: SeedOptions): Promise<boolean> => {
    const verdict = await runSeed(asked);
    if (verdict.broken?.checker !== found.broken?.checker) return false;
    small = { options: asked, verdict };
    return true;
  };
  for (let place = 0; place < options.pagers && options.pagers > 1; place++) {
    if (await stillBreaks({ ...options, only: [place] })) break;
  }
  for (const part of PARTS) {
    const stormMs = Math.round(options.stormMs * part);
    if (await stillBreaks({ ...small.options, stormMs })) break;
  }
  return small;
}
