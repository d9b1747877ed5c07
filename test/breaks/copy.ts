// A copy of the sources in a folder of its own, and a patch put into it.
// The project itself is never changed.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "../../tools/build/project.ts";

const SOURCES = ["package.json", "tsconfig.json", "protocol", "firmware", "sdk", "tools", "test"];

export function copySources(): string {
  const folder = mkdtempSync(join(tmpdir(), "onekey-breaks-"));
  for (const name of SOURCES) {
    cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
  return folder;
}

export function dropCopy(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function patchFile(name: string): string {
  return join(projectFolder, "test/breaks", `${name}.patch`);
}

/** Throws where it doesn't fit. Only asked whether it does with "--check". */
export function applyPatch(folder: string, name: string, ...options: "--check"[]): void {
  // Inside another repository git would pass over files that are not of it.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) };
  const words = ["apply", ...options, patchFile(name)];
  execFileSync("git", words, { cwd: folder, env, stdio: "pipe" });
}
