// OSCORE beyond the vectors of RFC 8613, which have rfc8613.test.ts: what is refused, which options
// stay outside, and what holds for all messages.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { equalBytes, toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import {
  openAnswer,
  openRequest,
  readSealed,
  sealAnswer,
  sealRequest,
} from "../../protocol/oscore.ts";
import { nonceOf } from "../../protocol/oscore-input.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER, PLATFORM } from "./contexts.ts";
import { hex } from "./octets.ts";

function sure<T>(value: T | Fault): T {
  if (isFault(value)) throw new Error(`${value.fault} at ${value.path}`);
  return value;
}

const packetOf = (octets: string) => sure(coap.decodePacket(nodeMachine, hex(octets)));
const octetsOf = (packet: coap.Packet) => toHex(coap.encodePacket(nodeMachine, packet));

const SOS: coap.Packet = {
  type: coap.CON,
  code: coap.POST,
  messageId: 4711,
  token: hex("2a"),
  options: [coap.pathOption(nodeMachine, "s")],
  payload: hex("8107"),
};

/** What goes wrong with a sealed request, as the platform sees it. */
function requestFault(change: (packet: coap.Packet) => void, context = PLATFORM): string {
  const packet = packetOf(octetsOf(sealRequest(nodeMachine, PAGER, 70000, SOS)));
  change(packet);
  const read = readSealed(nodeMachine, packet);
  if (isFault(read)) return read.fault;
  const opened = openRequest(nodeMachine, context, read);
  return isFault(opened) ? opened.fault : "no fault";
}

test("a request opens at the other end and only there", () => {
  assert.is(
    requestFault(() => {}),
    "no fault",
  );
  const wrongKey = { ...PLATFORM, recipientKey: PLATFORM.senderKey };
  assert.is(
    requestFault(() => {}, wrongKey),
    "not-authentic",
  );
  const otherPager = { ...PLATFORM, recipientId: hex("c0ffef") };
  assert.is(
    requestFault(() => {}, otherPager),
    "unknown-kid",
  );
});

test("a changed payload, Partial IV or kid opens nothing", () => {
  const optionOf = (packet: coap.Packet) =>
    packet.options[packet.options.findIndex((option) => option.number === coap.OSCORE)];
  const changes: [string, (packet: coap.Packet) => void][] = [
    ["not-authentic", (packet) => (packet.payload[0] ^= 1)],
    ["not-authentic", (packet) => (packet.payload[packet.payload.length - 1] ^= 128)],
    ["not-authentic", (packet) => (optionOf(packet).value[3] ^= 1)],
    ["unknown-kid", (packet) => (optionOf(packet).value[6] ^= 1)],
  ];
  for (const [fault, change] of changes) assert.is(requestFault(change), fault);
});

test("no option, two options and a payload that is only a tag are refused before any key", () => {
  assert.is(
    requestFault((packet) => (packet.options = [])),
    "no-oscore-option",
  );
  assert.is(
    requestFault((packet) => packet.options.push({ number: coap.OSCORE, value: hex("") })),
    "bad-oscore-option",
  );
  assert.is(
    requestFault((packet) => (packet.payload = hex("0011223344556677"))),
    "truncated",
  );
});

test("a request without kid or without Partial IV is refused", () => {
  for (const value of ["", "0114", "0807"]) {
    const fault = requestFault(
      (packet) => (packet.options = [{ number: coap.OSCORE, value: hex(value) }]),
    );
    assert.is(fault, "bad-oscore-option", value);
  }
});

test("an answer sealed as a request, and a request sealed as an answer, are refused", () => {
  const answer = { ...SOS, code: coap.CHANGED };
  const read = sure(readSealed(nodeMachine, sealRequest(nodeMachine, PAGER, 1, answer)));
  const opened = openRequest(nodeMachine, PLATFORM, read);
  assert.is(isFault(opened) ? opened.fault : "", "bad-code");
  const origin = { kid: PAGER.senderId, piv: hex("01") };
  const sealed = sealAnswer(nodeMachine, PLATFORM, origin, 5, SOS);
  const reply = openAnswer(nodeMachine, PAGER, origin, sealed);
  assert.is(isFault(reply) ? reply.fault : "", "bad-code");
});

test("an answer opens only for the request it answers [RFC 8613 §5.4]", () => {
  const packet = { ...SOS, type: coap.ACK, code: coap.CHANGED, options: [], payload: hex("") };
  for (const piv of [undefined, 9]) {
    const origin = { kid: PAGER.senderId, piv: hex("07") };
    const sealed = sealAnswer(nodeMachine, PLATFORM, origin, piv, packet);
    assert.is(sure(openAnswer(nodeMachine, PAGER, origin, sealed)).piv, piv);
    const later = openAnswer(nodeMachine, PAGER, { ...origin, piv: hex("08") }, sealed);
    assert.is(isFault(later) ? later.fault : "", "not-authentic");
  }
});

test("the bare answer is the same octets every time [wire §1.1]", () => {
  const origin = { kid: PAGER.senderId, piv: hex("011170") };
  const bare = { ...SOS, type: coap.ACK, code: coap.CHANGED, options: [], payload: hex("") };
  const once = octetsOf(sealAnswer(nodeMachine, PLATFORM, origin, undefined, bare));
  assert.is(octetsOf(sealAnswer(nodeMachine, PLATFORM, origin, undefined, bare)), once);
});

const OUTSIDE = [coap.URI_HOST, coap.URI_PORT, coap.HOP_LIMIT, coap.PROXY_URI, coap.PROXY_SCHEME];

/** 5, 6, 14, 258: If-None-Match, Observe, Max-Age, No-Response [RFC 8613 §4.1, RFC 9175 §3.2]. */
const INSIDE: [string, number[]][] = [
  ["class E", [coap.IF_MATCH, coap.ETAG, 5, coap.URI_PATH, coap.URI_QUERY, coap.ACCEPT, coap.ECHO]],
  ["class E and U, ours are inner", [coap.BLOCK_1, coap.BLOCK_2, coap.SIZE_1, coap.SIZE_2, 6, 14]],
  ["the same, or known to nobody", [coap.REQUEST_TAG, 258, 2048, 2049, 65534]],
];

for (const [name, inside] of INSIDE) {
  test(`class U options stay outside, all others go inside and nothing is seen: ${name}`, () => {
    const options = [...OUTSIDE, ...inside]
      .sort((a, b) => a - b)
      .map((number, at) => ({ number, value: hex(`5e5e5e${(at + 16).toString(16)}`) }));
    const sealed = sealRequest(nodeMachine, PAGER, 3, { ...SOS, options });
    assert.equal(
      sealed.options.map((option) => option.number),
      [...OUTSIDE, coap.OSCORE].sort((a, b) => a - b),
    );
    for (const option of options) {
      const isSeen = octetsOf(sealed).includes(toHex(option.value));
      assert.is(isSeen, OUTSIDE.includes(option.number), String(option.number));
    }
    const read = sure(readSealed(nodeMachine, sealed));
    assert.equal(sure(openRequest(nodeMachine, PLATFORM, read)).options, options);
  });
}

test("an unprotected class E option put on the outside is dropped [RFC 8613 §8.2]", () => {
  const sealed = sealRequest(nodeMachine, PAGER, 3, SOS);
  sealed.options.push({ number: coap.URI_PATH, value: hex("78") });
  const opened = sure(openRequest(nodeMachine, PLATFORM, sure(readSealed(nodeMachine, sealed))));
  assert.is(coap.pathOf(opened), "s");
});

test("two numbers, two ids or the two ends never share a nonce", () => {
  const ids = fc.uint8Array({ maxLength: 7 });
  const pivs = fc.integer({ min: 0, max: 16777215 });
  fc.assert(
    fc.property(ids, ids, pivs, pivs, (idA, idB, pivA, pivB) => {
      const piv = (value: number) => encodePiv(nodeMachine, value);
      const a = nonceOf(nodeMachine, PAGER.commonIv, idA, piv(pivA));
      const b = nonceOf(nodeMachine, PAGER.commonIv, idB, piv(pivB));
      assert.is(equalBytes(a, b), equalBytes(idA, idB) && pivA === pivB);
    }),
  );
});

test("whatever is sealed opens to the same", () => {
  const payloads = fc.uint8Array({ maxLength: 100 });
  const pivs = fc.integer({ min: 0, max: 16777215 });
  fc.assert(
    fc.property(payloads, pivs, (payload, piv) => {
      const wire = octetsOf(sealRequest(nodeMachine, PAGER, piv, { ...SOS, payload }));
      const read = sure(readSealed(nodeMachine, packetOf(wire)));
      assert.is(read.piv, piv);
      assert.equal(sure(openRequest(nodeMachine, PLATFORM, read)), { ...SOS, payload });
    }),
  );
});

test("random octets with a known kid open nothing and never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(65535), (tail, piv) => {
      const packet = sealRequest(nodeMachine, PAGER, piv, { ...SOS, payload: tail });
      packet.payload = tail;
      const read = readSealed(nodeMachine, packet);
      if (!isFault(read)) assert.ok(isFault(openRequest(nodeMachine, PLATFORM, read)));
    }),
    { numRuns: 500 },
  );
});

test.run();
