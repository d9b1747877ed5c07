// Diagnostic notation: all of RFC 8949 appendix A, octets that are no CBOR, and any octets at all.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { CborFault } from "../../tools/decode/cbor-head.ts";
import { toNotation } from "../../tools/decode/notation.ts";

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const TO_25 = Array.from({ length: 25 }, (_, i) => i + 1).join(", ");
const TO_25_HEX = "0102030405060708090a0b0c0d0e0f101112131415161718181819";

/** RFC 8949 appendix A, in its order. A letter stands for its own escape. */
const APPENDIX_A: [notation: string, hex: string][] = [
  ["0", "00"],
  ["1", "01"],
  ["10", "0a"],
  ["23", "17"],
  ["24", "1818"],
  ["25", "1819"],
  ["100", "1864"],
  ["1000", "1903e8"],
  ["1000000", "1a000f4240"],
  ["1000000000000", "1b000000e8d4a51000"],
  ["18446744073709551615", "1bffffffffffffffff"],
  ["18446744073709551616", "c249010000000000000000"],
  ["-18446744073709551616", "3bffffffffffffffff"],
  ["-18446744073709551617", "c349010000000000000000"],
  ["-1", "20"],
  ["-10", "29"],
  ["-100", "3863"],
  ["-1000", "3903e7"],
  ["0.0", "f90000"],
  ["-0.0", "f98000"],
  ["1.0", "f93c00"],
  ["1.1", "fb3ff199999999999a"],
  ["1.5", "f93e00"],
  ["65504.0", "f97bff"],
  ["100000.0", "fa47c35000"],
  ["3.4028234663852886e+38", "fa7f7fffff"],
  ["1.0e+300", "fb7e37e43c8800759c"],
  ["5.960464477539063e-8", "f90001"],
  ["0.00006103515625", "f90400"],
  ["-4.0", "f9c400"],
  ["-4.1", "fbc010666666666666"],
  ["Infinity", "f97c00"],
  ["NaN", "f97e00"],
  ["-Infinity", "f9fc00"],
  ["Infinity", "fa7f800000"],
  ["NaN", "fa7fc00000"],
  ["-Infinity", "faff800000"],
  ["Infinity", "fb7ff0000000000000"],
  ["NaN", "fb7ff8000000000000"],
  ["-Infinity", "fbfff0000000000000"],
  ["false", "f4"],
  ["true", "f5"],
  ["null", "f6"],
  ["undefined", "f7"],
  ["simple(16)", "f0"],
  ["simple(255)", "f8ff"],
  ['0("2013-03-21T20:04:00Z")', "c074323031332d30332d32315432303a30343a30305a"],
  ["1(1363896240)", "c11a514b67b0"],
  ["1(1363896240.5)", "c1fb41d452d9ec200000"],
  ["23(h'01020304')", "d74401020304"],
  ["24(h'6449455446')", "d818456449455446"],
  ['32("http://www.example.com")', "d82076687474703a2f2f7777772e6578616d706c652e636f6d"],
  ["h''", "40"],
  ["h'01020304'", "4401020304"],
  ['""', "60"],
  ['"a"', "6161"],
  ['"IETF"', "6449455446"],
  ['"\\"\\\\"', "62225c"],
  ['"\u00fc"', "62c3bc"],
  ['"\u6c34"', "63e6b0b4"],
  ['"\ud800\udd51"', "64f0908591"],
  ["[]", "80"],
  ["[1, 2, 3]", "83010203"],
  ["[1, [2, 3], [4, 5]]", "8301820203820405"],
  [`[${TO_25}]`, `9819${TO_25_HEX}`],
  ["{}", "a0"],
  ["{1: 2, 3: 4}", "a201020304"],
  ['{"a": 1, "b": [2, 3]}', "a26161016162820203"],
  ['["a", {"b": "c"}]', "826161a161626163"],
  [
    '{"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}',
    "a56161614161626142616361436164614461656145",
  ],
  ["(_ h'0102', h'030405')", "5f42010243030405ff"],
  ['(_ "strea", "ming")', "7f657374726561646d696e67ff"],
  ["[_ ]", "9fff"],
  ["[_ 1, [2, 3], [_ 4, 5]]", "9f018202039f0405ffff"],
  ["[_ 1, [2, 3], [4, 5]]", "9f01820203820405ff"],
  ["[1, [2, 3], [_ 4, 5]]", "83018202039f0405ff"],
  ["[1, [_ 2, 3], [4, 5]]", "83019f0203ff820405"],
  [`[_ ${TO_25}]`, `9f${TO_25_HEX}ff`],
  ['{_ "a": 1, "b": [_ 2, 3]}', "bf61610161629f0203ffff"],
  ['["a", {_ "b": "c"}]', "826161bf61626163ff"],
  ['{_ "Fun": true, "Amt": -2}', "bf6346756ef563416d7421ff"],
];

APPENDIX_A.forEach(([notation, hex], i) => {
  test(`RFC 8949 appendix A, row ${i + 1}: ${hex} is ${notation}`, () => {
    assert.equal(toNotation(octets(hex)), { text: notation });
  });
});

/** Wider than needed, empty pieces, and letters that would turn a line of a terminal round. */
const OTHERS: [notation: string, hex: string][] = [
  ["23_0", "1817"],
  ["1_1", "190001"],
  ["-1_3", "3b0000000000000000"],
  ["[_0 1, 2]", "98020102"],
  ["{_1 1: 2}", "b900010102"],
  ['"a"_0', "780161"],
  ["h'00'_2", "5a0000000100"],
  ["1_0(0)", "d80100"],
  ["''_", "5fff"],
  ['""_', "7fff"],
  ["{_ }", "bfff"],
  ["2([])", "c280"],
  ["2((_ h'01'))", "c25f4101ff"],
  ["0", "c240"],
  ["-1", "c340"],
  ["simple(32)", "f820"],
  ['"\\u202ea\\u200b\\u0085"', "69e280ae61e2808bc285"],
];

for (const [notation, hex] of OTHERS) {
  test(`${hex} is ${notation} [RFC 8949 §8.1]`, () => {
    assert.equal(toNotation(octets(hex)), { text: notation });
  });
}

const BAD: [hex: string, fault: CborFault, at: number, text: string][] = [
  ["", "truncated", 0, ""],
  ["18", "truncated", 1, "<18>"],
  ["1a000000", "truncated", 4, "<1a000000>"],
  ["430102", "truncated", 3, "h'0102'"],
  ["62c3", "truncated", 2, "h'c3'"],
  ["5bffffffffffffffff00", "truncated", 10, "h'00'"],
  ["82", "truncated", 1, "[]"],
  ["8201", "truncated", 2, "[1]"],
  ["9bffffffffffffffff01", "truncated", 10, "[1]"],
  ["a101", "truncated", 2, "{1: }"],
  ["bf01ff", "bad-break", 2, "{_ 1: } <ff>"],
  ["9f01", "truncated", 2, "[_ 1]"],
  ["c1", "truncated", 1, "1()"],
  ["1c", "reserved", 0, "<1c>"],
  ["1f", "reserved", 0, "<1f>"],
  ["3f", "reserved", 0, "<3f>"],
  ["df", "reserved", 0, "<df>"],
  ["fc", "reserved", 0, "<fc>"],
  ["ff", "bad-break", 0, "<ff>"],
  ["83ff0102", "bad-break", 1, "[] <ff0102>"],
  ["f818", "bad-simple", 0, "simple(24)"],
  ["f800", "bad-simple", 0, "simple(0)"],
  ["5f6161ff", "bad-piece", 1, "''_ <6161ff>"],
  ["5f5f4101ffff", "bad-piece", 1, "''_ <5f4101ffff>"],
  ["7f6161", "truncated", 3, '(_ "a")'],
  ["61ff", "bad-text", 0, "h'ff'"],
  ["0001", "trailing-octets", 1, "0 <01>"],
];

for (const [hex, fault, at, text] of BAD) {
  test(`${hex === "" ? "no octets" : hex}: ${fault} at octet ${at}, and nothing is lost`, () => {
    assert.equal(toNotation(octets(hex)), { text, fault, at });
  });
}

test("nesting is bounded, in arrays, maps and tags", () => {
  for (const head of ["81", "9f", "a1", "bf", "c1", "a100"]) {
    const { fault } = toNotation(octets(head.repeat(100_000)));
    assert.is(fault, "too-deep", head);
  }
  assert.is(toNotation(octets(`${"81".repeat(64)}00`)).fault, undefined);
  assert.is(toNotation(octets(`${"81".repeat(65)}00`)).fault, "too-deep");
});

test("with keys inside only lengths are shown, also of what can't be read", () => {
  const hidden = (hex: string) => toNotation(octets(hex), { hides: true });
  assert.equal(hidden("820f43abcdef"), { text: "[15, h'…3…']" });
  assert.equal(hidden("c243abcdef"), { text: "2(h'…3…')" });
  assert.is(hidden("5f41ab41cdff").text, "(_ h'…1…', h'…1…')");
  assert.is(hidden("820f1cabcdef").text, "[15] h'…4…'");
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 40 }), (secret) => {
      const bytes = Uint8Array.of(0x82, 15, 0x58, secret.length, ...secret);
      const shown = Buffer.from(secret).toString("hex");
      assert.not(toNotation(bytes, { hides: true }).text.includes(shown));
    }),
  );
});

test("any octets give a text and an end, and a fault lies inside them", () => {
  const any = fc.uint8Array({ maxLength: 200 });
  const lengths = fc.constantFrom(0x5b, 0x7b, 0x9b, 0xbb, 0xdb, 0x9f, 0xbf, 0x5f, 0x7f);
  const nasty = fc.tuple(lengths, any).map(([first, rest]) => Uint8Array.of(first, ...rest));
  fc.assert(
    fc.property(fc.oneof(any, nasty), (bytes) => {
      const { text, fault, at } = toNotation(bytes);
      assert.type(text, "string");
      assert.is(fault === undefined, at === undefined);
      assert.ok(at === undefined || (at >= 0 && at <= bytes.length), `${at}`);
    }),
    { numRuns: 3000 },
  );
});

test("what is well formed and has neither octets nor floats reads as JSON does", () => {
  const small = fc.oneof(fc.integer({ min: 0, max: 23 }), fc.constantFrom(null, true, false));
  const list = fc.array(small, { maxLength: 20 });
  fc.assert(
    fc.property(list, (items) => {
      const code = (item: number | boolean | null) =>
        typeof item === "number" ? item : item === null ? 0xf6 : item ? 0xf5 : 0xf4;
      const bytes = Uint8Array.from([0x80 + items.length, ...items.map(code)]);
      assert.equal(JSON.parse(toNotation(bytes).text), items);
    }),
  );
});

test.run();
