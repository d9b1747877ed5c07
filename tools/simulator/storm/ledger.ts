// The ledger of storms: one line for each run, kept in a file; what we claim is its sum.
// Only ever adds a line; a line that can't be read is told, not passed over.

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { OnekeyError, systemCode } from "../../../sdk/error.ts";

const ENTRY = z.object({
  /** Day of the run, `2026-11-22`. */
  day: z.string(),
  /** What was run: a commit, or a version where there is no repository. */
  of: z.string(),
  climate: z.enum(["stormy", "quiet"]),
  from: z.number().int(),
  seeds: z.number().int(),
  pagers: z.number().int(),
  days: z.number(),
  alarms: z.number().int(),
  verdict: z.enum(["passed", "broken"]),
  /** Checker that broke, and its seed. */
  broken: z.string().optional(),
});

export type LedgerEntry = z.infer<typeof ENTRY>;

export function readLedger(file: string): LedgerEntry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line, at) => {
    const parsed = ENTRY.safeParse(parse(line));
    if (parsed.success) return parsed.data;
    const where = `Line ${at + 1} of ${file} is no entry of a ledger`;
    throw new OnekeyError(
      "file-unreadable",
      `${where}: mend it or name another file with --ledger.`,
    );
  });
}

export function addToLedger(file: string, entry: LedgerEntry): void {
  try {
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    const code = systemCode(error);
    throw new OnekeyError(
      "data-not-writable",
      `The ledger ${file} can't be written (${code}): name another file with --ledger.`,
    );
  }
}

export function sumOf(entries: readonly LedgerEntry[]): string {
  const passed = entries.filter(({ verdict }) => verdict === "passed");
  const sum = (of: (entry: LedgerEntry) => number) =>
    passed.reduce((total, entry) => total + of(entry), 0);
  const days = sum(({ seeds, pagers, days: long }) => seeds * pagers * long);
  const broken = entries.length - passed.length;
  return (
    `ledger: ${entries.length} runs, ${broken} broken; passed: ${sum(({ seeds }) => seeds)} seeds, ` +
    `${Math.round(days)} pager-days, ${sum(({ alarms }) => alarms)} alarms`
  );
}

// internal

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // no JSON: told by the one who asked
  }
}
