// One meaning has one form in OSCORE, option and seal: what is written is read as it was, and what was
// opened is sealed as it stood.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import { KID_OCTETS_MAX, PIV_MAX } from "../../protocol/limits.ts";
import {
  openAnswer,
  openRequest,
  readSealed,
  sealAnswer,
  sealRequest,
} from "../../protocol/oscore.ts";
import {
  decodeOscoreOption,
  encodeOscoreOption,
  encodePiv,
  type OscoreOption,
} from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER, PLATFORM } from "./contexts.ts";
import { guarded } from "./octets.ts";

function sure<T>(value: T | Fault): T {
  if (isFault(value)) throw new Error(`${value.fault} at ${value.path}`);
  return value;
}

const octetsUpTo = (maxLength: number) => fc.uint8Array({ maxLength });
const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: PIV_MAX }));
const option: fc.Arbitrary<OscoreOption> = fc.record(
  {
    piv: number.map((piv) => encodePiv(nodeMachine, piv)),
    kidContext: octetsUpTo(255),
    kid: octetsUpTo(KID_OCTETS_MAX),
  },
  { requiredKeys: [], noNullPrototype: true },
);

test("OSCORE option: decode(encode(x)) is x, with what is empty told from what is absent", () => {
  fc.assert(
    fc.property(option, (given) => {
      const octets = encodeOscoreOption(nodeMachine, given);
      assert.equal(decodeOscoreOption(nodeMachine, guarded(octets)), given);
    }),
    { numRuns: 1000 },
  );
});

test("OSCORE option: a number with a zero before it is refused", () => {
  fc.assert(
    fc.property(option, fc.integer({ min: 1, max: 2 }), (given, zeros) => {
      if (given.piv === undefined) return;
      const piv = Uint8Array.from([...new Uint8Array(zeros), ...(given.piv as Uint8Array)]);
      const octets = encodeOscoreOption(nodeMachine, { ...given, piv });
      const back = decodeOscoreOption(nodeMachine, guarded(octets));
      assert.is(isFault(back) ? back.fault : "read", "bad-oscore-option");
    }),
  );
});

/** Any request with options of both classes, in any order. */
const packet: fc.Arbitrary<coap.Packet> = fc.record({
  type: fc.integer({ min: 0, max: 1 }),
  code: fc.integer({ min: 1, max: 31 }),
  messageId: fc.integer({ min: 0, max: 65535 }),
  token: octetsUpTo(8),
  options: fc.array(
    fc.record({ number: fc.constantFrom(3, 7, 11, 12, 23, 27, 252), value: octetsUpTo(20) }),
    { maxLength: 6 },
  ),
  payload: octetsUpTo(100),
});

const octetsOf = (one: coap.Packet) => toHex(coap.encodePacket(nodeMachine, one));

test("OSCORE: a request that was opened and is sealed again is the same datagram", () => {
  fc.assert(
    fc.property(packet, number, (request, piv) => {
      const datagram = coap.encodePacket(
        nodeMachine,
        sealRequest(nodeMachine, PAGER, piv, request),
      );
      const sealed = sure(
        readSealed(nodeMachine, sure(coap.decodePacket(nodeMachine, guarded(datagram)))),
      );
      const opened = sure(openRequest(nodeMachine, PLATFORM, sealed));
      assert.is(octetsOf(opened), octetsOf(request));
      assert.is(octetsOf(sealRequest(nodeMachine, PAGER, piv, opened)), toHex(datagram));
    }),
  );
});

test("OSCORE: an answer that was opened and is sealed again is the same datagram", () => {
  const own = fc.option(number, { nil: undefined });
  fc.assert(
    fc.property(packet, number, own, (like, asked, ownPiv) => {
      const answer = { ...like, code: coap.CHANGED };
      const origin = { kid: PAGER.senderId, piv: encodePiv(nodeMachine, asked) };
      const sealed = sealAnswer(nodeMachine, PLATFORM, origin, ownPiv, answer);
      const { piv, ...opened } = sure(openAnswer(nodeMachine, PAGER, origin, sealed));
      assert.is(piv, ownPiv);
      assert.is(octetsOf(opened), octetsOf(answer));
      const again = sealAnswer(nodeMachine, PLATFORM, origin, ownPiv, opened);
      assert.is(octetsOf(again), octetsOf(sealed));
    }),
  );
});

test("OSCORE: a changed octet anywhere in a sealed datagram opens nothing, or nothing else", () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(packet, number, change, (request, piv, [at, by]) => {
      const sealed = sealRequest(nodeMachine, PAGER, piv, { ...request, options: [] });
      const datagram = coap.encodePacket(nodeMachine, sealed) as Uint8Array;
      datagram[at % datagram.length] ^= by;
      const read = coap.decodePacket(nodeMachine, guarded(datagram));
      const again = isFault(read) ? read : readSealed(nodeMachine, read);
      const opened = isFault(again) ? again : openRequest(nodeMachine, PLATFORM, again);
      if (isFault(opened)) return;
      // The header and the options outside are not covered; what is inside is what was sealed.
      assert.is(opened.code, request.code);
      assert.equal(opened.payload, request.payload);
    }),
    { numRuns: 500 },
  );
});

test.run();
