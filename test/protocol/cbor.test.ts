// Deterministic CBOR beyond the examples of RFC 8949, which have rfc8949.test.ts: the ends of int32,
// octets that have no one form, faults that stick, and what holds for all values and all octets.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import {
  finish,
  isFinished,
  isNull,
  newReader,
  newWriter,
  readArray,
  readBytes,
  readInt,
  skipItem,
  skipNull,
  writeArray,
  writeBytes,
  writeInt,
  writeNull,
} from "../../protocol/cbor.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";

const int32 = fc.integer({ min: -2147483648, max: 2147483647 });

function encodedInt(value: number): string {
  const writer = newWriter(nodeMachine, 1);
  writeInt(writer, value);
  return toHex(finish(nodeMachine, writer));
}

/** The ends of int32, and where its forms of 1, 2, 3 and 5 octets meet [RFC 8949 §4.2.1]. */
const INTEGERS: [number, string][] = [
  [255, "18ff"],
  [256, "190100"],
  [65535, "19ffff"],
  [65536, "1a00010000"],
  [2147483647, "1a7fffffff"],
  [-24, "37"],
  [-25, "3818"],
  [-256, "38ff"],
  [-257, "390100"],
  [-65536, "39ffff"],
  [-65537, "3a00010000"],
  [-2147483648, "3a7fffffff"],
];

for (const [value, text] of INTEGERS) {
  test(`${value} is ${text}, both ways`, () => {
    assert.is(encodedInt(value), text);
    const reader = newReader(guarded(hex(text)));
    assert.is(readInt(reader), value);
    assert.ok(isFinished(reader));
  });
}

/** Octets that say in more what can be said in fewer, or that have no one form. */
const NOT_CANONICAL = [
  "1817",
  "190018",
  "1900ff",
  "1a0000ffff",
  "1b00000000ffffffff",
  "3817",
  "5801ff",
  "9800",
  "f81f",
  "5f42010243030405ff",
  "9fff",
  "bfff",
  "1c",
  "1e",
  "ff",
];

for (const text of NOT_CANONICAL) {
  test(`${text} is refused as not canonical [RFC 8949 §4.2.1]`, () => {
    const reader = newReader(guarded(hex(text)));
    skipItem(reader);
    assert.is(reader.fault, "not-canonical");
  });
}

test("an integer beyond int32 is out of bounds where it is read", () => {
  for (const text of ["1a80000000", "3a80000000", "1b0000000100000000", "3bffffffffffffffff"]) {
    const reader = newReader(guarded(hex(text)));
    assert.is(readInt(reader), 0);
    assert.is(reader.fault, "out-of-bounds");
  }
});

test("an item of another type than wanted is a bad type", () => {
  for (const text of ["40", "80", "f6", "f5", "a0", "c000"]) {
    const reader = newReader(guarded(hex(text)));
    readInt(reader);
    assert.is(reader.fault, "bad-type", text);
  }
  const array = newReader(hex("01"));
  assert.is(readArray(array), 0);
  assert.is(array.fault, "bad-type");
  const bytes = newReader(hex("6161"));
  assert.equal(readBytes(nodeMachine, bytes), hex(""));
  assert.is(bytes.fault, "bad-type");
  const nothing = newReader(hex("f5"));
  skipNull(nothing);
  assert.is(nothing.fault, "bad-type");
});

test("the first fault sticks: what is read behind it is 0 and moves nothing", () => {
  const reader = newReader(hex("4001"));
  readInt(reader);
  const at = reader.at;
  assert.is(readInt(reader), 0);
  assert.is(readArray(reader), 0);
  assert.not(isNull(reader));
  skipItem(reader);
  assert.is(reader.at, at);
  assert.is(reader.fault, "bad-type");
});

test("an array or a map that announces more than is left ends at once", () => {
  for (const text of ["9a7fffffff", "9affffffff", "9bffffffffffffffff", "ba7fffffff", "848484"]) {
    const reader = newReader(guarded(hex(text)));
    skipItem(reader);
    assert.is(reader.fault, "truncated", text);
  }
});

test("a thousand arrays inside each other need no recursion", () => {
  const reader = newReader(guarded(hex(`${"81".repeat(1000)}00`)));
  skipItem(reader);
  assert.ok(isFinished(reader));
});

test("every int32 is read back, and in its only form", () => {
  fc.assert(
    fc.property(int32, (value) => {
      const reader = newReader(guarded(hex(encodedInt(value))));
      assert.is(readInt(reader), value);
      assert.ok(isFinished(reader));
    }),
  );
});

test("octets that read as an int32 are written back the same", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), (bytes) => {
      const reader = newReader(guarded(bytes));
      const value = readInt(reader);
      if (reader.fault !== "") return;
      assert.is(encodedInt(value), toHex(bytes.subarray(0, reader.at)));
    }),
    { numRuns: 2000 },
  );
});

test("a mixed array is read back; the writer makes room as it needs it", () => {
  const item = fc.oneof(int32, fc.constant("null"), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(item, { maxLength: 30 }), (items) => {
      const writer = newWriter(nodeMachine, 0);
      writeArray(writer, items.length);
      for (const one of items) {
        if (typeof one === "number") writeInt(writer, one);
        else if (typeof one === "string") writeNull(writer);
        else writeBytes(writer, one);
      }
      const reader = newReader(guarded(finish(nodeMachine, writer)));
      assert.is(readArray(reader), items.length);
      for (const one of items) {
        if (typeof one === "number") assert.is(readInt(reader), one);
        else if (typeof one === "string") skipNull(reader);
        else assert.equal(readBytes(nodeMachine, reader), one);
      }
      assert.ok(isFinished(reader));
    }),
  );
});

test("random octets never throw and never run past their end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const reader = newReader(guarded(bytes));
      while (reader.fault === "" && reader.at < bytes.length) skipItem(reader);
      assert.ok(reader.at <= bytes.length);
    }),
    { numRuns: 2000 },
  );
});

test.run();
