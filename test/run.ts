// `npm test`: the checks, then every test file in a process of its own, then one line of totals.
// `npm test -- name` runs only what has `name` in its path; exit code 0 only when all is green.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../tools/build/project.ts";
import { listChecks, runCheck } from "./house/run-checks.ts";
import { runFile } from "./house/run-file.ts";
import { type Row, summary } from "./house/run-report.ts";

const FILES_AT_ONCE = 2;
/** Beside those one of these: whole worlds in real time, which wait more than they work. */
const isWholeWorld = (file: string) => !file.slice("test/".length).includes("/");

const words = process.argv.slice(2);
const filters = words.filter((word) => !word.startsWith("--"));
/** `npm run check`: the checks alone. */
const checksOnly = words.includes("--checks");
const wanted = (name: string) =>
  filters.length === 0 || filters.some((filter) => name.includes(filter));

function testFiles(): string[] {
  return readdirSync(join(projectFolder, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => `test/${path}`)
    .sort();
}

function checkJob(check: ReturnType<typeof listChecks>[number]): Job {
  return async () => {
    const result = await runCheck(check, projectFolder);
    return {
      name: `check ${result.name}`,
      passed: result.passed ? 1 : 0,
      failed: result.passed ? 0 : 1,
      skipped: 0,
      troubles: [],
      skipReasons: [],
      engines: [],
      output: result.output,
      tookMs: result.tookMs,
    };
  };
}

type Job = () => Promise<Row>;

const fileJob = (file: string): Job => {
  return async () => ({ name: file, ...(await runFile(file, projectFolder)) });
};
const files = checksOnly ? [] : testFiles().filter(wanted);
const worlds: Job[] = files.filter(isWholeWorld).map(fileJob);
const jobs: Job[] = [
  ...listChecks(projectFolder)
    .filter((check) => wanted(`check ${check.name}`))
    .map(checkJob),
  ...files.filter((file) => !isWholeWorld(file)).map(fileJob),
];

function printRow(row: Row): void {
  const mark = row.failed > 0 ? "FAIL" : row.passed === 0 ? "skip" : "ok  ";
  const seconds = `${(row.tookMs / 1000).toFixed(1)} s`.padStart(7);
  console.log(`${mark} ${seconds} ${String(row.passed).padStart(5)}  ${row.name}`);
  if (row.failed === 0) return;
  for (const trouble of row.troubles) console.log(`     ${trouble}`);
  console.log(row.output.trimEnd().replace(/^/gm, "     | "));
}

const rows: Row[] = [];
async function worker(queue: Job[]): Promise<void> {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    const row = await job();
    rows.push(row);
    printRow(row);
  }
}

if (jobs.length + worlds.length === 0) {
  console.log(`No check or test file has one of these in its name: ${filters.join(" ")}`);
  process.exit(1);
}
const main = Array.from({ length: FILES_AT_ONCE }, () => worker(jobs));
await Promise.all([...main, worker(worlds)]);
const { text, green } = summary(rows);
console.log(text);
process.exitCode = green ? 0 : 1;
