// The script on a Lua machine; the bundle returns `text`, all lines in one.
// Octets are tables here: a value that was never cut to 8 bits shows.

/// <reference types="@typescript-to-lua/language-extensions" />

import { ccmOf } from "../../../protocol/ccm.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import { createAes } from "../script/aes.ts";
import { runScript } from "../script/script.ts";

declare const floorDivide: LuaFloorDivision<number, number, number>;

function newBytes(length: number): Bytes {
  const bytes: Bytes = { length: length };
  for (let i = 0; i < length; i++) bytes[i] = 0;
  return bytes;
}

const machine: Machine = {
  // A method of its own: the compiler hands `machine` to methods, but not to plain functions.
  bytes(length: number): Bytes {
    return newBytes(length);
  },
  divide(a: number, b: number): number {
    return floorDivide(a, b);
  },
  ccm: ccmOf(createAes(newBytes), newBytes),
};

const lines: string[] = [];
runScript(machine, function (line) {
  lines.push(line);
});

export const text = lines.join("\n");
