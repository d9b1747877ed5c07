// How the bounds of the wire relate: a number changed in limits.ts must still fit the others.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { EXCHANGE_MS, newExchange } from "../../protocol/exchange.ts";
import * as limits from "../../protocol/limits.ts";

test("a key id fills what length and Partial IV leave of a nonce [RFC 8613 §5.2]", () => {
  assert.is(limits.KID_OCTETS_MAX, limits.NONCE_OCTETS - 6);
});

test("every number that a Partial IV can carry, and no other, is within its bound", () => {
  assert.is(limits.PIV_MAX, 256 ** limits.PIV_OCTETS_MAX - 1);
  assert.is(limits.NUMBER_MAX, limits.PIV_MAX);
});

test("the replay window holds the 128 numbers that late copies may be behind [wire §1.6]", () => {
  assert.is(limits.REPLAY_WINDOW, 128);
});

test("every bound is an int32", () => {
  for (const [name, value] of Object.entries(limits)) {
    assert.ok(Number.isInteger(value) && value <= 2147483647, name);
  }
});

test("a table's codes and a word fit beside their CBOR head in one octet", () => {
  assert.is(limits.CODE_MAX, 23);
});

test("the latest third sending still leaves time for an answer before the next exchange", () => {
  const latest = Math.max(...[2000, 4000, 8001999].map((chance) => newExchange(0, chance).thirdMs));
  assert.ok(latest + 10000 <= EXCHANGE_MS);
});

test.run();
