// OSCORE against RFC 8613 under its numbers: the key derivations C.1 to C.3 with their nonces, the
// messages C.4 to C.8 octet by octet both ways, and the compressed objects of §6.3.

import { hkdfSync } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
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
import { decodeOscoreOption, encodeOscoreOption } from "../../protocol/oscore-option.ts";
import { deriveContext, mirrorOf } from "../../sdk/keys.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { octetsOf as bytesOf } from "../../sdk/octets.ts";
import { guarded, hex } from "./octets.ts";

function sure<T>(value: T | Fault): T {
  if (isFault(value)) throw new Error(`${value.fault} at ${value.path}`);
  return value;
}

const packetOf = (octets: string) => sure(coap.decodePacket(nodeMachine, guarded(hex(octets))));
const octetsOf = (packet: coap.Packet) => toHex(coap.encodePacket(nodeMachine, packet));

const MASTER_SECRET = "0102030405060708090a0b0c0d0e0f10";
const MASTER_SALT = "9e7ca92223786340";
const ID_CONTEXT = "37cbf3210017a2d3";

/** The client's side; at the server's sender and recipient change places. */
const DERIVATIONS = [
  {
    name: "C.1",
    salt: MASTER_SALT,
    senderId: "",
    recipientId: "01",
    senderInfo: "8540f60a634b657910",
    recipientInfo: "854101f60a634b657910",
    ivInfo: "8540f60a6249560d",
    senderKey: "f0910ed7295e6ad4b54fc793154302ff",
    recipientKey: "ffb14e093c94c9cac9471648b4f98710",
    commonIv: "4622d4dd6d944168eefb54987c",
    senderNonce: "4622d4dd6d944168eefb54987c",
    recipientNonce: "4722d4dd6d944169eefb54987c",
  },
  {
    // C.2.2 prints the client's nonce for both ends, which no two ids share; C.2.1 has it right.
    name: "C.2",
    salt: "",
    senderId: "00",
    recipientId: "01",
    senderInfo: "854100f60a634b657910",
    recipientInfo: "854101f60a634b657910",
    ivInfo: "8540f60a6249560d",
    senderKey: "321b26943253c7ffb6003b0b64d74041",
    recipientKey: "e57b5635815177cd679ab4bcec9d7dda",
    commonIv: "be35ae297d2dace910c52e99f9",
    senderNonce: "bf35ae297d2dace910c52e99f9",
    recipientNonce: "bf35ae297d2dace810c52e99f9",
  },
  {
    name: "C.3",
    salt: MASTER_SALT,
    senderId: "",
    recipientId: "01",
    idContext: ID_CONTEXT,
    senderInfo: "85404837cbf3210017a2d30a634b657910",
    recipientInfo: "8541014837cbf3210017a2d30a634b657910",
    ivInfo: "85404837cbf3210017a2d30a6249560d",
    senderKey: "af2a1300a5e95788b356336eeecd2b92",
    recipientKey: "e39a0c7c77b43f03b4b39ab9a268699f",
    commonIv: "2ca58fb85ff1b81c0b7181b85e",
    senderNonce: "2ca58fb85ff1b81c0b7181b85e",
    recipientNonce: "2da58fb85ff1b81d0b7181b85e",
  },
];

type Derivation = (typeof DERIVATIONS)[number];

function contextOf(vector: Derivation, end: "client" | "server" = "client"): Context {
  const { salt, idContext } = vector;
  const ids = [bytesOf(vector.senderId), bytesOf(vector.recipientId)];
  const [senderId, recipientId] = end === "client" ? ids : ids.reverse();
  return deriveContext(
    { secret: bytesOf(MASTER_SECRET), salt: bytesOf(salt) },
    { senderId, recipientId, idContext: idContext === undefined ? undefined : bytesOf(idContext) },
  );
}

for (const vector of DERIVATIONS) {
  const context = contextOf(vector);
  const nonce = (id: string) =>
    toHex(nonceOf(nodeMachine, hex(vector.commonIv), hex(id), hex("00")));

  test(`RFC 8613 ${vector.name}: each published info gives its key`, () => {
    const { salt, senderInfo, recipientInfo, ivInfo } = vector;
    const made = (info: string, length: number) => {
      const key = hkdfSync("sha256", bytesOf(MASTER_SECRET), bytesOf(salt), bytesOf(info), length);
      return Buffer.from(key).toString("hex");
    };
    assert.is(made(senderInfo, 16), vector.senderKey);
    assert.is(made(recipientInfo, 16), vector.recipientKey);
    assert.is(made(ivInfo, 13), vector.commonIv);
  });

  test(`RFC 8613 ${vector.name}.1, ${vector.name}.2: client and server derive the same`, () => {
    assert.is(toHex(context.senderKey), vector.senderKey);
    assert.is(toHex(context.recipientKey), vector.recipientKey);
    assert.is(toHex(context.commonIv), vector.commonIv);
    assert.equal(contextOf(vector, "server"), mirrorOf(context));
  });

  test(`RFC 8613 ${vector.name}: the nonces of both ends with a Partial IV of 0`, () => {
    assert.is(nonce(vector.senderId), vector.senderNonce);
    assert.is(nonce(vector.recipientId), vector.recipientNonce);
  });
}

const [C1, C2, C3] = DERIVATIONS.map((vector) => contextOf(vector));

/** Unprotected, what goes into the cipher, and protected: under the sender's number 20. */
const REQUESTS = [
  {
    name: "C.4",
    context: C1,
    plain: "44015d1f00003974396c6f63616c686f737483747631",
    aad: "8368456e63727970743040488501810a40411440",
    nonce: "4622d4dd6d944168eefb549868",
    option: "0914",
    ciphertext: "612f1092f1776f1c1668b3825e",
    sealed: "44025d1f00003974396c6f63616c686f7374620914ff612f1092f1776f1c1668b3825e",
  },
  {
    name: "C.5",
    context: C2,
    plain: "440171c30000b932396c6f63616c686f737483747631",
    aad: "8368456e63727970743040498501810a4100411440",
    nonce: "bf35ae297d2dace910c52e99ed",
    option: "091400",
    ciphertext: "4ed339a5a379b0b8bc731fffb0",
    sealed: "440271c30000b932396c6f63616c686f737463091400ff4ed339a5a379b0b8bc731fffb0",
  },
  {
    name: "C.6",
    context: { ...C3, kidContext: hex(ID_CONTEXT) },
    plain: "44012f8eef9bbf7a396c6f63616c686f737483747631",
    aad: "8368456e63727970743040488501810a40411440",
    nonce: "2ca58fb85ff1b81c0b7181b84a",
    option: "19140837cbf3210017a2d3",
    ciphertext: "72cd7273fd331ac45cffbe55c3",
    sealed:
      "44022f8eef9bbf7a396c6f63616c686f73746b19140837cbf3210017a2d3" +
      "ff72cd7273fd331ac45cffbe55c3",
  },
];

for (const { name, context, plain, aad, nonce, option, ciphertext, sealed } of REQUESTS) {
  test(`RFC 8613 ${name}: associated data and nonce`, () => {
    assert.is(toHex(aadOf(nodeMachine, context.senderId, hex("14"))), aad);
    const made = nonceOf(nodeMachine, context.commonIv, context.senderId, hex("14"));
    assert.is(toHex(made), nonce);
  });

  test(`RFC 8613 ${name}: option, ciphertext and the whole request are the published octets`, () => {
    const packet = sealRequest(nodeMachine, context, 20, packetOf(plain));
    const value = coap.optionValue(packet, coap.OSCORE);
    assert.is(value === undefined ? "" : toHex(value), option);
    assert.is(toHex(packet.payload), ciphertext);
    assert.is(octetsOf(packet), sealed);
  });

  test(`RFC 8613 ${name}: the published octets open to the request`, () => {
    const read = sure(readSealed(nodeMachine, packetOf(sealed)));
    assert.is(read.piv, 20);
    assert.equal(read.kidContext, context.kidContext);
    assert.is(octetsOf(sure(openRequest(nodeMachine, mirrorOf(context), read))), plain);
  });
}

const ANSWER = "64455d1f00003974ff48656c6c6f20576f726c6421";
const C4_ORIGIN = { kid: hex(""), piv: hex("14") };
const ANSWERS = [
  {
    name: "C.7",
    piv: undefined,
    nonce: "4622d4dd6d944168eefb549868",
    sealed: "64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106",
  },
  {
    name: "C.8",
    piv: 0,
    nonce: "4722d4dd6d944169eefb54987c",
    sealed: "64445d1f00003974920100ff4d4c13669384b67354b2b6175ff4b8658c666a6cf88e",
  },
];

for (const { name, piv, nonce, sealed } of ANSWERS) {
  test(`RFC 8613 ${name}: the answer to C.4 is sealed to the published octets`, () => {
    const packet = sealAnswer(nodeMachine, mirrorOf(C1), C4_ORIGIN, piv, packetOf(ANSWER));
    assert.is(octetsOf(packet), sealed);
  });

  test(`RFC 8613 ${name}: nonce and associated data`, () => {
    const own = piv === undefined ? C4_ORIGIN : { kid: hex("01"), piv: hex("00") };
    assert.is(toHex(nonceOf(nodeMachine, C1.commonIv, own.kid, own.piv)), nonce);
    const aad = aadOf(nodeMachine, C4_ORIGIN.kid, C4_ORIGIN.piv);
    assert.is(toHex(aad), "8368456e63727970743040488501810a40411440");
  });

  test(`RFC 8613 ${name}: the published octets open to the answer`, () => {
    const opened = sure(openAnswer(nodeMachine, C1, C4_ORIGIN, packetOf(sealed)));
    assert.is(opened.piv, piv);
    assert.is(octetsOf(opened), ANSWER);
  });
}

/** Value of the option, and what is in it [RFC 8613 §6.3]. */
const COMPRESSED = [
  { number: 1, value: "090525", option: { piv: hex("05"), kid: hex("25") } },
  { number: 2, value: "0900", option: { piv: hex("00"), kid: hex("") } },
  {
    number: 3,
    value: "19050544616c656b",
    option: { piv: hex("05"), kidContext: hex("44616c656b"), kid: hex("") },
  },
  { number: 4, value: "", option: {} },
  { number: 5, value: "0107", option: { piv: hex("07") } },
];

for (const { number, value, option } of COMPRESSED) {
  test(`RFC 8613 §6.3, example ${number}: option "${value}" both ways`, () => {
    assert.is(toHex(encodeOscoreOption(nodeMachine, option)), value);
    assert.equal(decodeOscoreOption(nodeMachine, guarded(hex(value))), option);
  });
}

test.run();
