// The end of a test run as text: skips, slowest files, engine table, totals.
// Pure: rows in, text out.

import type { EngineRun } from "../need.ts";
import type { Verdict } from "./run-file.ts";

export interface Row extends Verdict {
  name: string;
  output: string;
  tookMs: number;
}

const SLOWEST_SHOWN = 5;

/** Columns padded to their widest cell. */
function table(lines: string[][]): string {
  const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  return lines
    .map((line) => `  ${line.map((cell, at) => cell.padEnd(widths[at])).join("  ")}`.trimEnd())
    .join("\n");
}

/** One row an engine and bundle; the tests of several files are added up. */
function engineTable(rows: Row[]): string {
  const merged = new Map<string, EngineRun>();
  for (const run of rows.flatMap((row) => row.engines)) {
    const key = [run.engine, run.version, run.bundle].join("\n");
    const tests = (merged.get(key)?.tests ?? 0) + run.tests;
    merged.set(key, { ...run, tests });
  }
  const runs = [...merged.values()].sort((a, b) => a.engine.localeCompare(b.engine));
  if (runs.length === 0) return "";
  const lines = runs.map((run) => [run.engine, run.version, run.bundle, String(run.tests)]);
  return `\nEngines\n${table([["engine", "version", "SHA-256 of what it ran", "tests"], ...lines])}\n`;
}

function slowest(rows: Row[]): string {
  const slow = [...rows].sort((a, b) => b.tookMs - a.tookMs).slice(0, SLOWEST_SHOWN);
  const lines = slow.map((row) => [`${(row.tookMs / 1000).toFixed(1)} s`, row.name]);
  return rows.length > SLOWEST_SHOWN ? `\nSlowest\n${table(lines)}\n` : "";
}

function skips(rows: Row[]): string {
  const lines = rows.flatMap((row) =>
    [...new Set(row.skipReasons)].map((reason) => [row.name, reason]),
  );
  return lines.length === 0 ? "" : `\nSkipped\n${table(lines)}\n`;
}

function failures(rows: Row[]): string {
  const lines = rows.filter((row) => row.failed > 0).map((row) => [row.name]);
  return lines.length === 0 ? "" : `\nFailed\n${table(lines)}\n`;
}

export function summary(rows: Row[]): { text: string; green: boolean } {
  const sum = (field: "passed" | "failed" | "skipped") =>
    rows.reduce((total, row) => total + row[field], 0);
  const totals = `${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`;
  const parts = [slowest(rows), skips(rows), engineTable(rows), failures(rows)];
  return { text: `${parts.join("")}\n${totals}`, green: sum("failed") === 0 && rows.length > 0 };
}
