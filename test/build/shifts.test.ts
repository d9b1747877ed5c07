// Shifts in the place of divisions: the same number, be it written out by the sources or not.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { shiftDown } from "../../protocol/bytes.ts";
import { cutText } from "../../tools/build/cut-text.ts";
import { shifts } from "../../tools/build/shifts.ts";
import { runOnHost, runOnInterpreter } from "../engines/run-espruino.ts";
import { need } from "../need.ts";

const shifted = (text: string) => cutText(text, shifts(text));

test("a division by a power of two that is spelled out becomes a shift, also inside another one", () => {
  assert.is(shifted("a=shiftDown(b+1,256)%4"), "a=((b+1) >> 8)%4");
  assert.is(shifted("shiftDown(shiftDown(a, 2), 16)"), "((((a) >> 1)) >> 4)");
  assert.is(shifted("shiftDown(a,1)"), "((a) >> 0)");
});

test("what is no power of two, or not spelled out, stays a call", () => {
  for (const text of ["shiftDown(a,b)", "shiftDown(a,3)", "shiftDown(a,0)", "shiftUp(a,2)"]) {
    assert.is(shifted(text), text);
  }
});

const VALUES = [0, 1, 255, 256, 65535, 2 ** 24 + 1, 2 ** 31 - 1];
const UNITS = [1, 2, 16, 256, 65536, 2 ** 30];

test("on the host and on the real interpreter the shift is the floor of the division", async () => {
  const said = VALUES.map(
    (value) => `say([${UNITS.map((one) => `shiftDown(${value},${one})`)}].join())`,
  );
  const code = `function say(line){print("#"+line)}${shifted(said.join(";"))};say("end");`;
  const lines = VALUES.map((value) => UNITS.map((unit) => shiftDown(value, unit)).join());
  assert.equal(runOnHost(code).lines, lines);
  const espruino = need("espruino");
  if (espruino === undefined) return;
  const { lines: heard } = await runOnInterpreter(
    espruino,
    `${code}setInterval(function(){},1000);`,
  );
  assert.equal(heard, lines);
});

test.run();
