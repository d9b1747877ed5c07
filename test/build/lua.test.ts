// The Lua builder: one text that returns the entry's exports, and no warning passes.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OnekeyError } from "../../sdk/error.ts";
import { buildLua } from "../../tools/build/lua.ts";
import { projectFolder } from "../../tools/build/project.ts";
import { runFengari, runWasmLua } from "../engines/lua-vms.ts";

// Inside the project, so that the compiler finds the packages of the project.
const cache = join(projectFolder, "node_modules/.cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "lua-"));
test.after(() => rmSync(folder, { recursive: true }));

function build(name: string, text: string): string {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, text);
  return buildLua(relative(projectFolder, file));
}

test("a bundle returns what its entry exports, on both machines", () => {
  const lua = build("good", 'export const text = "a" + 1;');
  assert.is(runFengari(lua).text, "a1");
  assert.is(runWasmLua(lua).text, "a1");
});

test("the machines say what they are", () => {
  const lua = build("version", 'export const text = "";');
  assert.match(runFengari(lua).version, "Lua 5.3, Fengari 0.1");
  assert.match(runWasmLua(lua).version, "Lua 5.3 in WebAssembly");
});

test("the two machines differ in the size of an integer, as LuatOS builds do", () => {
  const text = "let n = 2147483647; n = n + 1; export const text = n < 0 ? 'wraps' : 'grows';";
  const lua = build("size", text);
  assert.is(runFengari(lua).text, "wraps");
  assert.is(runWasmLua(lua).text, "grows");
});

const refused: [why: string, text: string, words: RegExp][] = [
  [
    "a number as a condition",
    "let n = 1; n = n + 1; export const text = n ? 'a' : 'b';",
    /evaluate to 'false' in Lua/,
  ],
  ["a type error", "export const text: number = 'a';", /TS2322/],
  ["a shift to the right", "export const text = (5 >> 1) + '';", /error/],
];
for (const [why, text, words] of refused) {
  test(`${why} fails the build`, () => {
    try {
      build("bad", text);
    } catch (error) {
      assert.instance(error, OnekeyError);
      assert.match((error as OnekeyError).message, words);
      return;
    }
    assert.unreachable("it was built");
  });
}

test.run();
