// What the interpreter computes from a hold to its first datagram [design §7]: the least of some holds,
// because others use this machine too. Printed beside its budget, and not judged: it is a time.

import { type BenchOptions, onAlarmBench } from "./alarm-bench.ts";
import type { Budget } from "./budget.ts";
import { startTimed } from "./timed-engine.ts";

const COMPUTED_MS_MAX = 5;
const HOLDS = 5;
const LIMIT_MS = 120_000;
const BUDGET = {
  what: "held to first datagram, what is computed",
  allowed: COMPUTED_MS_MAX,
  unit: "ms",
};

/** The budget alone, where the interpreter is missing. */
export function notTimed(why: string): Budget[] {
  return [{ ...BUDGET, why }];
}

/** Milliseconds of each hold. */
export async function timeHolds(binary: string, holds: number): Promise<number[]> {
  const computedMs: number[] = [];
  const options: BenchOptions = {
    limitMs: LIMIT_MS,
    start: (ports, place) =>
      startTimed(ports, { ...place, binary, onComputed: (ms) => computedMs.push(ms) }),
  };
  await onAlarmBench(options, async ({ alarm }) => {
    for (let hold = 0; hold < holds; hold++) await alarm();
  });
  return computedMs;
}

export async function computedBudgets(binary: string): Promise<Budget[]> {
  const computedMs = await timeHolds(binary, HOLDS);
  const measured = Math.round(Math.min(...computedMs) * 10) / 10;
  return [{ ...BUDGET, measured, why: "a time of this machine: printed, not judged" }];
}
