// The checks that are programs of others: types, format and lint, import rules.
// Each is one command; its own rules stand in its own settings file.

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface Check {
  name: string;
  command: string[];
}

export interface CheckResult {
  name: string;
  passed: boolean;
  output: string;
  tookMs: number;
}

/** Folders with a tsconfig.json, the project's own first. */
function typedFolders(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("tsconfig.json") && !/(^|\/)(node_modules|dist)\//.test(path))
    .map((path) => path.replace(/\/?tsconfig\.json$/, ""));
  return found.sort();
}

export function listChecks(folder: string): Check[] {
  const bin = (path: string) => join(folder, "node_modules", path);
  const cache = bin(".cache/onekey");
  mkdirSync(cache, { recursive: true });
  const types = typedFolders(folder).map((path): Check => {
    const label = path === "" ? "root" : path;
    const info = join(cache, `${label.replaceAll("/", "-")}.tsbuildinfo`);
    const project = join(folder, path);
    const settings = ["-p", project, "--noEmit", "--incremental", "--tsBuildInfoFile", info];
    return { name: `types ${label}`, command: [bin("typescript/bin/tsc"), ...settings] };
  });
  const subjects = ["protocol", "firmware", "sdk", "tools", "test"];
  return [
    ...types,
    {
      name: "format and lint",
      command: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."],
    },
    {
      name: "import rules",
      command: [
        bin("dependency-cruiser/bin/dependency-cruise.mjs"),
        "--config",
        ".dependency-cruiser.cjs",
        ...subjects,
      ],
    },
  ];
}

export async function runCheck(check: Check, folder: string): Promise<CheckResult> {
  const startedMs = Date.now();
  const child = spawn(process.execPath, check.command, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (piece: Buffer) => {
    output += piece.toString("utf8");
  });
  child.stderr.on("data", (piece: Buffer) => {
    output += piece.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { name: check.name, passed: code === 0, output, tookMs: Date.now() - startedMs };
}
