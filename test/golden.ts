// Golden text inside a test file, between two marks, or beside it; GOLDEN=write puts it there anew.
// Never compares by anything but the text itself.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as assert from "uvu/assert";

const BEGIN = "/* golden\n";
const END = "\n*/";

/** Compares `text` with the golden comment of the test file `url`. */
export function matchGolden(url: string, text: string): void {
  const path = fileURLToPath(url);
  const source = readFileSync(path, "utf8");
  const from = source.indexOf(BEGIN) + BEGIN.length;
  const to = source.indexOf(END, from);
  if (process.env.GOLDEN === "write") {
    writeFileSync(path, source.slice(0, from) + text + source.slice(to));
    return;
  }
  assert.snapshot(text, source.slice(from, to));
}

/** Compares `text` with the whole file `url`. */
export function matchGoldenFile(url: URL, text: string): void {
  if (process.env.GOLDEN === "write") {
    writeFileSync(url, text);
    return;
  }
  assert.fixture(text, readFileSync(url, "utf8"));
}
