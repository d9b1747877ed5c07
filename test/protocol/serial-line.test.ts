// The serial line between noise, echoes, prompts and other programs: what arrives, and what is said.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toBase64 } from "../../protocol/base64.ts";
import { type Fault, type FaultCode, isFault } from "../../protocol/fault.ts";
import { DATAGRAM_OCTETS_MAX, SERIAL_BODY_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  newSerialReader,
  readSerial,
  SERIAL_DOWN,
  SERIAL_UP,
  toSerialLine,
} from "../../protocol/serial-line.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hex } from "./octets.ts";

const BYTES = hex("313233343536373839");
const LINE = "OK1u:MTIzNDU2Nzg5*29b1\r\n";

const lineOf = (bytes: Bytes, mark = SERIAL_UP) => toSerialLine(nodeMachine, mark, bytes) as string;

/** All that a fresh reader of lines up finds in these pieces. */
function read(...pieces: string[]): (Bytes | Fault)[] {
  const reader = newSerialReader(SERIAL_UP);
  return pieces.flatMap((piece) => readSerial(nodeMachine, reader, piece));
}

const fault = (code: FaultCode, path = "serial") => ({ fault: code, path });

test("a line is mark, base64, star, checksum of CRC-16/CCITT-FALSE, line end [wire §5]", () => {
  assert.is(lineOf(BYTES), LINE);
  assert.is(lineOf(BYTES, SERIAL_DOWN), "OK1d:MTIzNDU2Nzg5*29b1\r\n");
  assert.equal(read(LINE), [BYTES]);
});

const HEARD: [name: string, text: string][] = [
  ["CR alone at its end", LINE.replace("\n", "")],
  ["LF alone at its end", LINE.replace("\r", "")],
  ["a console's prompt before it", `\r\n>${LINE}`],
  ["another program's line before it, without an end", `battery 81 %${LINE}`],
  ["colours and bells before it", `\x1b[32mready\x1b[0m\x07 ${LINE}`],
  ["XON and XOFF in it", LINE.replace("Nz", "\x13N\x11z")],
  ["other lines around it", `boot\r\n\r\n>echo(0)\r\n${LINE}=undefined\r\n>`],
  ["half a mark before it", `OK1OK1u${LINE}`],
  ["an echo of a line down before it", `${lineOf(hex("00"), SERIAL_DOWN)}${LINE}`],
  ["octets of no alphabet before it", `\x00\xff\xfe\u4e00${LINE}`],
];

for (const [name, text] of HEARD) {
  test(`a line arrives with ${name}`, () => assert.equal(read(text), [BYTES]));
}

test("a line arrives in pieces of one character", () => {
  assert.equal(read(...LINE), [BYTES]);
});

const SPOILED: [name: string, text: string, code: FaultCode, path?: string][] = [
  ["ends before its star", "OK1u:MTIzNDU2Nzg5\r\n", "truncated"],
  ["ends in its checksum", "OK1u:MTIzNDU2Nzg5*29b\r\n", "truncated"],
  ["is nothing but its mark", "OK1u:\r\n", "truncated"],
  ["has no octet", "OK1u:*ffff\r\n", "truncated"],
  ["has another checksum", LINE.replace("29b1", "29b0"), "bad-checksum"],
  ["has its checksum in upper case", LINE.replace("29b1", "29B1"), "bad-checksum"],
  ["has two octets in another order", LINE.replace("MTIz", "MTMy"), "bad-checksum"],
  ["lost a character", LINE.replace("NDU2", "NU2"), "not-canonical", "base64"],
  ["lost one so that no octets are left", LINE.replace("Nzg5", "z"), "truncated", "base64"],
  ["has a blank in it", LINE.replace("NDU2", "N U2"), "bad-character", "base64"],
  ["has another program's word in it", LINE.replace("NDU2", "N=1 U2"), "bad-character", "base64"],
  ["has a checksum longer than ours", LINE.replace("29b1", "29b100"), "truncated"],
];

for (const [name, text, code, path] of SPOILED) {
  test(`a line that ${name} is ${code}, and the next one arrives`, () => {
    assert.equal(read(text, LINE), [fault(code, path), BYTES]);
  });
}

test("a line that another one breaks into is truncated, and that other one arrives", () => {
  assert.equal(read(`OK1u:MTIzN${LINE}`), [fault("truncated"), BYTES]);
});

test("what is no line of ours says nothing", () => {
  const others = [
    "",
    "\r\n\r\n",
    "OK1:QAEC\r\n",
    "ok1u:QAEC*0000\r\n",
    "OK2u:AA*0000\r\n",
    "OK1 u:AA*0000\r\n",
  ];
  assert.equal(read(...others, "AT+CMGF=0\r\nOK\r\n"), []);
});

test("an overlong line is refused where it grows too long, once, and holds nothing", () => {
  const longest = `OK1u:${"A".repeat(SERIAL_BODY_MAX)}`;
  assert.equal(read(longest), []);
  assert.equal(read(`${longest}A`), [fault("too-long")]);
  const reader = newSerialReader(SERIAL_UP);
  const flood = "A".repeat(100_000);
  assert.equal(readSerial(nodeMachine, reader, `OK1u:${flood}`), [fault("too-long")]);
  assert.is(reader.body, "");
  assert.equal(readSerial(nodeMachine, reader, `${flood}\r\n${LINE}`), [BYTES]);
});

test("other programs' lines of any length hold nothing", () => {
  const reader = newSerialReader(SERIAL_UP);
  assert.equal(readSerial(nodeMachine, reader, "x".repeat(100_000)), []);
  assert.is(reader.body, "");
});

test("the largest datagram fits a line, and a larger one is not written", () => {
  const largest = new Uint8Array(DATAGRAM_OCTETS_MAX).fill(255);
  const line = lineOf(largest);
  assert.is(line.length, SERIAL_UP.length + SERIAL_BODY_MAX + 2);
  assert.equal(read(line), [largest]);
  const more = new Uint8Array(DATAGRAM_OCTETS_MAX + 1);
  assert.equal(toSerialLine(nodeMachine, SERIAL_UP, more), fault("too-long"));
});

const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 80 });

/** The text in pieces, cut by these numbers. */
function cut(text: string, cuts: number[]): string[] {
  const places = [0, ...cuts.map((one) => one % (text.length + 1)), text.length];
  places.sort((a, b) => a - b);
  return places.slice(1).map((place, at) => text.slice(places[at], place));
}

test("any datagrams arrive in their order, in any pieces, with anything between their lines", () => {
  const noise = fc.constantFrom(
    "",
    ">",
    "\r\n",
    "=undefined\r\n",
    "OK1",
    "OK1d:AA*00",
    "\x13 25 C",
  );
  const lines = fc.array(fc.tuple(noise, anyBytes), { maxLength: 5 });
  fc.assert(
    fc.property(lines, fc.array(fc.nat(), { maxLength: 20 }), (list, cuts) => {
      const text = list.map(([before, bytes]) => before + lineOf(bytes)).join("");
      assert.equal(
        read(...cut(text, cuts)),
        list.map(([, bytes]) => bytes),
      );
    }),
  );
});

test("with characters lost, doubled or changed no other datagram arrives than one that was sent", () => {
  const change = fc.tuple(fc.nat(), fc.constantFrom("", "A", "*", ":", " ", "\r", "\xff"));
  fc.assert(
    fc.property(anyBytes, fc.array(change, { minLength: 1, maxLength: 3 }), (bytes, changes) => {
      let text = lineOf(bytes);
      for (const [place, letter] of changes) {
        const at = place % text.length;
        text = text.slice(0, at) + letter + text.slice(at + 1);
      }
      for (const found of read(text, LINE)) {
        if (isFault(found)) continue;
        assert.ok([toBase64(bytes), toBase64(BYTES)].includes(toBase64(found)), toBase64(found));
      }
    }),
    { seed: 20, numRuns: 2000 },
  );
});

test("any characters are read without end or throw", () => {
  const letters = fc.constantFrom(..."OK1u:d*AZ09+/=\r\n >\x00\u4e00");
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 200 }), (list) => {
      assert.ok(read(list.join("")).length <= list.length);
    }),
  );
});

test.run();
