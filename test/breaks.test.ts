// Proof that the tests catch: each patch in breaks/ takes one promise out of a copy of the sources.
// The copy lies in a folder of its own; nothing here is ever changed.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const SOURCES = ["package.json", "tsconfig.json", "protocol", "firmware", "sdk", "tools", "test"];
const CHANGED_LINES_MAX = 5;

/** Which test must fail, and by what words, when the patch is in. */
const BREAKS: Record<string, { test: string; words: RegExp }> = {
  "answer-before-commit": { test: "flow.test.ts", words: /answered.bare/ },
  "tag-not-verified": { test: "flow.test.ts", words: /bad-tag|strictly equal/ },
};

function copySources(): string {
  const copy = mkdtempSync(join(tmpdir(), "onekey-breaks-"));
  for (const name of SOURCES) cpSync(join(project, name), join(copy, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function runTest(folder: string, name: string) {
  const env = { ...process.env, TEST_REPORT: "", GOLDEN: "" };
  const words = ["--import", "tsx", join("test", name)];
  const run = spawnSync(process.execPath, words, { cwd: folder, env, encoding: "utf8" });
  return { code: run.status, text: `${run.stdout}${run.stderr}` };
}

test("every patch is in the list, and takes out five lines at most", () => {
  const names = readdirSync(join(project, "test/breaks")).map((name) => name.split(".")[0]);
  assert.equal(names.sort(), Object.keys(BREAKS).sort());
  for (const name of names) {
    const text = readFileSync(join(project, `test/breaks/${name}.patch`), "utf8");
    const put = text.match(/^\+(?!\+\+)/gm)?.length ?? 0;
    const taken = text.match(/^-(?!--)/gm)?.length ?? 0;
    assert.ok(Math.max(put, taken) <= CHANGED_LINES_MAX, name);
  }
});

test("the copy without any patch is green", () => {
  const copy = copySources();
  try {
    const { code, text } = runTest(copy, "flow.test.ts");
    assert.is(code, 0, text);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

for (const [name, { test: file, words }] of Object.entries(BREAKS)) {
  test(`${file} catches "${name.replaceAll("-", " ")}"`, () => {
    const copy = copySources();
    try {
      const patch = join(project, `test/breaks/${name}.patch`);
      execFileSync("git", ["apply", patch], { cwd: copy });
      const { code, text } = runTest(copy, file);
      assert.is(code, 1, `it did not notice: ${text}`);
      assert.match(text, words);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
}

test.run();
