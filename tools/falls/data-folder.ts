// The recorded trials below a folder, by the names that their sets give to files.
// Changes and keeps nothing there; what is of no known set is passed over.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { OnekeyError, systemCode } from "../../sdk/error.ts";
import { isSisFall, sisFallTrial } from "./sisfall.ts";
import type { Trial } from "./trial.ts";
import { isUmaFall, umaFallTrial } from "./umafall.ts";

/** Files of a known set that hold nothing usable are counted, not hidden. */
export interface Unread {
  files: number;
}

function filesBelow(folder: string): string[] {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return paths.filter((path) => isSisFall(basename(path)) || isUmaFall(basename(path))).sort();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new OnekeyError(
      "bad-option",
      `no folder can be read at ${folder}: name one that exists.`,
    );
  }
}

/** One after another, so that no more than one is in memory. */
export function* trialsBelow(folder: string, unread: Unread): Generator<Trial> {
  const paths = filesBelow(folder);
  if (paths.length === 0) {
    throw new OnekeyError(
      "bad-option",
      `${folder} holds no trial of SisFall (F01_SA01_R01.txt) or UMAFall (UMAFall_Subject_*.csv).`,
    );
  }
  const seen = new Set<string>();
  for (const path of paths) {
    const name = basename(path);
    // Copies of SisFall have folders twice.
    if (seen.has(name)) continue;
    seen.add(name);
    const text = readFileSync(join(folder, path), "latin1");
    const trial = isSisFall(name) ? sisFallTrial(name, text) : umaFallTrial(name, text);
    if (trial === undefined) unread.files += 1;
    else yield trial;
  }
}
