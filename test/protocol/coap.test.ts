// CoAP packets against RFC 7252: the examples of appendix A and every refusal of section 3.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromText, toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";

const text = (value: string) => fromText(nodeMachine, value);

function decoded(octets: string): coap.Packet {
  const packet = coap.decodePacket(nodeMachine, guarded(hex(octets)));
  if (isFault(packet)) throw new Error(`${packet.fault} at ${packet.path}`);
  return packet;
}

function faultOf(octets: string): string {
  const packet = coap.decodePacket(nodeMachine, guarded(hex(octets)));
  return isFault(packet) ? packet.fault : "no fault";
}

const TEMPERATURE = [{ number: coap.URI_PATH, value: text("temperature") }];
const NOTHING = hex("");

/** Name of the figure, octets, packet [RFC 7252 §A]. */
const EXAMPLES: [string, string, coap.Packet][] = [
  [
    "figure 16, request",
    "40017d34 bb74656d7065726174757265",
    {
      type: coap.CON,
      code: coap.GET,
      messageId: 0x7d34,
      token: NOTHING,
      options: TEMPERATURE,
      payload: NOTHING,
    },
  ],
  [
    "figure 16, piggybacked response",
    "60457d34 ff32322e332043",
    {
      type: coap.ACK,
      code: coap.CONTENT,
      messageId: 0x7d34,
      token: NOTHING,
      options: [],
      payload: text("22.3 C"),
    },
  ],
  [
    "figure 17, request with a token",
    "41017d35 20 bb74656d7065726174757265",
    {
      type: coap.CON,
      code: coap.GET,
      messageId: 0x7d35,
      token: hex("20"),
      options: TEMPERATURE,
      payload: NOTHING,
    },
  ],
  [
    "figure 20, empty acknowledgement",
    "60007d38",
    {
      type: coap.ACK,
      code: coap.EMPTY,
      messageId: 0x7d38,
      token: NOTHING,
      options: [],
      payload: NOTHING,
    },
  ],
  [
    "figure 22, non-confirmable request",
    "51017d40 75 bb74656d7065726174757265",
    {
      type: coap.NON,
      code: coap.GET,
      messageId: 0x7d40,
      token: hex("75"),
      options: TEMPERATURE,
      payload: NOTHING,
    },
  ],
];

for (const [name, octets, packet] of EXAMPLES) {
  test(`RFC 7252 appendix A, ${name}: both ways`, () => {
    assert.is(toHex(coap.encodePacket(nodeMachine, packet)), octets.replaceAll(" ", ""));
    assert.equal(decoded(octets), packet);
  });
}

/** What is wrong, octets, fault. */
const REFUSALS: [string, string, string][] = [
  ["nothing at all", "", "truncated"],
  ["a header cut short", "400112", "truncated"],
  ["version 0", "00010000", "bad-version"],
  ["version 2", "80010000", "bad-version"],
  ["version 3", "c0010000", "bad-version"],
  ["a token length of 9", "49010000 010203040506070809", "bad-token"],
  ["a token length of 15", "4f010000 0102030405060708090a0b0c0d0e0f", "bad-token"],
  ["a token cut short", "48010000 01020304050607", "truncated"],
  ["a reserved class 1", "40210000", "bad-code"],
  ["a reserved class 6", "40c00000", "bad-code"],
  ["a reserved class 7", "40e10000", "bad-code"],
  ["an empty message with a token", "41000000 01", "bad-empty"],
  ["an empty message with a payload", "40000000 ff01", "bad-empty"],
  ["a marker with no payload", "40010000 ff", "bad-marker"],
  ["a marker with no payload behind an option", "40010000 b173 ff", "bad-marker"],
  ["an option delta of 15", "40010000 f0", "bad-option"],
  ["an option length of 15", "40010000 bf", "bad-option"],
  ["an option value cut short", "40010000 b27a", "truncated"],
  ["a delta octet that is missing", "40010000 d0", "truncated"],
  ["one delta octet of two", "40010000 e000", "truncated"],
  ["a length octet that is missing", "40010000 bd", "truncated"],
  ["both delta and length octets short", "40010000 ee000000", "truncated"],
  ["an option number above 65535", "40010000 e0fef3 e0fef3", "bad-option"],
  ["a seventeenth option", `40010000 ${"10".repeat(17)}`, "too-many-options"],
];

for (const [name, octets, fault] of REFUSALS) {
  test(`refused: ${name}`, () => assert.is(faultOf(octets), fault));
}

test("a datagram above 1280 octets is refused unread, one of 1280 is not", () => {
  const packet = decoded("40020000 ff01");
  packet.payload = nodeMachine.bytes(1275);
  const datagram = coap.encodePacket(nodeMachine, packet);
  assert.is(datagram.length, 1280);
  assert.not(isFault(coap.decodePacket(nodeMachine, datagram)));
  assert.is(faultOf(`${toHex(datagram)}00`), "too-long");
});

test("deltas and lengths of 12, 13, 268 and 269 take none, one and two octets more", () => {
  for (const [size, octets] of [
    [12, 6],
    [13, 8],
    [268, 8],
    [269, 10],
  ]) {
    const packet = decoded("40020000");
    packet.options = [{ number: size, value: nodeMachine.bytes(size) }];
    const datagram = coap.encodePacket(nodeMachine, packet);
    assert.is(datagram.length, octets - 1 + size, `size ${size}`);
    assert.equal(decoded(toHex(datagram)), packet);
  }
});

test("options are written in ascending order and those of one number keep theirs", () => {
  const packet = decoded("40020000");
  packet.options = [
    { number: 11, value: text("b") },
    { number: 3, value: text("h") },
    { number: 11, value: text("a") },
  ];
  const back = decoded(toHex(coap.encodePacket(nodeMachine, packet)));
  assert.equal(
    back.options.map((option) => option.number),
    [3, 11, 11],
  );
  assert.is(coap.pathOf(back), "b/a");
  assert.equal(coap.optionValue(back, 3), text("h"));
  assert.is(coap.optionValue(back, 4), undefined);
});

test("an unknown critical option is named, an unknown elective one isn't", () => {
  const packet = decoded("40020000");
  const known = [coap.OSCORE, coap.URI_PATH];
  packet.options = [
    { number: 4, value: hex("01") },
    { number: 9, value: hex("") },
    { number: 11, value: text("s") },
    { number: 11, value: text("t") },
  ];
  assert.is(coap.unknownCritical(packet, known), 0);
  packet.options.push({ number: 17, value: hex("") });
  assert.is(coap.unknownCritical(packet, known), 17);
});

test("a critical option that may stand once is refused where it stands twice", () => {
  const packet = decoded("40020000");
  packet.options = [
    { number: 9, value: hex("") },
    { number: 9, value: hex("") },
  ];
  assert.is(coap.unknownCritical(packet, [coap.OSCORE]), 9);
});

/** Records with the prototype of literals, so that they compare equal to decoded ones. */
const PLAIN = { noNullPrototype: true };
const option = fc.record(
  { number: fc.integer({ min: 0, max: 2000 }), value: fc.uint8Array({ maxLength: 40 }) },
  PLAIN,
);
const anyPacket = fc.record(
  {
    type: fc.integer({ min: 0, max: 3 }),
    code: fc.constantFrom(coap.GET, coap.POST, coap.CHANGED, coap.BAD_REQUEST, 31, 95, 191),
    messageId: fc.integer({ min: 0, max: 65535 }),
    token: fc.uint8Array({ maxLength: 8 }),
    options: fc.array(option, { maxLength: 16 }),
    payload: fc.uint8Array({ maxLength: 60 }),
  },
  PLAIN,
);

test("a packet is read back as it was, with its options sorted", () => {
  fc.assert(
    fc.property(anyPacket, (packet) => {
      const octets = toHex(coap.encodePacket(nodeMachine, packet));
      const options = packet.options
        .map((one, at) => ({ one, at }))
        .sort((a, b) => a.one.number - b.one.number || a.at - b.at)
        .map((row) => row.one);
      assert.equal(decoded(octets), { ...packet, options });
    }),
  );
});

test("a packet has one form: what is read is written back octet by octet, whatever it was", () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(anyPacket, fc.array(change, { maxLength: 3 }), (packet, changes) => {
      const octets = coap.encodePacket(nodeMachine, packet);
      for (const [at, value] of changes) octets[at % octets.length] = value;
      const back = coap.decodePacket(nodeMachine, guarded(octets));
      if (!isFault(back)) assert.is(toHex(coap.encodePacket(nodeMachine, back)), toHex(octets));
    }),
    { numRuns: 1000 },
  );
});

test("random octets never throw and are never read past their end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
      coap.decodePacket(nodeMachine, guarded(tail));
      coap.decodePacket(nodeMachine, guarded(new Uint8Array([0x40, 0x02, 0, 0, ...tail])));
    }),
    { numRuns: 2000 },
  );
});

test.run();
