// One script of inputs, equal effects: on Node, on the bundle in the host, on the real interpreter,
// on fengari (32-bit integers) and on Lua 5.3 in WebAssembly (64-bit). Compared line by line.

import { createHash } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { nodeMachine } from "../../sdk/machine.ts";
import { bundleEspruino, type EspruinoBundle } from "../../tools/build/espruino.ts";
import { buildLua } from "../../tools/build/lua.ts";
import { need, ran } from "../need.ts";
import { compareLines, namedLines } from "./compare-lines.ts";
import { runFengari, runWasmLua } from "./lua-vms.ts";
import { runOnHost, runOnInterpreter } from "./run-espruino.ts";
import { createAes } from "./script/aes.ts";
import { runScript } from "./script/script.ts";

const measure: string[] = [];
runScript(nodeMachine, (line) => measure.push(line));

let bundle: EspruinoBundle;
let lua = "";
let luaSha256 = "";
test.before(async () => {
  bundle = await bundleEspruino("test/engines/espruino/entry.ts");
  lua = buildLua("test/engines/lua/entry.ts");
  luaSha256 = createHash("sha256").update(lua).digest("hex");
});

const compare = (lines: string[]) => compareLines(lines, measure);
const named = (lines: string[]) => namedLines(lines, bundle);

test("the script says something on Node", () => {
  assert.ok(measure.length > 100);
  assert.ok(measure.some((line) => line.startsWith("sealed ")));
  const ends = measure.filter((line) => line.startsWith("end "));
  assert.equal(ends, [
    "end closed 1",
    "end delivered 1",
    "end delivered 0",
    "end delivered 0",
    "end none 0",
    "end delivered 1",
    "end delivered 0",
    "end none 6",
    "end none 3",
    "end none 2",
    "end sending 2",
    "end none 1",
    "end none 2",
    "end closed 2",
    "end sending 1",
    "end sending 3",
    "end sending 16",
    "end none 2",
    "end delivered 1",
    "end none 0",
  ]);
});

test("the written-out AES gives the block of FIPS 197 appendix B", () => {
  const aes = createAes((length) => new Uint8Array(length));
  const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
  const block = aes.ecb(
    hex("2b7e151628aed2a6abf7158809cf4f3c"),
    hex("3243f6a8885a308d313198a2e0370734"),
  );
  assert.is(Buffer.from(block as Uint8Array).toString("hex"), "3925841d02dc09fbdc118597196a0b32");
});

test("the minified bundle on the Espruino host says the same as Node", () => {
  const run = runOnHost(bundle.minified);
  compare(named(run.lines));
  ran({ engine: "espruino host", version: run.version, bundle: bundle.sha256, tests: 1 });
});

const espruino = need("espruino");
if (espruino !== undefined) {
  test("the minified bundle on the real interpreter says the same as Node", async () => {
    const run = await runOnInterpreter(espruino, bundle.minified);
    compare(named(run.lines));
    ran({ engine: "espruino", version: run.version, bundle: bundle.sha256, tests: 1 });
  });
  test("the bundle as a pager stores it says the same on the real interpreter", async () => {
    const name = "stored";
    const octets = JSON.stringify(bundle.stored.toString("base64"));
    // Evaluated out of Storage, as the interpreter does with its boot file.
    const loader = `require("Storage").write("${name}", E.toUint8Array(atob(${octets})));
      eval(require("Storage").read("${name}"));`;
    compare(named((await runOnInterpreter(espruino, loader)).lines));
  });
}

test("the Lua text on fengari says the same as Node", () => {
  const run = runFengari(lua);
  compare(run.text.split("\n"));
  ran({ engine: "fengari", version: run.version, bundle: luaSha256, tests: 1 });
});

test("the Lua text on Lua 5.3 says the same as Node", () => {
  const run = runWasmLua(lua);
  compare(run.text.split("\n"));
  ran({ engine: "lua 5.3", version: run.version, bundle: luaSha256, tests: 1 });
});

test.run();
