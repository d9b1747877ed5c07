// Runs storms over the sources in some folder, as a process of its own, and says what broke.
// What is in that folder may be broken on purpose: it may stand still, or end badly.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Broken } from "../../tools/simulator/storm/run-seed.ts";

export interface SeedLine {
  readonly seed: number;
  readonly broken?: Broken;
}

/** The last seed, as it ended; a process that doesn't end well breaks a rule too. */
export interface StormEnd extends SeedLine {
  /** Why there is no verdict on the seed behind it. */
  readonly failed?: string;
}

/** A seed takes a few seconds; in this time it has spun. */
const SEED_MS_MAX = 180000;

export async function stormIn(
  folder: string,
  first: number,
  last: number,
  onSeed: (seed: number) => void = () => undefined,
): Promise<StormEnd> {
  const words = ["--import", "tsx", "test/breaks/storm.ts", String(first), String(last)];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let line: SeedLine = { seed: first - 1 };
  let errors = "";
  let failed: string | undefined;
  const stuck = () => {
    failed = `no verdict within ${SEED_MS_MAX / 1000} s`;
    child.kill("SIGKILL");
  };
  let timer = setTimeout(stuck, SEED_MS_MAX);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stderr.on("data", (piece: Buffer) => {
    errors = `${errors}${piece}`.slice(-2000);
  });
  for await (const text of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(stuck, SEED_MS_MAX);
    line = JSON.parse(text) as SeedLine;
    onSeed(line.seed);
  }
  const code = await ended;
  clearTimeout(timer);
  if (code !== 0) failed ??= `ended with code ${code}: ${errorOf(errors)}`;
  return { ...line, failed };
}

// internal

function errorOf(text: string): string {
  return text.split("\n").find((line) => /Error|error/.test(line)) ?? text.trim();
}
