// The settings of the linter and formatter, each rule that we rely on proved by a planted offence.
// That the real tree keeps them is a check of its own in `npm test`.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";

interface Diagnosed {
  category: string;
  location: { path: { file: string } | string };
}

/** Biome's findings as "category: file" over a house made of these files. */
function findings(files: Record<string, string>): string[] {
  const house = mkdtempSync(join(tmpdir(), "onekey-lint-"));
  try {
    for (const name of [".biome.json", "package.json"]) {
      cpSync(join(projectFolder, name), join(house, name));
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), text);
    }
    const program = join(projectFolder, "node_modules/@biomejs/biome/bin/biome");
    const options = ["check", "--reporter=json", "--max-diagnostics=200", "."];
    const run = spawnSync(process.execPath, [program, ...options], {
      cwd: house,
      encoding: "utf8",
    });
    const found: Diagnosed[] = JSON.parse(run.stdout).diagnostics;
    return found.map(({ category, location }) => {
      const { path } = location;
      return `${category}: ${typeof path === "string" ? path : path.file}`;
    });
  } finally {
    rmSync(house, { recursive: true });
  }
}

const planted: [file: string, text: string, category: string][] = [
  ["sdk/wide.ts", "export const a  =  1\n", "format"],
  ["sdk/barrel.ts", 'export { a } from "./wide.ts";\n', "lint/performance/noBarrelFile"],
  ["sdk/all.ts", 'export * from "./wide.ts";\n', "lint/performance/noReExportAll"],
  [
    "sdk/one.ts",
    'import { b } from "./two.ts";\n\nexport const a = () => b;\n',
    "lint/suspicious/noImportCycles",
  ],
  [
    "sdk/two.ts",
    'import { a } from "./one.ts";\n\nexport const b = () => a;\n',
    "lint/suspicious/noImportCycles",
  ],
  [
    "sdk/node.ts",
    'import { join } from "path";\n\nexport const a = join;\n',
    "lint/style/useNodejsImportProtocol",
  ],
  [
    "sdk/type.ts",
    'import { Server } from "node:net";\n\nexport type A = Server;\n',
    "lint/style/useImportType",
  ],
  ["sdk/any.ts", "export const a: any = 1;\n", "lint/suspicious/noExplicitAny"],
  ["sdk/unused.ts", "const a = 1;\n\nexport const b = 2;\n", "lint/correctness/noUnusedVariables"],
  [
    "sdk/package.ts",
    'import { a } from "left-pad";\n\nexport const b = a;\n',
    "lint/correctness/noUndeclaredDependencies",
  ],
  [
    "sdk/ending.ts",
    'import { a } from "./wide";\n\nexport const b = a;\n',
    "lint/correctness/useImportExtensions",
  ],
  ["sdk/default.ts", "export default 1;\n", "lint/style/noDefaultExport"],
  ["sdk/equal.ts", "export const f = (a: number) => a == 1;\n", "lint/suspicious/noDoubleEquals"],
  ["sdk/throw.ts", 'export function f() {\n  throw "text";\n}\n', "lint/style/useThrowOnlyError"],
  ["test/only.test.ts", 'describe.only("a", () => {});\n', "lint/suspicious/noFocusedTests"],
];

test("each planted offence is found where it was planted", () => {
  const files = Object.fromEntries(planted.map(([file, text]) => [file, text]));
  const found = findings(files);
  const missed = planted.filter(([file, , category]) => !found.includes(`${category}: ${file}`));
  assert.equal(
    missed.map(([file, , category]) => `${category}: ${file}`),
    [],
  );
});

test("a clean house has no finding, and the two public entries may re-export", () => {
  const files = {
    "sdk/a.ts": "export const a = 1;\n",
    "sdk/index.ts": 'export { a } from "./a.ts";\n',
    "protocol/index.ts": 'export { a } from "../sdk/a.ts";\n',
    "firmware/core/b.ts": 'export const b = (n: number) => "a" + n;\n',
  };
  assert.equal(findings(files), []);
});

test.run();
