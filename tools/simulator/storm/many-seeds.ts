// A seed by a plain order, and many of them side by side in processes of their own; verdicts in order.
// A verdict is the same wherever its seed has run.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { OnekeyError } from "../../../sdk/error.ts";
import { CHECKERS } from "./checkers/checkers.ts";
import { type ClimateKind, drawClimate } from "./climate.ts";
import { runSeed, type Verdict } from "./run-seed.ts";

/** All that a process must be told to run one seed. */
export interface SeedOrder {
  readonly seed: number;
  readonly kind: ClimateKind;
  readonly stormMs: number;
  readonly pagers: number;
  readonly only?: readonly number[];
}

export const runOrder = (order: SeedOrder): Promise<Verdict> =>
  runSeed({ ...order, climate: drawClimate(order.seed, order.kind), checkers: CHECKERS });

/** Runs `count` seeds from that of `first` on, in so many processes. */
export async function* manySeeds(
  first: SeedOrder,
  count: number,
  jobs: number,
): AsyncGenerator<Verdict> {
  const orders = Array.from({ length: count }, (_, at) => ({ ...first, seed: first.seed + at }));
  const workers = Array.from({ length: Math.min(jobs, count) }, startWorker);
  /** In the order of the seeds: each worker that is done takes the next one. */
  const verdicts: Promise<Verdict>[] = [];
  const goOn = (worker: Worker): void => {
    const order = orders.shift();
    if (order === undefined) return;
    const verdict = worker.run(order).finally(() => goOn(worker));
    // Told when its turn comes; behind a broken rule nobody asks any more.
    verdict.catch(() => undefined);
    verdicts.push(verdict);
  };
  try {
    workers.forEach(goOn);
    for (let at = 0; at < count; at++) yield await verdicts[at];
  } finally {
    orders.length = 0;
    for (const worker of workers) worker.stop();
  }
}

// internal

interface Worker {
  run(order: SeedOrder): Promise<Verdict>;
  stop(): void;
}

function startWorker(): Worker {
  const own = fileURLToPath(import.meta.url);
  const child = fork(own.replace(/many-seeds(?=\.\w+$)/, "worker"), { stdio: "inherit" });
  let settle: { resolve(verdict: Verdict): void; reject(error: unknown): void } | undefined;
  child.on("message", (verdict) => settle?.resolve(verdict as Verdict));
  child.on("exit", () => {
    const text = "A process that ran seeds has ended: run them with --jobs 1 to see why.";
    settle?.reject(new OnekeyError("engine-ended", text));
  });
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        child.send(order);
      }),
    stop: () => child.kill(),
  };
}
