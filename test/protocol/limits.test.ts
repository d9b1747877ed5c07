// How the bounds of the wire relate: a number changed in limits.ts must still fit the others.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { SMS_MARK, toBase64 } from "../../protocol/base64.ts";
import { blockOption } from "../../protocol/block.ts";
import * as coap from "../../protocol/coap.ts";
import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import { EXCHANGE_MS, newExchange } from "../../protocol/exchange.ts";
import * as limits from "../../protocol/limits.ts";
import { LOG, MESSAGES, SETTINGS, TRACK } from "../../protocol/messages.ts";
import { sealRequest } from "../../protocol/oscore.ts";
import { packedOctets } from "../../protocol/sms-septets.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER } from "./contexts.ts";

test("a key id fills what length and Partial IV leave of a nonce [RFC 8613 §5.2]", () => {
  assert.is(limits.KID_OCTETS_MAX, limits.NONCE_OCTETS - 6);
});

test("every number that a Partial IV can carry, and no other, is within its bound", () => {
  assert.is(limits.PIV_MAX, 256 ** limits.PIV_OCTETS_MAX - 1);
  assert.is(limits.NUMBER_MAX, limits.PIV_MAX);
});

test("the replay window holds the 128 numbers that late copies may be behind [wire §1.6]", () => {
  assert.is(limits.REPLAY_WINDOW, 128);
});

test("every bound is an int32", () => {
  for (const [name, value] of Object.entries(limits)) {
    assert.ok(Number.isInteger(value) && value <= 2147483647, name);
  }
});

test("a table's codes and a word fit beside their CBOR head in one octet", () => {
  assert.is(limits.CODE_MAX, 23);
});

test("the latest third sending still leaves time for an answer before the next exchange", () => {
  const latest = Math.max(...[2000, 4000, 8001999].map((chance) => newExchange(0, chance).thirdMs));
  assert.ok(latest + 10000 <= EXCHANGE_MS);
});

test("an SMS of octets or of septets fills the same 140 octets, and no more", () => {
  assert.is(packedOctets(limits.SMS_TEXT_MAX), limits.SMS_OCTETS_MAX);
  assert.ok(limits.SMS_TEXT_OCTETS_MAX < limits.SMS_OCTETS_MAX);
});

test("a text SMS holds its mark and the base64 of so many octets, and not of one more", () => {
  const lettersOf = (octets: number) => SMS_MARK.length + toBase64(new Uint8Array(octets)).length;
  assert.ok(lettersOf(limits.SMS_TEXT_OCTETS_MAX) <= limits.SMS_TEXT_MAX);
  assert.ok(lettersOf(limits.SMS_TEXT_OCTETS_MAX + 1) > limits.SMS_TEXT_MAX);
});

test("the longest message in PDU mode: service centre, address and period at their longest", () => {
  const address = 2 + limits.SMS_DIGITS_MAX / 2;
  const head = 1 + 1 + address + 1 + 1 + 7 + 1;
  assert.is(limits.SMS_PDU_OCTETS_MAX, address + head + limits.SMS_OCTETS_MAX);
});

test("a serial line holds the largest datagram, its star and its checksum", () => {
  const base64 = toBase64(new Uint8Array(limits.DATAGRAM_OCTETS_MAX));
  assert.is(limits.SERIAL_BODY_MAX, base64.length + 1 + 4);
});

/** Octets of CBOR that an integer takes. */
function octetsOfInt(value: number): number {
  const argument = value < 0 ? -1 - value : value;
  if (argument <= 23) return 1;
  if (argument <= 255) return 2;
  return argument <= 65535 ? 3 : 5;
}

function worstCell({ max, min, octetsMax }: Column): number {
  const octets = octetsMax === 0 ? 0 : octetsOfInt(octetsMax) + octetsMax;
  return Math.max(octetsOfInt(min), octetsOfInt(max), octets);
}

function worstField({ columns = [], kind, max, min, table }: Field): number {
  if (kind?.of === "octets") return octetsOfInt(max) + max;
  const row = columns.reduce((sum, column) => sum + worstCell(column), 0);
  if (kind?.of === "list") return octetsOfInt(max * columns.length) + max * row;
  return table === undefined ? Math.max(octetsOfInt(min), octetsOfInt(max)) : 1;
}

/** What a message takes when everything in it is as long as it may be. */
function worstMessage({ fields }: Declaration): number {
  return 1 + fields.reduce((sum, field) => sum + worstField(field), 0);
}

/** What is around a payload at worst: each id, number, token and option of ours at its longest. */
function worstFrame(): number {
  const kid = new Uint8Array(limits.KID_OCTETS_MAX);
  const context = { ...PAGER, senderId: kid };
  const block = { number: limits.BLOCK_NUMBER_MAX, more: true, exponent: 0 };
  const packet = {
    type: coap.CON,
    code: coap.POST,
    messageId: 0,
    token: new Uint8Array(limits.TOKEN_OCTETS_MAX),
    options: [
      coap.pathOption(nodeMachine, "g"),
      blockOption(nodeMachine, coap.BLOCK_1, block),
      coap.uintOption(nodeMachine, coap.SIZE_1, limits.INT_MAX),
      { number: coap.ECHO, value: new Uint8Array(ECHO_OCTETS_MAX) },
      { number: coap.REQUEST_TAG, value: new Uint8Array(limits.REQUEST_TAG_OCTETS_MAX) },
    ],
    payload: new Uint8Array(1),
  };
  const sealed = sealRequest(nodeMachine, context, limits.PIV_MAX, packet);
  assert.ok(packet.options.length + 1 <= limits.OPTION_COUNT_MAX);
  return coap.encodePacket(nodeMachine, sealed).length - 1;
}

/** [RFC 9175 §2.2] */
const ECHO_OCTETS_MAX = 40;
/** Longer than a datagram: these go in blocks. */
const BODIES: Declaration[] = [LOG, SETTINGS];

test("every message at its longest fits a datagram with the longest frame, logs and settings aside", () => {
  const room = limits.DATAGRAM_OCTETS_MAX - worstFrame();
  for (const message of MESSAGES.filter((one) => !BODIES.includes(one))) {
    assert.ok(
      worstMessage(message) <= room,
      `${message.name}: ${worstMessage(message)} in ${room}`,
    );
  }
});

test("a log and all settings at their longest fit a body, which is whole blocks", () => {
  for (const message of BODIES) {
    assert.ok(worstMessage(message) <= limits.BODY_OCTETS_MAX, message.name);
  }
  assert.is(limits.BODY_OCTETS_MAX % limits.BLOCK_OCTETS, 0);
  assert.ok(limits.BODY_OCTETS_MAX >= limits.LOG_OCTETS_MAX);
});

test("a block of ours, and the largest that another end may want, fit a datagram [RFC 7959 §2.2]", () => {
  assert.is(limits.BLOCK_OCTETS, 2 ** (limits.BLOCK_EXPONENT + 4));
  assert.ok(limits.BLOCK_EXPONENT <= limits.BLOCK_EXPONENT_MAX && limits.BLOCK_EXPONENT_MAX < 7);
  const largest = 2 ** (limits.BLOCK_EXPONENT_MAX + 4);
  assert.ok(largest + worstFrame() <= limits.DATAGRAM_OCTETS_MAX);
});

test("every body and image has blocks enough even at 16 octets, and each place in it is an int32", () => {
  assert.is(limits.BLOCK_NUMBER_MAX, 2 ** 20 - 1);
  const smallest = 16 * (limits.BLOCK_NUMBER_MAX + 1);
  assert.ok(Math.max(limits.BODY_OCTETS_MAX, limits.IMAGE_OCTETS_MAX) <= smallest);
  const furthest = (limits.BLOCK_NUMBER_MAX + 1) * 2 ** (limits.BLOCK_EXPONENT_MAX + 4);
  assert.ok(furthest <= limits.INT_MAX);
});

test("the head of every message is one octet: no array announces more than 23 fields", () => {
  for (const { fields, name } of MESSAGES) assert.ok(fields.length <= limits.CODE_MAX, name);
});

test("counters, steps and keys take the octets of CBOR that their bounds were chosen for", () => {
  assert.is(octetsOfInt(limits.CODE_MAX), 1);
  assert.is(octetsOfInt(limits.SETTING_KEY_MAX), 2);
  for (const bound of [limits.COUNT_MAX, limits.POINT_DELTA_MAX, -limits.POINT_DELTA_MAX]) {
    assert.is(octetsOfInt(bound), 3);
  }
  const points = TRACK.fields.find(({ name }) => name === "points") as Field;
  const point = (points.columns ?? []).reduce((sum, column) => sum + worstCell(column), 0);
  assert.ok(point <= 7, "a further point of a track [wire §6]");
});

test("ids, tags and numbers are as long as their standards allow", () => {
  assert.is(limits.TAG_OCTETS, 8);
  assert.is(limits.KEY_OCTETS, 16);
  assert.is(limits.TOKEN_OCTETS_MAX, 8);
  assert.ok(limits.ETAG_OCTETS_MAX <= 8 && limits.REQUEST_TAG_OCTETS_MAX <= 8);
  // The heads around them in nonce and associated data are written as one octet.
  assert.ok(limits.KID_OCTETS_MAX <= 23 && limits.PIV_OCTETS_MAX <= 5);
});

test.run();
