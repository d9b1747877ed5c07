// The file vectors.json, read by strangers (cbor-x, node:crypto) and by our own ends: all say the same octets.

import { createCipheriv, hkdfSync } from "node:crypto";
import { Encoder } from "cbor-x";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromSmsText } from "../../protocol/base64.ts";
import { toHex } from "../../protocol/bytes.ts";
import { decodePacket, type Packet } from "../../protocol/coap.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { type Context, openAnswer, openRequest, readSealed } from "../../protocol/oscore.ts";
import { newSerialReader, readSerial } from "../../protocol/serial-line.ts";
import { fromPduLine } from "../../protocol/sms-pdu.ts";
import { decodeDeliver, decodeSubmit } from "../../protocol/sms-reader.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { SealedVector } from "../../tools/docs/seal.ts";
import { plain, wireOf } from "./any-values.ts";
import { guarded } from "./octets.ts";
import { conversations, messageOf, octets, readVectors, saidOf } from "./vector-file.ts";

const vectors = readVectors();
const talks = conversations(vectors);
const sealed = talks.flatMap(({ name, steps }) => steps.map((step) => ({ name, step })));
const encoder = new Encoder({ tagUint8Array: false, useRecords: false });
const cbor = (item: unknown): Uint8Array => Uint8Array.from(encoder.encode(item));
const hex = (bytes: ArrayLike<number>): string => Buffer.from(Array.from(bytes)).toString("hex");

const contextOf = (slot: number) => vectors.contexts[slot];

/** One end of a context, from the file alone. */
function endOf(slot: number, from: "pager" | "platform"): Context {
  const { pagerId, platformId, pagerKey, platformKey, commonIv } = contextOf(slot);
  const [senderId, recipientId] = from === "pager" ? [pagerId, platformId] : [platformId, pagerId];
  const keys = from === "pager" ? [pagerKey, platformKey] : [platformKey, pagerKey];
  return {
    senderId: octets(senderId),
    recipientId: octets(recipientId),
    senderKey: octets(keys[0]),
    recipientKey: octets(keys[1]),
    commonIv: octets(commonIv),
  };
}

for (const context of vectors.contexts) {
  test(`slot ${context.slot}: keys and IV follow from the secret [RFC 8613 §3.2.1]`, () => {
    const derive = (id: string, type: string, length: number) => {
      const info = cbor([octets(id), null, 10, type, length]);
      const { masterSecret, masterSalt } = context;
      return hex(
        new Uint8Array(hkdfSync("sha256", octets(masterSecret), octets(masterSalt), info, length)),
      );
    };
    assert.is(context.pagerKey, derive(context.pagerId, "Key", 16));
    assert.is(context.platformKey, derive(context.platformId, "Key", 16));
    assert.is(context.commonIv, derive("", "IV", 13));
  });
}

for (const message of MESSAGES) {
  const mine = vectors.messages.filter((vector) => vector.message === message.name);

  test(`${message.name}: values and payload agree, by us and by cbor-x, in ${mine.length} vectors`, () => {
    for (const vector of mine) {
      const said = saidOf(vector);
      const wire = wireOf(message, said);
      assert.is(toHex(encodeMessage(nodeMachine, message, said as never)), vector.payload);
      assert.is(wire.length === 0 ? "" : hex(cbor(wire)), vector.payload, vector.name);
      const back = decodeMessage(nodeMachine, message, guarded(octets(vector.payload)));
      assert.equal(plain(back), plain(said), vector.name);
    }
  });

  test(`${message.name}: there is a smallest, an ordinary and a widest, and one with flags`, () => {
    const variants = mine.map((vector) => vector.name.split(", ")[1]);
    const hasFlags = message.fields.some((field) => field.flag !== undefined);
    const wanted = ["smallest", "ordinary", "widest", ...(hasFlags ? ["flagged"] : [])];
    assert.equal(
      wanted.filter((variant) => !variants.includes(variant)),
      [],
    );
  });
}

/** Length of the id, id and number filled up to the left, over the common IV [RFC 8613 §5.2]. */
function nonceOf(step: SealedVector): string {
  const { commonIv } = contextOf(step.context);
  const end = endOf(step.context, step.from);
  const id = step.piv === undefined ? octets(step.requestKid) : (end.senderId as Uint8Array);
  const piv = octets(step.piv ?? step.requestPiv);
  const filled = Buffer.concat([
    Buffer.from([id.length]),
    Buffer.alloc(7 - id.length),
    id,
    Buffer.alloc(5 - piv.length),
    piv,
  ]);
  return hex(octets(commonIv).map((octet, at) => octet ^ filled[at]));
}

test("every nonce and all associated data are as the RFC makes them [RFC 8613 §5.2, §5.4]", () => {
  assert.ok(sealed.length > 150);
  for (const { name, step } of sealed) {
    assert.is(step.nonce, nonceOf(step), name);
    const request = [octets(step.requestKid), octets(step.requestPiv)];
    const external = cbor([1, [10], ...request, new Uint8Array(0)]);
    assert.is(step.aad, hex(cbor(["Encrypt0", new Uint8Array(0), external])), name);
  }
});

test("node:crypto seals every plaintext to the end of its datagram", () => {
  for (const { name, step } of sealed) {
    const key = endOf(step.context, step.from).senderKey as Uint8Array;
    const cipher = createCipheriv("aes-128-ccm", key, octets(step.nonce), { authTagLength: 8 });
    const text = octets(step.plaintext);
    cipher.setAAD(octets(step.aad), { plaintextLength: text.length });
    const ciphertext = `${cipher.update(text).toString("hex")}${cipher.final("hex")}`;
    assert.ok(step.datagram.endsWith(`ff${ciphertext}${hex(cipher.getAuthTag())}`), name);
  }
});

test("no key and nonce serve two texts, in all vectors [wire §1.1]", () => {
  const texts = new Map<string, string>();
  for (const { name, step } of sealed) {
    const place = `${step.context} ${step.from} ${step.nonce}`;
    const text = `${step.aad} ${step.plaintext}`;
    assert.is(texts.get(place) ?? text, text, name);
    texts.set(place, text);
  }
  assert.is(texts.size, sealed.length);
});

test("under a request's nonce there is only the bare answer of 16 octets [wire §1.1]", () => {
  const bare = sealed.filter(({ step }) => step.piv === undefined);
  assert.ok(bare.length > 5);
  for (const { step } of bare) {
    assert.equal([step.plaintext, step.datagram.length], ["44", 32]);
  }
});

function sealedOf(datagram: string) {
  const packet = decodePacket(nodeMachine, guarded(octets(datagram)));
  return isFault(packet) ? packet : readSealed(nodeMachine, packet);
}

/** What a platform of slot 0, or whichever end it is for, makes of a request. */
function openedBy(end: Context, datagram: string): Packet | Fault {
  const read = sealedOf(datagram);
  return isFault(read) ? read : openRequest(nodeMachine, end, read);
}

function openStep(step: SealedVector): Packet | Fault {
  const end = endOf(step.context, step.from === "pager" ? "platform" : "pager");
  if (step.code.startsWith("0.")) return openedBy(end, step.datagram);
  const packet = decodePacket(nodeMachine, guarded(octets(step.datagram)));
  const origin = { kid: octets(step.requestKid), piv: octets(step.requestPiv) };
  return isFault(packet) ? packet : openAnswer(nodeMachine, end, origin, packet);
}

test("the other end opens every datagram and finds what was said", () => {
  for (const { name, step } of sealed) {
    const opened = openStep(step);
    if (isFault(opened)) throw new Error(`${name}: ${opened.fault} in ${opened.path}`);
    assert.is(toHex(opened.payload), step.payload, name);
    assert.is(opened.messageId, step.messageId);
  }
});

test("a body in blocks is put together to the payload of its vector", () => {
  const inBlocks = vectors.messages.filter((vector) => vector.sealed.length > 1);
  assert.equal(
    inBlocks.map((vector) => vector.name),
    ["log, widest", "settings, widest"],
  );
  for (const { sealed: steps, payload } of inBlocks) {
    const up = steps.filter((step) => step.from === "pager").map((step) => step.payload);
    assert.is(up.join(""), payload);
  }
});

test("a newer version's tail is passed over: it reads like the message without it", () => {
  for (const { name, message, payload, knownPayload } of vectors.longer) {
    const read = (one: string): object =>
      decodeMessage(nodeMachine, messageOf(message), guarded(octets(one)));
    assert.equal(plain(read(payload)), plain(read(knownPayload)), name);
    assert.not(isFault(read(payload)), name);
  }
});

for (const message of MESSAGES) {
  const bad = vectors.refusedPayloads.filter((vector) => vector.message === message.name);

  test(`${message.name}: ${bad.length} payloads are refused, each with its fault and path`, () => {
    assert.ok(bad.filter((vector) => vector.inCddl).length >= 3);
    for (const { name, payload, fault, path } of bad) {
      const read = decodeMessage(nodeMachine, message, guarded(octets(payload)));
      assert.equal(read, { fault, path }, name);
    }
  });
}

for (const { name, datagram, fault, path } of vectors.refusedDatagrams) {
  test(`refused datagram: ${name} is ${fault}`, () => {
    assert.equal(openedBy(endOf(0, "platform"), datagram), { fault, path });
  });
}

/** The datagram in what a carrier of this name has carried. */
function carriedIn(name: string, carried: string): Bytes | Fault | undefined {
  const data = (tpdu: Bytes | Fault, read: typeof decodeSubmit): Bytes | Fault | undefined => {
    const sms = isFault(tpdu) ? tpdu : read(nodeMachine, tpdu);
    if (isFault(sms)) return sms;
    return sms.text === undefined ? sms.data : fromSmsText(nodeMachine, sms.text);
  };
  if (name.includes("AT+CMGS")) return data(fromPduLine(nodeMachine, carried), decodeSubmit);
  if (name.includes("SUBMIT")) return data(octets(carried), decodeSubmit);
  if (name.includes("DELIVER")) return data(octets(carried), decodeDeliver);
  if (name.includes("text")) return fromSmsText(nodeMachine, carried);
  return readSerial(nodeMachine, newSerialReader(carried.slice(0, 5)), carried)[0];
}

for (const { name, datagram, carried } of vectors.carriers) {
  test(`carrier: ${name}, gives the datagram back`, () => {
    const read = carriedIn(name, carried);
    if (read === undefined || isFault(read)) throw new Error(`${name}: ${JSON.stringify(read)}`);
    assert.is(toHex(read), datagram);
  });
}

test.run();
