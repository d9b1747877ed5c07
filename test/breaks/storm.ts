// Storms in a process of their own, one seed behind the other, until a rule breaks. Not a test.
// argv: first and last seed. Prints a line of JSON for each.

import { CHECKERS } from "../../tools/simulator/storm/checkers/checkers.ts";
import { drawClimate } from "../../tools/simulator/storm/climate.ts";
import { runSeed } from "../../tools/simulator/storm/run-seed.ts";

/** As `onekey storm` does it by itself. */
const STORM_MS = 86400000;
const PAGERS = 3;

const [first, last] = process.argv.slice(2).map(Number);

for (let seed = first; seed <= last; seed++) {
  const climate = drawClimate(seed, "stormy");
  const asked = { seed, climate, stormMs: STORM_MS, pagers: PAGERS, checkers: CHECKERS };
  const { broken } = await runSeed(asked);
  process.stdout.write(`${JSON.stringify({ seed, broken })}\n`);
  if (broken !== undefined) break;
}
