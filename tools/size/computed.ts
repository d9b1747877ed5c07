// What the interpreter computes from a hold to its first datagram [design §7]: the least of some holds,
// because others use this machine too. Printed beside its budget, and not judged: it is a time.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlatform } from "../../sdk/platform.ts";
import { buildEspruino } from "../build/espruino.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import { onAlarmBench } from "./alarm-bench.ts";
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
  const dir = mkdtempSync(join(tmpdir(), "onekey-computed-"));
  const define = { MODEM_TTY: PAGER_TTY };
  const { stored } = await buildEspruino({ board: "espruino-linux", define });
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  const computedMs: number[] = [];
  try {
    await onAlarmBench(
      {
        ...{ platform, limitMs: LIMIT_MS },
        start: (ports, modem) =>
          startTimed(ports, {
            ...{ binary, dir, modem, image: stored },
            onComputed: (ms) => computedMs.push(ms),
          }),
      },
      async ({ alarm }) => {
        for (let hold = 0; hold < holds; hold++) await alarm();
      },
    );
    return computedMs;
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function computedBudgets(binary: string): Promise<Budget[]> {
  const computedMs = await timeHolds(binary, HOLDS);
  const measured = Math.round(Math.min(...computedMs) * 10) / 10;
  return [{ ...BUDGET, measured, why: "a time of this machine: printed, not judged" }];
}
