// A clock and the weather of a given climate over one pager, for tests of who lives in it.
// Draws as the world does; only the rates are chosen here.

import { type Chance, createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { createFaultDraw } from "../../tools/simulator/fault-draw.ts";
import { STORM_FAULTS, type StormFaultName } from "../../tools/simulator/storm/storm-faults.ts";
import { createWeather, type Weather } from "../../tools/simulator/storm/weather.ts";
import type { Seen } from "../../tools/simulator/storm/world-event.ts";

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type Rates = Partial<Record<StormFaultName, number>>;

export interface GivenWeather {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly counts: Readonly<Record<StormFaultName, number>>;
  readonly seen: Seen[];
  readonly see: (seen: Seen) => void;
}

export function givenWeather(rates: Rates, seed = 1): GivenWeather {
  const clock = createVirtualClock();
  const chance = createChance(seed);
  const names = Object.keys(STORM_FAULTS) as StormFaultName[];
  const draw = createFaultDraw(names, rates, chance.fork("draw"));
  const seen: Seen[] = [];
  const see = (one: Seen) => void seen.push(one);
  const weather = createWeather({ clock, draw, pager: "p1", see });
  return { clock, chance, weather, counts: draw.counts, seen, see };
}
