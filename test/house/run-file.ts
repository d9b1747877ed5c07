// One test file in one process, and the verdict on it.
// Never trusts the exit code alone: uvu 0.5.6 ends with 0 where nothing ran or a string was thrown.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { EngineRun, TestReport } from "../need.ts";

export interface FileLimits {
  /** From start to uvu's totals. */
  limitMs: number;
  /** From uvu's totals to the end of the process. */
  lingerMs: number;
}

export const fileLimits: FileLimits = { limitMs: 180_000, lingerMs: 5_000 };

export interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
  /** What is wrong with the file as a whole, each in a sentence. */
  troubles: string[];
  skipReasons: string[];
  engines: EngineRun[];
}

export interface FileResult extends Verdict {
  file: string;
  output: string;
  tookMs: number;
}

interface Ending {
  output: string;
  /** Exit code; undefined when the process had to be killed. */
  code: number | undefined;
  /** Why it had to be killed. */
  killed: string | undefined;
  /** Processes that it started still ran after its end. */
  leftProcesses: boolean;
  reports: TestReport[];
}

/** For the last that a process printed, once it has ended. */
const PIPE_MS = 2_000;

const TOTALS = /^ {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)\n {2}Duration: .*$/gm;
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** What uvu's totals, the exit code and the file's own reports say together. */
export function judge(ending: Ending): Verdict {
  const troubles: string[] = [];
  const skips = ending.reports.flatMap((line) => (line.kind === "skip" ? [line.reason] : []));
  const engines = ending.reports.flatMap((line) => (line.kind === "ran" ? [line] : []));
  const totals = [...ending.output.matchAll(TOTALS)].at(-1);
  const [total, passed, skipped] = (totals?.slice(1) ?? [0, 0, 0]).map(Number);

  if (ending.killed !== undefined) troubles.push(ending.killed);
  else if (totals === undefined) {
    troubles.push("uvu printed no totals: does the file end with `test.run();`?");
  } else if (total === 0 && skipped + skips.length === 0) {
    troubles.push("no test ran: is every suite's `.run()` called, after its tests?");
  } else if (passed < total && ending.code === 0) {
    troubles.push("uvu lost a failure: something that is no Error was thrown");
  } else if (ending.code !== 0 && passed === total) {
    troubles.push(`all tests passed, but the process ended with code ${ending.code}`);
  }
  if (skipped > 0 && skips.length === 0) {
    troubles.push("a test is skipped (or hidden by `only`) without a reason from `need()`");
  }
  if (ending.leftProcesses) troubles.push("processes that the file started still ran after it");
  const lost = total - passed;
  return {
    passed,
    failed: lost === 0 && troubles.length > 0 ? 1 : lost,
    skipped: Math.max(skipped, skips.length),
    troubles,
    skipReasons: skips,
    engines,
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ESRCH") throw fault; // already gone is fine
  }
}

/** A dead process that nobody has collected yet stays in its group, but runs no more. */
function runsInGroup(stat: string, pid: number): boolean {
  const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(group) === pid && state !== "Z";
}

function groupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
  } catch {
    return false; // no such group any more
  }
  if (!existsSync("/proc/self/stat")) return true;
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.some((name) => {
    try {
      return runsInGroup(readFileSync(`/proc/${name}/stat`, "utf8"), pid);
    } catch {
      return false; // it ended while we looked
    }
  });
}

async function groupOutlives(pid: number, graceMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += 50) {
    if (!groupAlive(pid)) return false;
    await wait(50);
  }
  return groupAlive(pid);
}

let runs = 0;

/** Runs the file in a process group of its own, so that nothing it starts outlives the verdict. */
export async function runFile(
  file: string,
  folder: string,
  limits: FileLimits = fileLimits,
): Promise<FileResult> {
  runs += 1;
  const reportFile = join(tmpdir(), `onekey-test-${process.pid}-${runs}.jsonl`);
  const env: NodeJS.ProcessEnv = { ...process.env, TEST_REPORT: reportFile, NO_COLOR: "1" };
  delete env.FORCE_COLOR;
  const startedMs = Date.now();
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    cwd: folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`could not start a process for ${file}`);

  let output = "";
  let killed: string | undefined;
  const kill = (why: string) => {
    killed = why;
    killGroup(pid);
  };
  let timer = setTimeout(
    () => kill(`no totals after ${limits.limitMs / 1000} s: killed`),
    limits.limitMs,
  );
  let reported = false;
  const take = (piece: Buffer) => {
    output += piece.toString("utf8").replace(ESCAPES, "");
    if (reported || output.search(TOTALS) < 0) return;
    reported = true;
    clearTimeout(timer);
    timer = setTimeout(
      () => kill("the process did not end after its tests: something is still open"),
      limits.lingerMs,
    );
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const printed = Promise.all([once(child.stdout, "end"), once(child.stderr, "end")]);
  const code = await new Promise<number | undefined>((resolve) => {
    child.once("exit", (status) => resolve(status ?? undefined));
  });
  clearTimeout(timer);
  // What it printed last may be on its way still; a process that it left behind keeps the pipe open.
  await Promise.race([printed, wait(PIPE_MS, undefined, { ref: false })]);
  const leftProcesses = killed === undefined && (await groupOutlives(pid, 2_000));
  killGroup(pid);

  const reports = existsSync(reportFile)
    ? readFileSync(reportFile, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
  rmSync(reportFile, { force: true });
  const verdict = judge({ output, code, killed, leftProcesses, reports });
  return { file, output, tookMs: Date.now() - startedMs, ...verdict };
}
