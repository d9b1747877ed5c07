// The vectors give the same octets on Node, on the bundle in the host, on the real interpreter, on
// fengari (32-bit integers) and on Lua 5.3 in WebAssembly: compared with vectors.json, line by line.

import { createHash } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { nodeMachine } from "../../sdk/machine.ts";
import { bundleEspruino, type EspruinoBundle } from "../../tools/build/espruino.ts";
import { buildLua } from "../../tools/build/lua.ts";
import { need, ran } from "../need.ts";
import { readVectors } from "../protocol/vector-file.ts";
import { compareLines, namedLines } from "./compare-lines.ts";
import { runFengari, runWasmLua } from "./lua-vms.ts";
import { runOnHost, runOnInterpreter } from "./run-espruino.ts";
import { sayVectors } from "./script/vectors.ts";
import { vectorLines } from "./vector-lines.ts";

const { given, expected } = vectorLines(readVectors());
const text = given.join("\n");

let bundle: EspruinoBundle;
let lua = "";
let luaSha256 = "";
test.before(async () => {
  bundle = await bundleEspruino("test/engines/espruino/vectors.ts", { VECTOR_LINES: text });
  lua = `VECTOR_LINES = ${JSON.stringify(text)}\n${buildLua("test/engines/lua/vectors.ts")}`;
  luaSha256 = createHash("sha256").update(lua).digest("hex");
});

const compare = (lines: string[]) => compareLines(lines, expected);
const named = (lines: string[]) => namedLines(lines, bundle);

test("the vectors on Node", () => {
  const lines: string[] = [];
  sayVectors(nodeMachine, text, (line) => lines.push(line));
  compare(lines);
});

test("the vectors are many, and of every kind", () => {
  const count = (word: string) => expected.filter((line) => line.startsWith(`${word} `)).length;
  assert.ok(count("payload") > 120);
  assert.ok(count("sealed") > 190);
  assert.ok(count("opened") === count("sealed"));
  assert.ok(count("fault") > 3 * 35);
});

test("the vectors on the minified bundle in the Espruino host", () => {
  const run = runOnHost(bundle.minified);
  compare(named(run.lines));
  ran({ engine: "espruino host", version: run.version, bundle: bundle.sha256, tests: 1 });
});

const espruino = need("espruino");
if (espruino !== undefined) {
  test("the vectors on the real interpreter", async () => {
    const run = await runOnInterpreter(espruino, bundle.minified);
    compare(named(run.lines));
    ran({ engine: "espruino", version: run.version, bundle: bundle.sha256, tests: 1 });
  });
}

test("the vectors on fengari", () => {
  const run = runFengari(lua);
  compare(run.text.split("\n"));
  ran({ engine: "fengari", version: run.version, bundle: luaSha256, tests: 1 });
});

test("the vectors on Lua 5.3", () => {
  const run = runWasmLua(lua);
  compare(run.text.split("\n"));
  ran({ engine: "lua 5.3", version: run.version, bundle: luaSha256, tests: 1 });
});

test.run();
