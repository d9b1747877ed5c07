// CBOR against RFC 8949: every example of appendix A under its diagnostic notation, and those of
// appendix F that are not well-formed; for each what our codec makes of it, and why.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import * as cbor from "../../protocol/cbor.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";
import { rowsOf } from "./text-table.ts";

/**
 * Diagnostic notation, octets, and what becomes of them [RFC 8949 §A]. "read": to the value, and
 * written back to the same octets. "over": well-formed and in deterministic form as far as lengths
 * go, but of no use to a message of ours: passed over whole, as the unknown tail of a newer
 * version. "refused": of indefinite length, which has no one form [RFC 8949 §4.2.1].
 * Floats are never read, so that their width is nobody's concern. 1..25 stands for all of them.
 */
const EXAMPLES = rowsOf<[string, string, string]>(
  3,
  `
  0 | 00 | read
  1 | 01 | read
  10 | 0a | read
  23 | 17 | read
  24 | 1818 | read
  25 | 1819 | read
  100 | 1864 | read
  1000 | 1903e8 | read
  1000000 | 1a000f4240 | read
  1000000000000 | 1b000000e8d4a51000 | over: beyond int32
  18446744073709551615 | 1bffffffffffffffff | over: beyond int32
  18446744073709551616 | c249010000000000000000 | over: beyond int32
  -18446744073709551616 | 3bffffffffffffffff | over: beyond int32
  -18446744073709551617 | c349010000000000000000 | over: beyond int32
  -1 | 20 | read
  -10 | 29 | read
  -100 | 3863 | read
  -1000 | 3903e7 | read
  0.0 | f90000 | over: a float
  -0.0 | f98000 | over: a float
  1.0 | f93c00 | over: a float
  1.1 | fb3ff199999999999a | over: a float
  1.5 | f93e00 | over: a float
  65504.0 | f97bff | over: a float
  100000.0 | fa47c35000 | over: a float
  3.4028234663852886e+38 | fa7f7fffff | over: a float
  1.0e+300 | fb7e37e43c8800759c | over: a float
  5.960464477539063e-8 | f90001 | over: a float
  0.00006103515625 | f90400 | over: a float
  -4.0 | f9c400 | over: a float
  -4.1 | fbc010666666666666 | over: a float
  Infinity | f97c00 | over: a float
  NaN | f97e00 | over: a float
  -Infinity | f9fc00 | over: a float
  Infinity | fa7f800000 | over: a float
  NaN | fa7fc00000 | over: a float
  -Infinity | faff800000 | over: a float
  Infinity | fb7ff0000000000000 | over: a float
  NaN | fb7ff8000000000000 | over: a float
  -Infinity | fbfff0000000000000 | over: a float
  false | f4 | over: a simple value
  true | f5 | over: a simple value
  null | f6 | read
  undefined | f7 | over: a simple value
  simple(16) | f0 | over: a simple value
  simple(255) | f8ff | over: a simple value
  0("2013-03-21T20:04:00Z") | c074323031332d30332d32315432303a30343a30305a | over: a tag
  1(1363896240) | c11a514b67b0 | over: a tag
  1(1363896240.5) | c1fb41d452d9ec200000 | over: a tag
  23(h'01020304') | d74401020304 | over: a tag
  24(h'6449455446') | d818456449455446 | over: a tag
  32("http://www.example.com") | d82076687474703a2f2f7777772e6578616d706c652e636f6d | over: a tag
  h'' | 40 | read
  h'01020304' | 4401020304 | read
  "" | 60 | over: text
  "a" | 6161 | over: text
  "IETF" | 6449455446 | over: text
  "\\"\\\\" | 62225c | over: text
  "\\u00fc" | 62c3bc | over: text
  "\\u6c34" | 63e6b0b4 | over: text
  "\\ud800\\udd51" | 64f0908591 | over: text
  [] | 80 | read
  [1, 2, 3] | 83010203 | read
  [1, [2, 3], [4, 5]] | 8301820203820405 | read
  [1..25] | 98190102030405060708090a0b0c0d0e0f101112131415161718181819 | read
  {} | a0 | over: a map
  {1: 2, 3: 4} | a201020304 | over: a map
  {"a": 1, "b": [2, 3]} | a26161016162820203 | over: a map
  ["a", {"b": "c"}] | 826161a161626163 | over: a map
  {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"} | a56161614161626142616361436164614461656145 | over: a map
  (_ h'0102', h'030405') | 5f42010243030405ff | refused
  (_ "strea", "ming") | 7f657374726561646d696e67ff | refused
  [_ ] | 9fff | refused
  [_ 1, [2, 3], [_ 4, 5]] | 9f018202039f0405ffff | refused
  [_ 1, [2, 3], [4, 5]] | 9f01820203820405ff | refused
  [1, [2, 3], [_ 4, 5]] | 83018202039f0405ff | refused
  [1, [_ 2, 3], [4, 5]] | 83019f0203ff820405 | refused
  [_ 1..25] | 9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff | refused
  {_ "a": 1, "b": [_ 2, 3]} | bf61610161629f0203ffff | refused
  ["a", {_ "b": "c"}] | 826161bf61626163ff | refused
  {_ "Fun": true, "Amt": -2} | bf6346756ef563416d7421ff | refused
  `,
);

type Value = number | null | Bytes | Value[];

/** The value of a notation that we read: integers, null, octets and arrays of them. */
function noted(notation: string): Value {
  if (notation.startsWith("h'")) return hex(notation.slice(2, -1));
  const counted = Array.from({ length: 25 }, (_, at) => at + 1).join(", ");
  return JSON.parse(notation.replace("1..25", counted)) as Value;
}

/** By what comes next, as a reader that knows the shape would ask for it. */
function read(reader: cbor.Reader): Value {
  const major = reader.bytes[reader.at] >> 5;
  if (cbor.isNull(reader)) {
    cbor.skipNull(reader);
    return null;
  }
  if (major === 2) return cbor.readBytes(nodeMachine, reader);
  if (major !== 4) return cbor.readInt(reader);
  return Array.from({ length: cbor.readArray(reader) }, () => read(reader));
}

function write(writer: cbor.Writer, value: Value): void {
  if (value === null) cbor.writeNull(writer);
  else if (typeof value === "number") cbor.writeInt(writer, value);
  else if (Array.isArray(value)) {
    cbor.writeArray(writer, value.length);
    for (const one of value) write(writer, one);
  } else cbor.writeBytes(writer, value);
}

function skipped(octets: string): cbor.Reader {
  const reader = cbor.newReader(guarded(hex(octets)));
  cbor.skipItem(reader);
  return reader;
}

test("RFC 8949 appendix A: all of its 81 examples are here", () => {
  assert.is(EXAMPLES.length, 81);
  assert.is(new Set(EXAMPLES.map((row) => row[1])).size, 81);
});

for (const [notation, octets, ours] of EXAMPLES) {
  if (ours === "read") {
    test(`RFC 8949 appendix A: ${notation} is ${octets}: read, and written the same`, () => {
      const reader = cbor.newReader(guarded(hex(octets)));
      const value = read(reader);
      assert.equal(value, noted(notation));
      assert.ok(cbor.isFinished(reader));
      const writer = cbor.newWriter(nodeMachine, 0);
      write(writer, value);
      assert.is(toHex(cbor.finish(nodeMachine, writer)), octets);
    });
  }
  if (ours === "refused") {
    test(`RFC 8949 appendix A: ${notation} is ${octets}: refused, its length is indefinite`, () => {
      assert.is(skipped(octets).fault, "not-canonical");
    });
    continue;
  }
  test(`RFC 8949 appendix A: ${notation} is ${octets}: ${ours}; passed over, and no cut of it`, () => {
    assert.ok(cbor.isFinished(skipped(octets)));
    for (let length = 0; length < octets.length; length += 2) {
      assert.is(skipped(octets.slice(0, length)).fault, "truncated");
    }
  });
  if (ours !== "read") {
    test(`RFC 8949 appendix A: ${notation} is ${octets}: no int32, no octets, no null`, () => {
      const asInt = cbor.newReader(guarded(hex(octets)));
      assert.is(cbor.readInt(asInt), 0);
      const isWide = /^[13]b/.test(octets);
      assert.is(asInt.fault, isWide ? "out-of-bounds" : "bad-type");
      const asOctets = cbor.newReader(guarded(hex(octets)));
      assert.is(cbor.readBytes(nodeMachine, asOctets).length, 0);
      assert.is(asOctets.fault, "bad-type");
      assert.not(cbor.isNull(cbor.newReader(guarded(hex(octets)))));
    });
  }
}

/** Kind and examples that are not well-formed [RFC 8949 §F.1]. */
const MALFORMED = rowsOf<[string, string]>(
  2,
  `
  2 head   | 18, 19, 1a, 1b, 1901, 1a0102, 1b01020304050607, 38, 58, 78, 98, 9a01ff00, b8, d8, f8
  2 head   | f900, fa0000, fb000000
  2 string | 41, 61, 5affffffff00, 5bffffffffffffffff010203, 7affffffff00, 7b7fffffffffffffff010203
  2 items  | 81, 818181818181818181, 8200, a1, a20102, a100, a2000000
  2 tag    | c0
  2 break  | 5f4100, 7f6100, 9f, 9f0102, bf, bf01020102, 819f, 9f8000, 9f9f9f9f9fffffffff
  2 break  | 9f819f819f9fffffff
  3.1      | 1c, 1d, 1e, 3c, 3d, 3e, 5c, 5d, 5e, 7c, 7d, 7e, 9c, 9d, 9e, bc, bd, be, dc, dd, de
  3.1      | fc, fd, fe
  3.2      | f800, f801, f818, f81f
  3.3      | 5f00ff, 5f21ff, 5f6100ff, 5f80ff, 5fa0ff, 5fc000ff, 5fe0ff, 7f4100ff
  3.3      | 5f5f4100ffff, 7f7f6100ffff
  3.4      | ff, 81ff, 8200ff, a1ff, a1ff00, a100ff, a20000ff, 9f81ff, 9f829f819f9fffffffff
  3.4      | bf00ff, bf000000ff
  3.5      | 1f, 3f, df
  `,
);

for (const [kind, list] of MALFORMED) {
  for (const octets of list.split(", ")) {
    test(`RFC 8949 appendix F, kind ${kind}: ${octets} is refused`, () => {
      const { fault } = skipped(octets);
      assert.ok(fault === "truncated" || fault === "not-canonical", fault);
    });
  }
}

test.run();
