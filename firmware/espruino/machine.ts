// The machine that Espruino lends to the wire: typed arrays and native AES.
// Never CTR: its iv is ignored, every message would share one key stream [espruino trap 1].

import { ccmOf } from "../../protocol/ccm.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";

const CRYPTO = require("crypto");
const AES = CRYPTO.AES;
const ZERO_IV = new Uint8Array(16);

function newBytes(length: number): Bytes {
  return new Uint8Array(length);
}

function divide(a: number, b: number): number {
  return Math.floor(a / b);
}

function cbcLast(key: Bytes, blocks: Bytes): Bytes {
  const chain = AES.encrypt(blocks as Uint8Array, key as Uint8Array, { mode: "CBC", iv: ZERO_IV });
  return new Uint8Array(chain, blocks.length - 16, 16);
}

function ecb(key: Bytes, blocks: Bytes): Bytes {
  const stream = AES.encrypt(blocks as Uint8Array, key as Uint8Array, { mode: "ECB" });
  return new Uint8Array(stream, 0, blocks.length);
}

/** Of text the low eight bits of each character. */
export function sha256(data: Bytes | string): Bytes {
  return new Uint8Array(CRYPTO.SHA256(data as Uint8Array | string), 0, 32);
}

export const espruinoMachine: Machine = {
  bytes: newBytes,
  divide: divide,
  sha256: sha256,
  ccm: ccmOf({ cbcLast: cbcLast, ecb: ecb }, newBytes),
};
