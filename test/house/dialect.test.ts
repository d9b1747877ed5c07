// The dialect check finds nothing in the house, and every planted offence.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type DialectScope,
  dialectOffences,
  dialectRules,
  dialectScopes,
  rulesFor,
} from "./dialect.ts";
import {
  dialectOptions,
  listFiles,
  nameOf,
  plantedProgram,
  programOf,
  showOffence,
} from "./program.ts";

/** A file and a rule that it may break, each with its reason. */
const allowed: { file: string; rule: string; reason: string }[] = [
  {
    file: "protocol/index.ts",
    rule: "export",
    reason: "the public entry of the package, which only hosts import",
  },
  {
    file: "protocol/bytes.ts",
    rule: "division",
    reason: "shiftDown is the one place of the exact quotient, and says for which values",
  },
  {
    file: "firmware/board/loop.ts",
    rule: "exception",
    reason: "an unforeseen error must not leave the loop marked busy: it would never run again",
  },
];

function offencesIn(scope: DialectScope): string[] {
  const folders = scope.folders.map((folder) => folder.slice(0, -1));
  const program = programOf(listFiles(folders, [".ts"]), dialectOptions);
  const checker = program.getTypeChecker();
  return program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile)
    .filter((file) => scope.folders.some((folder) => nameOf(file).startsWith(folder)))
    .flatMap((file) => dialectOffences(file, checker, rulesFor(scope.reach)))
    .filter((one) => !allowed.some((pass) => pass.file === one.file && pass.rule === one.rule))
    .map(showOffence);
}

for (const scope of dialectScopes) {
  test(`${scope.folders.join(" ")} keeps the dialect`, () => {
    assert.is(offencesIn(scope).join("\n"), "");
  });
}

const planted = dialectRules.flatMap((rule) =>
  rule.planted.map((text, at) => ({
    rule,
    file: `${rule.name.replaceAll(" ", "-")}-${at}.ts`,
    text,
  })),
);
const plantedFiles = Object.fromEntries(planted.map(({ file, text }) => [file, text]));
const program = plantedProgram(plantedFiles, { ...dialectOptions, noResolve: true });
const found = new Map<string, string[]>();
for (const file of program.getSourceFiles()) {
  if (!(nameOf(file) in plantedFiles)) continue;
  const offences = dialectOffences(file, program.getTypeChecker(), dialectRules);
  found.set(
    nameOf(file),
    offences.map((one) => one.rule),
  );
}

for (const rule of dialectRules) {
  test(`the rule "${rule.name}" catches what breaks it`, () => {
    const rows = planted.filter((one) => one.rule === rule);
    assert.ok(rows.length > 0);
    const missed = rows.filter(({ file }) => !found.get(file)?.includes(rule.name));
    assert.equal(
      missed.map(({ text }) => text),
      [],
    );
  });
}

test("what the dialect allows is not refused", () => {
  const text = `import type { Bytes } from "./x.ts";
export interface Item { kind: "a" | "b"; n?: number }
const LIST: number[] = [1, 2, 0x7fffffff, -5];
const NAMES = { one: 1, two: 2 };
function inner(n: number): number { return n < 1 ? 0 : inner(n - 1); }
function isItem(x: Item | undefined): x is Item { return x !== undefined; }
export function f(a: number[], item: Item | undefined, text: string): string {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum = (sum + a[i]) % 65536;
  for (const n of a) sum += n & 0x7f;
  const high = Math.floor((sum - (sum % 256)) / 256);
  if (isItem(item) && item.n !== undefined && item.n > 3) a.push(item.n);
  switch (text) { case "x": sum = sum ^ 1; break; default: sum = sum << 2; }
  const kept = a.filter((n) => n > 1).map(inner);
  kept.sort((x, y) => x - y);
  while (kept.length > 3) kept.shift();
  const after = function (): number { return sum; };
  return text.slice(1) + String.fromCharCode(high) + after() + NAMES.one + LIST.length + kept.join(",");
}
export function g(bytes: Bytes): number { return bytes.length; }
`;
  const files = {
    "clean.ts": text,
    "x.ts": "export interface Bytes { length: number; [i: number]: number }",
  };
  const clean = plantedProgram(files, dialectOptions);
  const file = clean.getSourceFiles().find((one) => nameOf(one) === "clean.ts");
  if (file === undefined) throw new Error("the planted file is not in the program");
  const offences = dialectOffences(file, clean.getTypeChecker(), dialectRules);
  assert.is(offences.map(showOffence).join("\n"), "");
});

test.run();
