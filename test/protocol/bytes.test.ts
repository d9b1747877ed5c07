// Octets, checksum and fault: copies, big-endian numbers, hex, text.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  concatBytes,
  copyBytes,
  equalBytes,
  fromText,
  getUint,
  isHex,
  putUint,
  shiftDown,
  toHex,
  toText,
} from "../../protocol/bytes.ts";
import { crc16 } from "../../protocol/crc.ts";
import { isFault, makeFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hex } from "./octets.ts";

const octets = (maxLength: number) => fc.uint8Array({ maxLength });
const uint31 = fc.integer({ min: 0, max: 2147483647 });

test("a number written big-endian is read back, in one to four octets", () => {
  fc.assert(
    fc.property(uint31, fc.integer({ min: 1, max: 4 }), (value, size) => {
      const fitting = size === 4 ? value : value % 256 ** size;
      const bytes = nodeMachine.bytes(6);
      putUint(bytes, 1, fitting, size);
      assert.is(getUint(bytes, 1, size), fitting);
      assert.is(bytes[0] + bytes[1 + size], 0);
    }),
  );
});

test("four octets above 2^31 - 1 read as -1, not as a number that wraps on a pager", () => {
  assert.is(getUint(hex("7fffffff"), 0, 4), 2147483647);
  assert.is(getUint(hex("80000000"), 0, 4), -1);
  assert.is(getUint(hex("ffffffff"), 0, 4), -1);
});

test("shiftDown is the floor of a quotient", () => {
  fc.assert(
    fc.property(uint31, fc.constantFrom(2, 16, 32, 256), (value, unit) => {
      assert.is(shiftDown(value, unit), Math.floor(value / unit));
    }),
  );
});

test("shiftDown by 256 is exact in 32-bit floats, where a bare quotient is off by one", () => {
  const single = (value: number, unit: number) =>
    Math.floor(Math.fround(Math.fround(value - (value % unit)) / unit));
  fc.assert(fc.property(uint31, (value) => single(value, 256) === shiftDown(value, 256)));
  assert.is.not(Math.floor(Math.fround(Math.fround(1234567890) / 256)), 4822530);
});

test("hex and text go there and back", () => {
  fc.assert(
    fc.property(octets(40), (bytes) => {
      assert.equal(hex(toHex(bytes)), bytes);
      assert.equal(hex(toHex(bytes).toUpperCase()), bytes);
      assert.equal(fromText(nodeMachine, toText(bytes)), bytes);
    }),
  );
});

test("isHex refuses half an octet and every other character", () => {
  assert.ok(isHex("") && isHex("00fF"));
  for (const text of ["0", "0g", "0x", " 0", "+1", "é0"]) assert.not(isHex(text), text);
});

test("copies share nothing with their source", () => {
  const source = hex("00112233");
  const copy = copyBytes(nodeMachine, source, 1, 3);
  source[1] = 255;
  assert.equal(copy, hex("1122"));
  assert.equal(concatBytes(nodeMachine, [copy, hex(""), hex("aa")]), hex("1122aa"));
});

test("octets are equal only when length and every octet are", () => {
  fc.assert(
    fc.property(octets(20), fc.nat(), (bytes, chance) => {
      assert.ok(equalBytes(bytes, bytes.slice()));
      assert.not(equalBytes(bytes, new Uint8Array([...bytes, 0])));
      if (bytes.length === 0) return;
      const other = bytes.slice();
      other[chance % other.length] ^= 1;
      assert.not(equalBytes(bytes, other));
    }),
  );
});

test("the checksum of 123456789 is 29b1, as CRC-16/CCITT-FALSE wants", () => {
  assert.is(crc16(fromText(nodeMachine, "x123456789x"), 1, 10), 0x29b1);
  assert.is(crc16(hex(""), 0, 0), 0xffff);
});

test("the checksum equals the bit-by-bit one", () => {
  const bitByBit = (bytes: Uint8Array) => {
    let crc = 0xffff;
    for (const octet of bytes) {
      crc ^= octet << 8;
      for (let bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
      }
    }
    return crc;
  };
  fc.assert(fc.property(octets(64), (bytes) => crc16(bytes, 0, bytes.length) === bitByBit(bytes)));
});

test("a fault is told from octets, records, numbers and nothing", () => {
  assert.ok(isFault(makeFault("truncated", "coap")));
  for (const value of [hex("00"), {}, [], 0, "fault", undefined, true]) assert.not(isFault(value));
});

test.run();
