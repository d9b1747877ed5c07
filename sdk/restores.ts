// How often the database was put back from a copy: counted beside the key file, not in the database.
// A count inside would be put back with it, and the same copy would give the same numbers again.

import { readFileSync, writeFileSync } from "node:fs";
import { OnekeyError, systemCode } from "./error.ts";

/** The number of this return, from 1 on; it is on disk when the function returns. */
export function countRestore(keyFile: string): number {
  const file = `${keyFile}.restores`;
  const times = readCount(file) + 1;
  try {
    writeFileSync(file, `${times}\n`, { mode: 0o600, flush: true });
  } catch (error) {
    throw new OnekeyError(
      "data-not-writable",
      `${file} can't be written (${systemCode(error)}): make its folder writable, then do it again.`,
    );
  }
  return times;
}

// internal

function readCount(file: string): number {
  let text = "";
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return 0;
    throw error;
  }
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new OnekeyError(
    "file-unreadable",
    `${file} is damaged (one number expected): put back its copy, or write into it how often a ` +
      "copy of the database was put back.",
  );
}
