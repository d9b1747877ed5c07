// The two tables of a run of storms: how often each fault struck, what each checker judged.
// A zero is said to be one; what counts as enough is the caller's.

import { FAULT_NAMES, FAULTS } from "../faults.ts";
import type { CheckerKind } from "./checkers/checker.ts";
import type { Cases, Verdict } from "./run-seed.ts";
import { STORM_FAULTS, type StormFaultName } from "./storm-faults.ts";

export interface Tally {
  faults: Record<string, number>;
  cases: Record<string, Cases>;
}

export const newTally = (): Tally => ({ faults: {}, cases: {} });

export function addVerdict(tally: Tally, verdict: Verdict): void {
  for (const [name, count] of Object.entries(verdict.faults)) {
    tally.faults[name] = (tally.faults[name] ?? 0) + count;
  }
  for (const [name, { good, excused }] of Object.entries(verdict.cases)) {
    tally.cases[name] ??= { good: 0, excused: {} };
    const sum = tally.cases[name];
    sum.good += good;
    for (const [why, count] of Object.entries(excused)) {
      sum.excused[why] = (sum.excused[why] ?? 0) + count;
    }
  }
}

export interface FaultRow {
  readonly name: string;
  readonly text: string;
  readonly count: number;
}

/** Every fault there is, struck or not. */
export function faultRows({ faults }: Tally): FaultRow[] {
  const world = (Object.keys(STORM_FAULTS) as StormFaultName[]).map((name) => ({
    name,
    text: STORM_FAULTS[name].text,
  }));
  const modem = FAULT_NAMES.map((name) => ({
    name: `modem ${name}`,
    text: FAULTS[name].text,
  }));
  return [...world, ...modem].map((row) => ({ ...row, count: faults[row.name] ?? 0 }));
}

export interface CheckerRow {
  readonly name: string;
  readonly rule: string;
  readonly good: number;
  /** "3 × storage refused it" and the like. */
  readonly excused: string;
}

export function checkerRows({ cases }: Tally, checkers: readonly CheckerKind[]): CheckerRow[] {
  return checkers.map(({ name, rule }) => {
    const { good, excused } = cases[name] ?? { good: 0, excused: {} };
    const words = Object.entries(excused).map(([why, count]) => `${count} × ${why}`);
    return { name, rule, good, excused: words.join(", ") };
  });
}

/** A table of Markdown, aligned for a terminal; letters of ASCII only. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
