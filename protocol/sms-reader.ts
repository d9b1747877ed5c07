// Reads one short message from its TPDU: of the network (DELIVER) or for it (SUBMIT).
// Pure; every length is checked, and nothing is read past the end. Parts of a longer one are refused.
//
// Sections are those of 3GPP TS 23.040, unless TS 23.038 is named. Read are 8-bit data, text in the
// 7-bit alphabet, UCS2 as far as it is ASCII, and any header, which is passed over.

import { copyBytes, shiftDown, toHex } from "./bytes.ts";
import { type Fault, type FaultCode, makeFault } from "./fault.ts";
import { SMS_DIGITS_MAX, SMS_OCTETS_MAX, SMS_PDU_OCTETS_MAX, SMS_TEXT_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";
import { areDigits, isName, type Sms, swapPairs } from "./sms-pdu.ts";
import { packedOctets, unpackText } from "./sms-septets.ts";

/** The two low bits of a first octet (§9.2.3.1): out of the network, into it. */
const DELIVER = 0;
const SUBMIT = 1;
const HEADER_FLAG = 64;
const STAMP_OCTETS = 7;
/** Codings; the last one stands for all that is compressed or reserved. */
const SEPTETS = 0;
const OCTETS = 1;
const UCS2 = 2;
const NONE = 3;

interface Cursor {
  bytes: Bytes;
  at: number;
  /** The first thing that was wrong, or ""; what is read behind it means nothing. */
  fault: FaultCode | "";
  part: string;
}

function refuse(cursor: Cursor, code: FaultCode, part: string): void {
  if (cursor.fault !== "") return;
  cursor.fault = code;
  cursor.part = "sms." + part;
}

/** Passes so many octets and returns where they began; with a fault it stays, and returns 0. */
function pass(cursor: Cursor, count: number, part: string): number {
  const at = cursor.at;
  if (at + count > cursor.bytes.length) refuse(cursor, "truncated", part);
  if (cursor.fault !== "") return 0;
  cursor.at = at + count;
  return at;
}

function octet(cursor: Cursor, part: string): number {
  const at = pass(cursor, 1, part);
  return cursor.fault === "" ? cursor.bytes[at] : 0;
}

/** The octets passed since `at` as semi-octets. */
function semiOctets(machine: Machine, cursor: Cursor, at: number): string {
  if (cursor.fault !== "") return "";
  return swapPairs(toHex(copyBytes(machine, cursor.bytes, at, cursor.at)));
}

function readAddress(machine: Machine, cursor: Cursor, sms: Sms): void {
  const part = "address";
  const semis = octet(cursor, part);
  sms.toa = octet(cursor, part);
  if (semis > SMS_DIGITS_MAX || sms.toa < 128) refuse(cursor, "out-of-bounds", part);
  const at = pass(cursor, shiftDown(semis + 1, 2), part);
  if (cursor.fault !== "") return;
  if (isName(sms.toa)) {
    const name = unpackText(cursor.bytes, at, 0, machine.divide(4 * semis, 7));
    if (name === undefined) refuse(cursor, "bad-character", part);
    else sms.address = name;
    return;
  }
  // With an odd number of digits one half octet is left over, which networks fill as they like.
  sms.address = semiOctets(machine, cursor, at).slice(0, semis);
  if (!areDigits(sms.address)) refuse(cursor, "bad-character", part);
}

/** Which coding a data coding scheme means (TS 23.038 §4). */
function codingOf(scheme: number): number {
  if (scheme < 128) return shiftDown(scheme, 32) % 2 === 1 ? NONE : shiftDown(scheme, 4) % 4;
  if (scheme >= 240) return shiftDown(scheme, 4) % 2;
  return scheme >= 224 ? UCS2 : scheme >= 192 ? SEPTETS : NONE;
}

/** Octets of the header between `at` and `end` (§9.2.3.24); refuses one part of several. */
function readHeader(cursor: Cursor, at: number, end: number): number {
  const bytes = cursor.bytes;
  const size = at < end ? 1 + bytes[at] : 1;
  const behind = at + size;
  if (behind > end) refuse(cursor, "truncated", "header");
  let next = at + 1;
  while (cursor.fault === "" && next < behind) {
    // Elements 0 and 8 number the parts: a reference of one or two octets, how many, which one.
    const wanted = bytes[next] === 0 ? 3 : bytes[next] === 8 ? 4 : 0;
    const length = next + 1 < behind ? bytes[next + 1] : 0;
    if (next + 2 + length > behind) refuse(cursor, "truncated", "header");
    else if (wanted > 0 && length !== wanted) refuse(cursor, "out-of-bounds", "header");
    else if (wanted > 0 && bytes[next + wanted] > 1) refuse(cursor, "too-long", "parts");
    next += 2 + length;
  }
  return size;
}

/** Text of two octets a letter; undefined where it is not ASCII or half a letter. */
function readUcs2(bytes: Bytes, from: number, to: number): string | undefined {
  let text = "";
  for (let i = from; i < to; i += 2) {
    if (i + 1 === to || bytes[i] !== 0 || bytes[i + 1] > 126) return undefined;
    text += String.fromCharCode(bytes[i + 1]);
  }
  return text;
}

interface Content {
  coding: number;
  hasHeader: boolean;
}

function readContent(machine: Machine, cursor: Cursor, sms: Sms, content: Content): void {
  const packed = content.coding === SEPTETS;
  if (content.coding === NONE) refuse(cursor, "bad-type", "coding");
  const length = octet(cursor, "length");
  if (length > (packed ? SMS_TEXT_MAX : SMS_OCTETS_MAX)) refuse(cursor, "too-long", "length");
  const at = pass(cursor, packed ? packedOctets(length) : length, "content");
  const end = cursor.at;
  if (end < cursor.bytes.length) refuse(cursor, "trailing-octets", "content");
  const header = content.hasHeader && cursor.fault === "" ? readHeader(cursor, at, end) : 0;
  if (cursor.fault !== "") return;
  if (content.coding === OCTETS) {
    sms.data = copyBytes(machine, cursor.bytes, at + header, end);
    return;
  }
  // Packed text goes on at the first whole septet behind the header.
  const text = packed
    ? unpackText(cursor.bytes, at, machine.divide(8 * header + 6, 7), length)
    : readUcs2(cursor.bytes, at + header, end);
  if (text === undefined) refuse(cursor, "bad-character", "text");
  else sms.text = text;
}

function decode(machine: Machine, tpdu: Bytes, type: number): Sms | Fault {
  if (tpdu.length > SMS_PDU_OCTETS_MAX) return makeFault("too-long", "sms");
  const cursor: Cursor = { bytes: tpdu, at: 0, fault: "", part: "" };
  const sms: Sms = { toa: 0, address: "" };
  const first = octet(cursor, "type");
  if (first % 4 !== type) refuse(cursor, "bad-type", "type");
  if (type === SUBMIT) pass(cursor, 1, "reference");
  readAddress(machine, cursor, sms);
  pass(cursor, 1, "protocol");
  const coding = codingOf(octet(cursor, "coding"));
  // The validity period of a SUBMIT has no, seven, one or seven octets (§9.2.3.3).
  const form = type === SUBMIT ? shiftDown(first, 8) % 4 : 1;
  const at = pass(cursor, form === 0 ? 0 : form === 2 ? 1 : STAMP_OCTETS, "stamp");
  if (type === DELIVER) sms.stamp = semiOctets(machine, cursor, at);
  const hasHeader = (first & HEADER_FLAG) !== 0;
  readContent(machine, cursor, sms, { coding: coding, hasHeader: hasHeader });
  return cursor.fault === "" ? sms : makeFault(cursor.fault, cursor.part);
}

/** A message that the network gave out, or what is wrong with it. */
export function decodeDeliver(machine: Machine, tpdu: Bytes): Sms | Fault {
  return decode(machine, tpdu, DELIVER);
}

/** A message that the network is given, or what is wrong with it. */
export function decodeSubmit(machine: Machine, tpdu: Bytes): Sms | Fault {
  return decode(machine, tpdu, SUBMIT);
}
