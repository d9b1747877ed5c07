// Built bundles kept between runs, by the hash of everything they are made of.
// A kept bundle is only ever read under the hash of the sources as they stand now.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../sdk/error.ts";
import { projectFolder } from "./project.ts";

const FOLDER = join(projectFolder, "node_modules/.cache/onekey");
const FILES_MAX = 12;

/** SHA-256 over the TypeScript files of these folders, package.json, and the words. */
export function sourcesHash(folders: string[], words: string): string {
  const hash = createHash("sha256").update(words);
  const files = folders.flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join(folder, path)),
  );
  for (const path of [...files.sort(), "package.json"]) {
    hash.update(`\n${path}\n`).update(readFileSync(join(projectFolder, path)));
  }
  return hash.digest("hex");
}

/** Forgets all but the newest ones; names begin with the time they were made. */
function forgetOld(): void {
  const kept = readdirSync(FOLDER).filter((name) => name.endsWith(".bundle.json"));
  for (const name of kept.sort().slice(0, -FILES_MAX)) rmSync(join(FOLDER, name), { force: true });
}

function read(hash: string): string | undefined {
  const name = readdirSync(FOLDER).find((one) => one.endsWith(`${hash}.bundle.json`));
  return name === undefined ? undefined : readFileSync(join(FOLDER, name), "utf8");
}

/** What `make` gives, or what it gave for the same hash. A place that can't be written keeps nothing. */
export async function kept<T>(hash: string, make: () => Promise<T>): Promise<T> {
  try {
    mkdirSync(FOLDER, { recursive: true });
    const text = read(hash);
    if (text !== undefined) return JSON.parse(text) as T;
    const made = await make();
    const name = join(FOLDER, `${Date.now()}-${hash}.bundle.json`);
    // Written whole under another name first: several processes may build at once.
    writeFileSync(`${name}.${process.pid}`, JSON.stringify(made));
    renameSync(`${name}.${process.pid}`, name);
    forgetOld();
    return made;
  } catch (error) {
    if (!["EACCES", "EROFS", "ENOENT", "EPERM"].includes(systemCode(error))) throw error;
    return make();
  }
}
