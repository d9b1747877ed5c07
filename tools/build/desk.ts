// Builds the operators' page into static files. Serves nothing and prints nothing.
import { statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { deskConfig } from "../desk/vite.config.ts";

export interface BuiltDesk {
  outDir: string;
  /** Path inside `outDir` and octets of each file. */
  files: Array<{ path: string; bytes: number }>;
}

/**
 * Writes index.html, its script, style sheet and pictures into `outDir`, emptying it first. All
 * addresses in them are relative; they hold no inline script or style and name no other host.
 * Rejects with the bundler's error when a source does not compile.
 */
export async function buildDesk(outDir: string): Promise<BuiltDesk> {
  const result = await build(deskConfig(outDir));
  const outputs = Array.isArray(result) ? result : [result];
  const paths = outputs
    .flatMap((one) => ("output" in one ? one.output : []))
    .map((one) => one.fileName);
  const files = paths.map((path) => ({ path, bytes: statSync(join(outDir, path)).size }));
  return { outDir, files };
}
