// Faults at random from a seed, for any table of faults: every seed is another climate; counted.
// Decides only whether a fault strikes; what it then does stands where it happens.

import type { Chance } from "./chance.ts";

/** How often at most: a probability at each opportunity, or a mean time for those that come alone. */
export interface FaultFacts {
  readonly text: string;
  readonly rate?: number;
  readonly everyS?: number;
}

export interface FaultDraw<Name extends string> {
  /** At an opportunity: does it strike now? Counts when it does. */
  strikes(name: Name): boolean;
  /** For those that strike by themselves: in how many milliseconds, or undefined. */
  waitMs(name: Name): number | undefined;
  /** One that came by itself has struck. */
  struck(name: Name): void;
  readonly counts: Readonly<Record<Name, number>>;
  /** Named rates of this climate, and mean times in seconds. */
  readonly climate: Readonly<Partial<Record<Name, number>>>;
}

type Climate<Name extends string> = Partial<Record<Name, number>>;

/**
 * A `share` of the faults, each with a rate of its own. Each is drawn by its name, so that a new
 * fault in the table leaves what older seeds had.
 */
export function drawRates<Name extends string>(
  table: Readonly<Record<Name, FaultFacts>>,
  chance: Chance,
  share: number,
): Climate<Name> {
  const climate: Climate<Name> = {};
  for (const name of Object.keys(table) as Name[]) {
    const own = chance.fork(name);
    const part = own.next();
    if (!own.happens(share)) continue;
    const facts = table[name];
    climate[name] = facts.rate === undefined ? (facts.everyS ?? 0) * (1 + part) : facts.rate * part;
  }
  return climate;
}

/** Strikes by these rates; each fault has a chance of its own, so that none shifts another. */
export function createFaultDraw<Name extends string>(
  names: readonly Name[],
  climate: Climate<Name>,
  chance: Chance,
): FaultDraw<Name> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const chances = Object.fromEntries(names.map((name) => [name, chance.fork(name)])) as Record<
    Name,
    Chance
  >;
  return {
    counts,
    climate,
    strikes(name) {
      const rate = climate[name];
      if (rate === undefined || !chances[name].happens(rate)) return false;
      counts[name]++;
      return true;
    },
    waitMs(name) {
      const everyS = climate[name];
      if (everyS === undefined) return undefined;
      return Math.ceil(-Math.log(1 - chances[name].next()) * everyS * 1000);
    },
    struck(name) {
      counts[name]++;
    },
  };
}
