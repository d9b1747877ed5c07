// Which case breaks a rule, where only its batch is known: halves of the batch, each in a world of its own.

import { type FuzzOptions, fuzz } from "./fuzz.ts";
import type { Violation } from "./rules.ts";

type World = Pick<FuzzOptions, "seed" | "plant">;

/**
 * The violation with its case, or as it was where no case breaks the rule alone, or where any would: then
 * it is not about a case.
 */
export async function narrowed(world: World, violation: Violation): Promise<Violation> {
  let found = violation;
  let [from, to] = violation.span;
  while (found.one === undefined && to - from > 1) {
    const middle = from + ((to - from) >> 1);
    const low = await broken(world, [from, middle], violation.rule);
    const high = await broken(world, [middle, to], violation.rule);
    const again = low ?? high;
    if (again === undefined || (low !== undefined && high !== undefined)) return violation;
    [from, to] = low === undefined ? [middle, to] : [from, middle];
    found = again;
  }
  return found;
}

async function broken(
  world: World,
  [from, to]: readonly [number, number],
  rule: Violation["rule"],
): Promise<Violation | undefined> {
  const { first, violations } = await fuzz({ ...world, from, count: to - from });
  const again = violations.find((one) => one.rule === rule);
  if (again === undefined || to - from > 1) return again;
  return { ...again, one: again.one ?? first[0] };
}
