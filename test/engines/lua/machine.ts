// The wire's machine on Lua, for tests: octets are tables, the cipher is written out.
// A value that was never cut to 8 bits shows here.

/// <reference types="@typescript-to-lua/language-extensions" />

import { ccmOf } from "../../../protocol/ccm.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import { createAes } from "../script/aes.ts";
import { sha256 } from "../script/sha256.ts";

declare const floorDivide: LuaFloorDivision<number, number, number>;

function newBytes(length: number): Bytes {
  const bytes: Bytes = { length: length };
  for (let i = 0; i < length; i++) bytes[i] = 0;
  return bytes;
}

export const luaMachine: Machine = {
  // A method of its own: the compiler hands `machine` to methods, but not to plain functions.
  bytes(length: number): Bytes {
    return newBytes(length);
  },
  divide(a: number, b: number): number {
    return floorDivide(a, b);
  },
  sha256(bytes: Bytes): Bytes {
    return sha256(newBytes, bytes);
  },
  ccm: ccmOf(createAes(newBytes), newBytes),
};
