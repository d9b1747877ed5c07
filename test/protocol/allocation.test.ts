// No allocation that an attacker's length field chooses: what a decoder asks of its machine, counted.
// Hostile counts, lengths and depths must never make it ask for more than the octets that came.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromBase64 } from "../../protocol/base64.ts";
import { assemble } from "../../protocol/block-assembly.ts";
import { newReader } from "../../protocol/cbor.ts";
import { ccmOf } from "../../protocol/ccm.ts";
import * as coap from "../../protocol/coap.ts";
import type { Declaration, Kind } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { BODY_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { openRequest, readSealed, sealRequest } from "../../protocol/oscore.ts";
import { decodeOscoreOption } from "../../protocol/oscore-option.ts";
import { newSerialReader, readSerial, SERIAL_UP } from "../../protocol/serial-line.ts";
import { fromPduLine } from "../../protocol/sms-pdu.ts";
import { decodeDeliver } from "../../protocol/sms-reader.ts";
import { nodeBlocks, nodeMachine } from "../../sdk/machine.ts";
import { PAGER, PLATFORM } from "./contexts.ts";
import { guarded, hex } from "./octets.ts";

interface Asked {
  machine: Machine;
  /** Of each call. */
  octets: number[];
}

/** A machine that remembers what it was asked for. */
function askedMachine(): Asked {
  const octets: number[] = [];
  const bytes = (length: number): Bytes => {
    octets.push(length);
    // Asked for billions it would fail for another reason: the test must say why.
    assert.ok(Number.isInteger(length) && length >= 0 && length < 100_000, `asked for ${length}`);
    return new Uint8Array(length);
  };
  const { divide, sha256 } = nodeMachine;
  return { machine: { bytes, divide, sha256, ccm: ccmOf(nodeBlocks, bytes) }, octets };
}

const sum = (list: number[]) => list.reduce((whole, one) => whole + one, 0);

/** All that was asked for, together, is no more than `most`. */
function assertAsked(octets: number[], most: number, name: string): void {
  assert.ok(sum(octets) <= most, `${name}: asked for ${octets.join(" + ")}, above ${most}`);
}

/** Counts and lengths that are not there: 2^16 - 1, 2^31 - 1, 2^32 - 1, 2^63, 2^64 - 1. */
const ARGUMENTS = [
  "19ffff",
  "1a7fffffff",
  "1affffffff",
  "1b8000000000000000",
  "1bffffffffffffffff",
];

/** The head of this major type with an argument from the list. */
function headOf(major: number, argument: string): string {
  const first = major * 32 + (Number.parseInt(argument.slice(0, 2), 16) % 32);
  return first.toString(16).padStart(2, "0") + argument.slice(2);
}

/** The message with something hostile where one of its fields stands, and zeros before it. */
function withField(at: number, count: number, hostile: string): string {
  return (0x80 + count).toString(16) + "00".repeat(at) + hostile + "00".repeat(20);
}

for (const declaration of MESSAGES as readonly Declaration[]) {
  test(`${declaration.name}: a length that isn't there makes no room, in any field`, () => {
    const { length } = declaration.fields;
    for (const major of [2, 3, 4, 5]) {
      for (const argument of ARGUMENTS) {
        const hostile = headOf(major, argument);
        for (let at = 0; at <= length; at++) {
          const { machine, octets } = askedMachine();
          const payload = hex(withField(at, Math.min(23, length + 1), hostile));
          decodeMessage(machine, declaration, guarded(payload));
          assertAsked(octets, payload.length, `field ${at}, ${hostile}`);
        }
        const { machine, octets } = askedMachine();
        const back: object = decodeMessage(machine, declaration, guarded(hex(`${hostile}0000`)));
        assert.ok(isFault(back));
        assert.equal(octets, []);
      }
    }
  });
}

test("a list has no more cells than octets came for it, whatever it announces", () => {
  const lists = (MESSAGES as readonly Declaration[]).flatMap(({ fields }) =>
    fields.filter(({ kind }) => kind?.of === "list"),
  );
  assert.ok(lists.length > 0);
  for (const { kind } of lists) {
    for (const announced of ["83", "84", "9907ff", "9a7fffffff"]) {
      const reader = newReader(guarded(hex(`${announced}000000`)));
      const cells = (kind as Kind).read(nodeMachine, reader).length;
      assert.is(cells, announced === "83" ? 3 : 0);
    }
  }
});

/** Ten thousand levels of arrays, tags, maps, and of arrays that announce more. */
const NESTED: [string, string][] = [
  ["arrays", "81"],
  ["tags", "c1"],
  ["maps", "a100"],
  ["arrays of 2^31 - 1", "9a7fffffff"],
];

for (const [name, level] of NESTED) {
  test(`ten thousand levels of ${name} make no room and no recursion`, () => {
    for (const declaration of MESSAGES as readonly Declaration[]) {
      const { machine, octets } = askedMachine();
      const nested = `${level.repeat(10_000)}00`;
      const whole = declaration.fields.length;
      // In the place of the first field, and behind the last as an unknown tail.
      for (const text of [
        `81${nested}`,
        `${(0x81 + whole).toString(16)}${"00".repeat(whole)}${nested}`,
      ]) {
        decodeMessage(machine, declaration, guarded(hex(text)));
      }
      assertAsked(octets, 0, declaration.name);
    }
  });
}

/** Packets whose lengths lie. */
const PACKETS: [string, string][] = [
  ["an option of 65,804 octets", "40020001 eeffffffff 00"],
  ["sixteen options of 268 octets that aren't there", `40020001 ${"1dff".repeat(16)}`],
  ["a token of 15 octets", "4f020001 00"],
  ["a marker behind options of no length", `40020001 ${"10".repeat(16)} ff 00`],
  ["a thousand options of no length", `40020001 ${"10".repeat(1000)}`],
];

for (const [name, text] of PACKETS) {
  test(`a packet with ${name} makes no more room than its octets`, () => {
    const { machine, octets } = askedMachine();
    const bytes = hex(text);
    coap.decodePacket(machine, guarded(bytes));
    assertAsked(octets, bytes.length, name);
  });
}

test("every length that a kid context can announce makes no more room than the option has", () => {
  for (let announced = 0; announced < 256; announced++) {
    const { machine, octets } = askedMachine();
    const value = Uint8Array.of(0x19, 5, announced, 1, 2, 3, 4);
    decodeOscoreOption(machine, guarded(value));
    assertAsked(octets, value.length, `announced ${announced}`);
  }
});

test("opening makes room for a few copies of the packet, and for nothing that it announces", () => {
  for (const size of [1, 100, 1200]) {
    const packet = {
      type: coap.CON,
      code: coap.POST,
      messageId: 1,
      token: hex("01"),
      options: [coap.pathOption(nodeMachine, "s")],
      payload: new Uint8Array(size),
    };
    const bytes = coap.encodePacket(nodeMachine, sealRequest(nodeMachine, PAGER, 1, packet));
    const { machine, octets } = askedMachine();
    const sealed = readSealed(machine, coap.decodePacket(machine, bytes) as coap.Packet);
    assert.ok(!isFault(sealed) && !isFault(openRequest(machine, PLATFORM, sealed)));
    // Sealed and opened text, the blocks of the cipher twice, nonce and associated data.
    assertAsked(octets, 5 * bytes.length + 160, `${size} octets`);
  }
});

test("the first block of a body makes room for itself, whatever length it announces", () => {
  for (const announced of [600, BODY_OCTETS_MAX, BODY_OCTETS_MAX + 1, 2147483647]) {
    const { machine, octets } = askedMachine();
    const options = [
      { number: coap.BLOCK_1, value: hex("0a") },
      coap.uintOption(nodeMachine, coap.SIZE_1, announced),
    ];
    const payload = new Uint8Array(64);
    const packet = { type: 0, code: coap.POST, messageId: 1, token: hex(""), options, payload };
    assemble(machine, undefined, packet, BODY_OCTETS_MAX);
    // Twice what came, and the options of the reply.
    assertAsked(octets, 2 * payload.length + 8, `announced ${announced}`);
  }
});

test("a body never makes room for more than twice its bound, however many blocks come", () => {
  const { machine, octets } = askedMachine();
  let held: ReturnType<typeof assemble>["held"];
  for (let number = 0; number < 40; number++) {
    const options = [
      { number: coap.BLOCK_1, value: Uint8Array.from([number >> 4, ((number & 15) << 4) | 8 | 5]) },
    ];
    const payload = new Uint8Array(512);
    const packet = { type: 0, code: coap.POST, messageId: 1, token: hex(""), options, payload };
    held = assemble(machine, held, packet, BODY_OCTETS_MAX).held;
  }
  assert.ok(Math.max(...octets) <= 2 * BODY_OCTETS_MAX);
  assert.is(held, undefined);
});

test("texts make no more room than their characters, up to one datagram", () => {
  const { machine, octets } = askedMachine();
  fromBase64(machine, "A".repeat(1_000_000));
  assertAsked(octets, 0, "base64");
  const reader = newSerialReader(SERIAL_UP);
  readSerial(machine, reader, `${SERIAL_UP}${"A".repeat(1_000_000)}`);
  assertAsked(octets, 0, "serial line");
  assert.ok(reader.body.length < 2000);
  fromPduLine(machine, "F".repeat(1_000_000));
  assertAsked(octets, 0, "PDU");
  for (let length = 0; length < 256; length++) {
    const asked = askedMachine();
    // The length of the content, and that of its header, announce what isn't there.
    const tpdu = Uint8Array.of(
      0x44,
      2,
      0x91,
      0x21,
      0,
      4,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      length,
      length,
      1,
      2,
    );
    decodeDeliver(asked.machine, guarded(tpdu));
    assertAsked(asked.octets, tpdu.length, `SMS of ${length}`);
  }
});

test.run();
