// One break proven: its patch in a copy, and who noticed; the same without the patch must be green.
// A seed that breaks a rule without the patch too proves nothing, and the next ones are asked.

import { runFile } from "../house/run-file.ts";
import type { Break } from "./break.ts";
import { applyPatch, copySources, dropCopy } from "./copy.ts";
import { stormIn } from "./seeds.ts";

export interface Proof {
  readonly name: string;
  readonly isCaught: boolean;
  /** Checker or test file; empty for nobody. */
  readonly by: string;
  /** Seed that shows it; how many were run before it is this less one. */
  readonly seed?: number;
  /** Seeds that break without the patch too. */
  readonly passedOver: readonly number[];
  readonly tookMs: number;
  /** What was seen. */
  readonly text: string;
}

export interface ProveOptions {
  /** A copy without any patch. */
  readonly plain: string;
  readonly seedsMax: number;
  onSeed?(seed: number): void;
}

type Found = Omit<Proof, "name" | "tookMs">;

const COLORS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

export async function prove(one: Break, options: ProveOptions): Promise<Proof> {
  const { name, caughtBy } = one;
  const startedMs = performance.now();
  const folder = copySources();
  try {
    applyPatch(folder, name);
    const found =
      "storm" in caughtBy
        ? await proveByStorm(folder, caughtBy.storm, options)
        : await proveByTest(folder, caughtBy, options);
    return { name, ...found, tookMs: performance.now() - startedMs };
  } finally {
    dropCopy(folder);
  }
}

// internal

async function proveByStorm(
  folder: string,
  checkers: readonly string[],
  { plain, seedsMax, onSeed }: ProveOptions,
): Promise<Found> {
  const passedOver: number[] = [];
  for (let first = 1; first <= seedsMax; ) {
    const { seed, broken, failed } = await stormIn(folder, first, seedsMax, onSeed);
    if (failed !== undefined) return { isCaught: false, by: "", passedOver, text: failed };
    if (broken === undefined) break;
    const without = await stormIn(plain, seed, seed);
    if (without.broken === undefined && without.failed === undefined) {
      const { checker: by, text } = broken;
      return { isCaught: checkers.includes(by), by, seed, passedOver, text };
    }
    passedOver.push(seed);
    first = seed + 1;
  }
  return { isCaught: false, by: "", passedOver, text: `nobody noticed in ${seedsMax} seeds` };
}

async function proveByTest(
  folder: string,
  { test: file, words }: { test: string; words: RegExp },
  { plain }: ProveOptions,
): Promise<Found> {
  const passedOver: number[] = [];
  const without = await runFile(file, plain);
  if (without.failed > 0) {
    return { isCaught: false, by: "", passedOver, text: `${file} fails without the patch too` };
  }
  const { failed, output } = await runFile(file, folder);
  const text = output.replace(COLORS, "").match(words)?.[0];
  if (failed > 0 && text !== undefined) return { isCaught: true, by: file, passedOver, text };
  const seen = failed > 0 ? "other words than were expected" : `${file} did not notice`;
  return { isCaught: false, by: failed > 0 ? file : "", passedOver, text: seen };
}
