// Variables of a RAK5010 that the firmware takes at rest and in an alarm, counted on the interpreter
// through one alarm.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlatform } from "../../sdk/platform.ts";
import { buildEspruino } from "../build/espruino.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import { onAlarmBench, type StartOnBench } from "./alarm-bench.ts";
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
  const dir = mkdtempSync(join(tmpdir(), "onekey-size-"));
  const define = { MODEM_TTY: PAGER_TTY };
  const { stored } = await buildEspruino({ board: "espruino-linux", define });
  await storeImage(stored, binary, dir);
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  // The one that runs now: the first one only takes the provisioning.
  let engine: CountedEngine | undefined;
  const start: StartOnBench = async (ports, modem) => {
    engine = await startCounted(ports, { binary, dir, modem });
    return engine;
  };
  try {
    return await onAlarmBench({ platform, limitMs: LIMIT_MS, start }, async ({ alarm }) => {
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
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
