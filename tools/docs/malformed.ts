// Datagrams that the platform refuses: broken CoAP, broken OSCORE, broken insides under a good seal.
// Each is one good alarm, spoiled in one place; the fault is what the RFC demands there.

import { concatBytes, copyBytes, fromHex, toHex } from "../../protocol/bytes.ts";
import {
  CHANGED,
  CON,
  decodePacket,
  encodePacket,
  OSCORE,
  type Packet,
  POST,
  pathOption,
} from "../../protocol/coap.ts";
import { type FaultCode, isFault } from "../../protocol/fault.ts";
import { DATAGRAM_OCTETS_MAX, OPTION_COUNT_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { SOS } from "../../protocol/messages.ts";
import { aadOf, nonceOf } from "../../protocol/oscore-input.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { CONTEXTS } from "./contexts.ts";
import { NOTHING, packetOf, sealedRequest } from "./seal.ts";
import { payloadOf } from "./values.ts";

export interface MalformedVector {
  name: string;
  datagram: string;
  fault: FaultCode;
  path: string;
}

type Row = Omit<MalformedVector, "datagram"> & { datagram: Bytes };

const CONTEXT = CONTEXTS[0];
/** No other vector has this number, or one of those behind it. */
const FIRST_PIV = 196_609;

const hex = (text: string): Bytes => fromHex(nodeMachine, text);
const join = (...parts: Bytes[]): Bytes => concatBytes(nodeMachine, parts);

const ALARM = packetOf(CON, FIRST_PIV, {
  code: POST,
  options: [pathOption(nodeMachine, SOS.letter)],
  payload: payloadOf(SOS, { number: 300 }),
});

/** The good datagram that is spoiled, and its packet with the sealed octets as payload. */
const GOOD = hex(sealedRequest(CONTEXT, "pager", FIRST_PIV, ALARM).datagram);

function outerPacket(): Packet {
  const packet = decodePacket(nodeMachine, GOOD);
  if (!isFault(packet)) return packet;
  throw new OnekeyError(
    "build-failed",
    `the good datagram gives ${packet.fault}: see malformed.ts`,
  );
}

const OUTER = outerPacket();
const head = (first: number, code: number): Bytes => join(Uint8Array.of(first, code), hex("0000"));

/** Header to token of the good one, then these octets. */
function behindToken(octets: string): Bytes {
  return join(copyBytes(nodeMachine, GOOD, 0, 5), hex(octets));
}

/** The good one with this value of its OSCORE option. */
function withOption(value: string): Bytes {
  const options = [{ number: OSCORE, value: hex(value) }];
  return encodePacket(nodeMachine, { ...OUTER, options });
}

function withPayload(payload: Bytes): Bytes {
  return encodePacket(nodeMachine, { ...OUTER, payload });
}

/** A datagram whose seal is good and whose inside is these octets, under the number `place` on. */
function withInside(place: number, octets: string): Bytes {
  const { senderId, senderKey, commonIv } = CONTEXT.pager;
  const piv = encodePiv(nodeMachine, FIRST_PIV + place);
  const nonce = nonceOf(nodeMachine, commonIv, senderId, piv);
  const aad = aadOf(nodeMachine, senderId, piv);
  const payload = nodeMachine.ccm.seal(senderKey, nonce, aad, hex(octets));
  const options = [{ number: OSCORE, value: join(Uint8Array.of(8 + piv.length), piv, senderId) }];
  return encodePacket(nodeMachine, { ...OUTER, options, payload });
}

function flipped(bytes: Bytes, at: number): Bytes {
  const copy = copyBytes(nodeMachine, bytes, 0, bytes.length);
  copy[at] = copy[at] ^ 1;
  return copy;
}

const row = (name: string, datagram: Bytes, fault: FaultCode, path: string): Row => ({
  name,
  datagram,
  fault,
  path,
});

function brokenCoap(): Row[] {
  const tooMany = "10".repeat(OPTION_COUNT_MAX + 1);
  const tooLong = join(GOOD, nodeMachine.bytes(DATAGRAM_OCTETS_MAX + 1 - GOOD.length));
  return [
    row("no octets", NOTHING, "truncated", "coap"),
    row("a header cut short", hex("420200"), "truncated", "coap"),
    row("more octets than a datagram may have", tooLong, "too-long", "coap"),
    row("version 0", head(0x01, POST), "bad-version", "coap"),
    row("version 2", head(0x81, POST), "bad-version", "coap"),
    row("a token of 9 octets", head(0x49, POST), "bad-token", "coap"),
    row("a token cut short", head(0x44, POST), "truncated", "coap"),
    row("a code of class 1", head(0x40, 32), "bad-code", "coap"),
    row("a code of class 7", head(0x40, 224), "bad-code", "coap"),
    row("an empty message with a token", join(head(0x41, 0), hex("01")), "bad-empty", "coap"),
    row("an option delta of 15", behindToken("f0"), "bad-option", "coap"),
    row("an option length of 15", behindToken("9f"), "bad-option", "coap"),
    row("an option number above 65535", behindToken("e0ffff"), "bad-option", "coap"),
    row("an option that runs past the end", behindToken("960a"), "truncated", "coap"),
    row("too many options", behindToken(tooMany), "too-many-options", "coap"),
    row("a marker with nothing behind it", behindToken("ff"), "bad-marker", "coap"),
  ];
}

function brokenOscore(): Row[] {
  const kid = toHex(CONTEXT.pager.senderId);
  const piv = toHex(encodePiv(nodeMachine, FIRST_PIV));
  const other = toHex(encodePiv(nodeMachine, FIRST_PIV + 1));
  const path = "oscore.option";
  const bad = "bad-oscore-option";
  const unsealed = encodePacket(nodeMachine, ALARM);
  const twice = { number: OSCORE, value: hex(`0b${piv}${kid}`) };
  const two = encodePacket(nodeMachine, { ...OUTER, options: [twice, twice] });
  return [
    row("an alarm that nobody sealed", unsealed, "no-oscore-option", "oscore"),
    row("two OSCORE options", two, bad, "oscore"),
    row("a reserved flag", withOption(`2b${piv}${kid}`), bad, path),
    row("flags of 0 in an octet", withOption("00"), bad, path),
    row("a Partial IV of 6 octets", withOption(`0e000102030405${kid}`), bad, path),
    row("a Partial IV with a zero before it", withOption(`0a0001${kid}`), bad, path),
    row("a Partial IV cut short", withOption("0b03"), bad, path),
    row("a kid context cut short", withOption(`1b${piv}05aa`), bad, path),
    row("a kid of 8 octets", withOption(`0b${piv}0001020304050607`), bad, path),
    row("octets behind an option without kid", withOption(`03${piv}00`), bad, path),
    row("a request without kid", withOption(`03${piv}`), bad, "oscore"),
    row("a request without a Partial IV", withOption(`08${kid}`), bad, "oscore"),
    row("a kid of nobody", withOption(`0b${piv}c0ffee`), "unknown-kid", "oscore"),
    row("no more than a tag", withPayload(nodeMachine.bytes(8)), "truncated", "oscore"),
    row("another number", withOption(`0b${other}${kid}`), "not-authentic", "oscore"),
    row("one bit of the tag", flipped(GOOD, GOOD.length - 1), "not-authentic", "oscore"),
    row("one bit of the sealed text", flipped(GOOD, GOOD.length - 9), "not-authentic", "oscore"),
  ];
}

function brokenInside(): Row[] {
  const path = "oscore.inner";
  const answer = CHANGED.toString(16);
  return [
    row("an answer's code in a request", withInside(1, `${answer}b173`), "bad-code", path),
    row("code 0.00 inside", withInside(2, "00b173"), "bad-code", path),
    row("an option length of 15 inside", withInside(3, "02bf73"), "bad-option", path),
    row("an option cut short inside", withInside(4, "02b573"), "truncated", path),
    row("a marker with nothing behind it inside", withInside(5, "02b173ff"), "bad-marker", path),
    row("too many options inside", withInside(6, `02${"10".repeat(17)}`), "too-many-options", path),
  ];
}

export function malformedVectors(): MalformedVector[] {
  return [...brokenCoap(), ...brokenOscore(), ...brokenInside()].map((one) => ({
    ...one,
    datagram: toHex(one.datagram),
  }));
}
