// The tidy rules find nothing in the house, and every planted offence.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";
import { listFiles, showOffence } from "./program.ts";
import { tidyOffences, tidyRules } from "./tidy.ts";

const FOLDERS = ["protocol", "firmware", "sdk", "tools", "test"];

/** A file and a rule that it may break, each with its reason. The list only ever gets shorter. */
const allowed: { file: string; rule: string; reason: string }[] = [
  {
    file: "test/house/run-file.ts",
    rule: "sleep",
    reason: "whether processes still run can only be looked up again and again",
  },
  {
    file: "tools/simulator/espruino/realm.ts",
    rule: "throw",
    reason: "a power cut leaves the bundle as an exception that nobody outside the host sees",
  },
];

test("every source file keeps the rules", () => {
  const offences = listFiles(FOLDERS, [".ts", ".tsx"])
    .filter((path) => !path.endsWith(".d.ts"))
    .flatMap((path) => tidyOffences(path, readFileSync(join(projectFolder, path), "utf8")))
    .filter((one) => !allowed.some((pass) => pass.file === one.file && pass.rule === one.rule));
  assert.is(offences.map(showOffence).join("\n"), "");
});

test("every exception is still needed", () => {
  for (const pass of allowed) {
    const text = readFileSync(join(projectFolder, pass.file), "utf8");
    const rules = tidyOffences(pass.file, text).map((one) => one.rule);
    assert.ok(rules.includes(pass.rule), `${pass.file} no longer breaks "${pass.rule}"`);
  }
});

test("no other file names a folder of one machine or a host of packages", () => {
  const top = readdirSync(projectFolder).filter((name) => /\.(md|json|cjs)$/.test(name));
  const files = top
    .filter((name) => name !== "package-lock.json")
    .concat(".ci/run", listFiles(FOLDERS, [".md", ".json", ".css", ".html", ".cjs"]));
  const offences = files
    .flatMap((path) => tidyOffences(path, readFileSync(join(projectFolder, path), "utf8")))
    .filter((one) => one.rule === "this machine");
  assert.is(offences.map(showOffence).join("\n"), "");
});

for (const folder of FOLDERS) {
  test(`${folder}/ says in a README what lives there`, () => {
    assert.ok(existsSync(join(projectFolder, folder, "README.md")));
  });
}

for (const rule of tidyRules) {
  test(`the rule "${rule.name}" catches what breaks it`, () => {
    const planted = Object.entries(rule.planted);
    assert.ok(planted.length > 0);
    const missed = planted.filter(
      ([path, text]) => !tidyOffences(path, text).some((one) => one.rule === rule.name),
    );
    assert.equal(missed, []);
  });
}

test("an ordinary file and an ordinary test break nothing", () => {
  const source = `#!/usr/bin/env tsx
// What this file is about, in a sentence.
import { OnekeyError } from "./error.ts";
export function f(error: unknown): void {
  try { g(); } catch { /* already gone */ }
  if (error === undefined) throw new OnekeyError("closed", "open it first");
  throw error;
}
`;
  const tests = `// What is tested here, in a sentence.
import { test } from "uvu";
test("a", () => { throw new Error("red"); });
test.run();
`;
  assert.equal(tidyOffences("sdk/a.ts", source), []);
  assert.equal(tidyOffences("test/a.test.ts", tests), []);
});

test.run();
