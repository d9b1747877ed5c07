// CoAP packets beyond the clauses of the RFC: our own bounds, order of options, and what holds for
// all packets; the clauses have rfc7252.test.ts and rfc7252-rules.test.ts.

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

test("a seventeenth option is refused, a sixteenth is not", () => {
  assert.is(faultOf(`40010000 ${"10".repeat(16)}`), "no fault");
  assert.is(faultOf(`40010000 ${"10".repeat(17)}`), "too-many-options");
});

test("a datagram above 1280 octets is refused unread, one of 1280 is not", () => {
  const packet = decoded("40020000 ff01");
  packet.payload = nodeMachine.bytes(1275);
  const datagram = coap.encodePacket(nodeMachine, packet);
  assert.is(datagram.length, 1280);
  assert.not(isFault(coap.decodePacket(nodeMachine, datagram)));
  assert.is(faultOf(`${toHex(datagram)}00`), "too-long");
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
