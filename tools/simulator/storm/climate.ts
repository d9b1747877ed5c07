// The climate of a seed: which faults there are, how often, and what the pagers are like.
// Data only; the same seed gives the same climate on every machine.

import { type Chance, createChance } from "../chance.ts";
import { drawRates, type FaultFacts } from "../fault-draw.ts";
import { FAULTS, type FaultName } from "../faults.ts";
import type { PagerTraits } from "./pager-body.ts";
import { STORM_FAULTS, type StormFaultName } from "./storm-faults.ts";

export type ClimateKind = "stormy" | "quiet";

export interface Climate {
  readonly kind: ClimateKind;
  readonly world: Readonly<Partial<Record<StormFaultName, number>>>;
  readonly modem: Readonly<Partial<Record<FaultName, number>>>;
  readonly traits: PagerTraits;
  /** The operators of this world take alarms soon. */
  readonly prompt: boolean;
  /** Zones, stillness, falls and tracks are set for the wearers of this world. */
  readonly cares: boolean;
}

const WORLD: Readonly<Record<StormFaultName, FaultFacts>> = STORM_FAULTS;
const MODEM: Readonly<Record<FaultName, FaultFacts>> = FAULTS;

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
const WRAP_MS = 2147483648;
/** Satellites are searched for all day in such a world, which makes it dear. */
const CARES = 0.45;

/** A quiet world: one check-in a day, a walk, an alarm in two months, and nothing fails. */
const QUIET: Climate["world"] = {
  wearerClick: 86400,
  wearerHold: 60 * 86400,
  wearerWalk: 3 * 86400,
};

/** In its wild half of the worlds the rates are as they are; in the others a quarter. */
function tempered<Name extends string>(
  rates: Partial<Record<Name, number>>,
  table: Readonly<Record<Name, FaultFacts>>,
  by: number,
): Partial<Record<Name, number>> {
  const entries = Object.entries(rates) as [Name, number][];
  return Object.fromEntries(
    entries.map(([name, rate]) => [name, table[name].rate === undefined ? rate / by : rate * by]),
  ) as Partial<Record<Name, number>>;
}

function drawTraits(chance: Chance): PagerTraits {
  return {
    // Some clocks wrap within the first day of the world.
    firstMs: chance.happens(0.3) ? WRAP_MS - chance.between(1000, DAY_MS) : 0,
    driftPpm: chance.between(-100, 100),
    roundMsMax: chance.happens(0.5) ? 10000 : HOUR_MS,
    // Half of the pagers need their charger each day, and some can't last until it comes.
    batteryMs: (chance.happens(0.5) ? chance.between(6, 40) : chance.between(40, 400)) * HOUR_MS,
  };
}

export function drawClimate(seed: number, kind: ClimateKind): Climate {
  const chance = createChance(seed).fork("climate");
  const traits = drawTraits(chance.fork("traits"));
  if (kind === "quiet") {
    return {
      kind,
      world: QUIET,
      modem: {},
      traits: { ...traits, roundMsMax: HOUR_MS, batteryMs: 20 * DAY_MS },
      prompt: true,
      cares: false,
    };
  }
  const by = chance.happens(0.5) ? 1 : 0.25;
  const share = 0.2 + chance.next() * 0.6;
  const world = drawRates(WORLD, chance.fork("world"), share);
  return {
    kind,
    world: tempered(world, WORLD, by),
    modem: tempered(drawRates(MODEM, chance.fork("modem"), share), MODEM, by),
    traits,
    prompt: chance.happens(0.5),
    cares: chance.fork("cares").happens(CARES),
  };
}
