// Storms in a process of their own, one seed behind the other, until a rule breaks. Not a test.
// argv: first and last seed. Prints a line of JSON for each.

import { runOrder } from "../../tools/simulator/storm/many-seeds.ts";

/** As `onekey storm` does it by itself. */
const STORM_MS = 86400000;
const PAGERS = 3;

const [first, last] = process.argv.slice(2).map(Number);

for (let seed = first; seed <= last; seed++) {
  const order = { seed, kind: "stormy", stormMs: STORM_MS, pagers: PAGERS } as const;
  const { broken } = await runOrder(order);
  process.stdout.write(`${JSON.stringify({ seed, broken })}\n`);
  if (broken !== undefined) break;
}
