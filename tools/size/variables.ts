// Variables of a RAK5010 that the firmware takes at rest and in an alarm, counted on the interpreter
// through one alarm.

import { type BenchOptions, onAlarmBench } from "./alarm-bench.ts";
import type { Budget } from "./budget.ts";
import { type CountedEngine, startCounted } from "./counted-engine.ts";
import { storeImage } from "./stored-image.ts";

const VARIABLES = 12500;
const STEADY_MAX = VARIABLES * 0.45;
const PEAK_MAX = VARIABLES * 0.65;
const LIMIT_MS = 60_000;

/** The budgets alone, where the interpreter is missing. */
export function notCounted(why: string): Budget[] {
  return [
    { what: "variables at rest", allowed: STEADY_MAX, unit: "variables", why },
    { what: "variables at an alarm's peak", allowed: PEAK_MAX, unit: "variables", why },
  ];
}

export async function variableBudgets(binary: string): Promise<Budget[]> {
  // The one that runs now: the first one only takes the provisioning.
  let engine: CountedEngine | undefined;
  const options: BenchOptions = {
    limitMs: LIMIT_MS,
    async start(ports, { dir, image, modem }) {
      if (engine === undefined) await storeImage(image, binary, dir);
      engine = await startCounted(ports, { binary, dir, modem });
      return engine;
    },
  };
  return onAlarmBench(options, async ({ alarm }) => {
    const counted = engine as CountedEngine;
    await counted.used();
    await alarm();
    const { peak } = await counted.used();
    const { now } = await counted.used();
    const textRests = await counted.textRests();
    // The board has room for half as much text in each: what is left over of a text counts twice.
    const [steady, most] = notCounted("");
    return [
      { ...steady, measured: now + textRests, why: undefined },
      { ...most, measured: peak + textRests, why: undefined },
    ];
  });
}
