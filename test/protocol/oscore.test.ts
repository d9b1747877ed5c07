// OSCORE against RFC 8613: the messages of appendix C.4 to C.8, byte for byte, then refusals.
// Keys come from C.1 to C.3; deriving them is the platform's job and tested there.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { equalBytes, toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import {
  type Context,
  openAnswer,
  openRequest,
  readSealed,
  sealAnswer,
  sealRequest,
} from "../../protocol/oscore.ts";
import { aadOf, nonceOf } from "../../protocol/oscore-input.ts";
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

function other(context: Context): Context {
  return {
    senderId: context.recipientId,
    recipientId: context.senderId,
    senderKey: context.recipientKey,
    recipientKey: context.senderKey,
    commonIv: context.commonIv,
  };
}

/** The clients of C.1.1, C.2.1 and C.3.1. */
const C1: Context = {
  senderId: hex(""),
  recipientId: hex("01"),
  senderKey: hex("f0910ed7295e6ad4b54fc793154302ff"),
  recipientKey: hex("ffb14e093c94c9cac9471648b4f98710"),
  commonIv: hex("4622d4dd6d944168eefb54987c"),
};
const C2: Context = {
  senderId: hex("00"),
  recipientId: hex("01"),
  senderKey: hex("321b26943253c7ffb6003b0b64d74041"),
  recipientKey: hex("e57b5635815177cd679ab4bcec9d7dda"),
  commonIv: hex("be35ae297d2dace910c52e99f9"),
};
const C3: Context = {
  senderId: hex(""),
  recipientId: hex("01"),
  senderKey: hex("af2a1300a5e95788b356336eeecd2b92"),
  recipientKey: hex("e39a0c7c77b43f03b4b39ab9a268699f"),
  commonIv: hex("2ca58fb85ff1b81c0b7181b85e"),
  kidContext: hex("37cbf3210017a2d3"),
};

const REQUESTS = [
  {
    name: "C.4",
    context: C1,
    plain: "44015d1f00003974396c6f63616c686f737483747631",
    aad: "8368456e63727970743040488501810a40411440",
    nonce: "4622d4dd6d944168eefb549868",
    sealed: "44025d1f00003974396c6f63616c686f7374620914ff612f1092f1776f1c1668b3825e",
  },
  {
    name: "C.5",
    context: C2,
    plain: "440171c30000b932396c6f63616c686f737483747631",
    aad: "8368456e63727970743040498501810a4100411440",
    nonce: "bf35ae297d2dace910c52e99ed",
    sealed: "440271c30000b932396c6f63616c686f737463091400ff4ed339a5a379b0b8bc731fffb0",
  },
  {
    name: "C.6",
    context: C3,
    plain: "44012f8eef9bbf7a396c6f63616c686f737483747631",
    aad: "8368456e63727970743040488501810a40411440",
    nonce: "2ca58fb85ff1b81c0b7181b84a",
    sealed:
      "44022f8eef9bbf7a396c6f63616c686f73746b19140837cbf3210017a2d3" +
      "ff72cd7273fd331ac45cffbe55c3",
  },
];

for (const { name, context, plain, aad, nonce, sealed } of REQUESTS) {
  test(`RFC 8613 ${name}: associated data and nonce`, () => {
    assert.is(toHex(aadOf(nodeMachine, context.senderId, hex("14"))), aad);
    const made = nonceOf(nodeMachine, context.commonIv, context.senderId, hex("14"));
    assert.is(toHex(made), nonce);
  });

  test(`RFC 8613 ${name}: the request is sealed to the published octets`, () => {
    assert.is(octetsOf(sealRequest(nodeMachine, context, 20, packetOf(plain))), sealed);
  });

  test(`RFC 8613 ${name}: the published octets open to the request`, () => {
    const read = sure(readSealed(nodeMachine, packetOf(sealed)));
    assert.is(read.piv, 20);
    assert.equal(read.kidContext, context.kidContext);
    assert.is(octetsOf(sure(openRequest(nodeMachine, other(context), read))), plain);
  });
}

const ANSWER = "64455d1f00003974ff48656c6c6f20576f726c6421";
const C4_ORIGIN = { kid: hex(""), piv: hex("14") };
const ANSWERS = [
  {
    name: "C.7",
    piv: undefined,
    sealed: "64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106",
  },
  {
    name: "C.8",
    piv: 0,
    sealed: "64445d1f00003974920100ff4d4c13669384b67354b2b6175ff4b8658c666a6cf88e",
  },
];

for (const { name, piv, sealed } of ANSWERS) {
  test(`RFC 8613 ${name}: the answer to C.4 is sealed to the published octets`, () => {
    const packet = sealAnswer(nodeMachine, other(C1), C4_ORIGIN, piv, packetOf(ANSWER));
    assert.is(octetsOf(packet), sealed);
  });

  test(`RFC 8613 ${name}: the published octets open to the answer`, () => {
    const opened = sure(openAnswer(nodeMachine, C1, C4_ORIGIN, packetOf(sealed)));
    assert.is(opened.piv, piv);
    assert.is(octetsOf(opened), ANSWER);
  });
}

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

test("class U options stay outside, all others go inside and nothing of them is seen", () => {
  const outside = [coap.URI_HOST, coap.URI_PORT, coap.HOP_LIMIT, coap.PROXY_URI, coap.PROXY_SCHEME];
  const inside = [coap.IF_MATCH, coap.ETAG, coap.URI_PATH, coap.URI_QUERY, coap.ECHO, 2049];
  const options = [...outside, ...inside]
    .sort((a, b) => a - b)
    .map((number, at) => ({ number, value: hex(`5e5e5e${(at + 16).toString(16)}`) }));
  const sealed = sealRequest(nodeMachine, PAGER, 3, { ...SOS, options });
  assert.equal(
    sealed.options.map((option) => option.number),
    [coap.URI_HOST, coap.URI_PORT, coap.OSCORE, coap.HOP_LIMIT, coap.PROXY_URI, coap.PROXY_SCHEME],
  );
  for (const option of options) {
    assert.is(octetsOf(sealed).includes(toHex(option.value)), outside.includes(option.number));
  }
  const read = sure(readSealed(nodeMachine, sealed));
  assert.equal(sure(openRequest(nodeMachine, PLATFORM, read)).options, options);
});

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
