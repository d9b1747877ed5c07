// Deterministic CBOR against RFC 8949: the examples of appendix A that the wire uses or skips.

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

/** [RFC 8949 §A], and the ends of int32. */
const INTEGERS: [number, string][] = [
  [0, "00"],
  [1, "01"],
  [10, "0a"],
  [23, "17"],
  [24, "1818"],
  [25, "1819"],
  [100, "1864"],
  [1000, "1903e8"],
  [1000000, "1a000f4240"],
  [2147483647, "1a7fffffff"],
  [-1, "20"],
  [-10, "29"],
  [-100, "3863"],
  [-1000, "3903e7"],
  [-2147483648, "3a7fffffff"],
];

for (const [value, text] of INTEGERS) {
  test(`RFC 8949 appendix A: ${value} is ${text}`, () => {
    assert.is(encodedInt(value), text);
    const reader = newReader(guarded(hex(text)));
    assert.is(readInt(reader), value);
    assert.ok(isFinished(reader));
  });
}

/** [RFC 8949 §A]: one item of any type, in hex; all of them are passed over whole. */
const ITEMS = [
  "1b000000e8d4a51000",
  "1bffffffffffffffff",
  "3bffffffffffffffff",
  "c249010000000000000000",
  "f90000",
  "fa47c35000",
  "fb3ff199999999999a",
  "f4",
  "f5",
  "f6",
  "f7",
  "f0",
  "f8ff",
  "c074323031332d30332d32315432303a30343a30305a",
  "c11a514b67b0",
  "d74401020304",
  "40",
  "4401020304",
  "60",
  "6449455446",
  "80",
  "83010203",
  "8301820203820405",
  "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
  "a0",
  "a201020304",
  "a26161016162820203",
  "826161a161626163",
];

for (const text of ITEMS) {
  test(`RFC 8949 appendix A: ${text} is passed over whole, and every cut of it is a fault`, () => {
    const reader = newReader(guarded(hex(text)));
    skipItem(reader);
    assert.ok(isFinished(reader));
    for (let length = 0; length < text.length / 2; length++) {
      const cut = newReader(guarded(hex(text.slice(0, 2 * length))));
      skipItem(cut);
      assert.is(cut.fault, "truncated");
    }
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
