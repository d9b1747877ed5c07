// One short message as the TPDU that goes out, and the line of hex that a modem takes in PDU mode.
// Pure: no modem, no store. What comes in is read by sms-reader.ts.
//
// Sections are those of 3GPP TS 23.040. Written are 8-bit data (coding 4) and text in the 7-bit
// alphabet (coding 0), without header and validity period, in one SMS.

import { concatBytes, copyBytes, fromHex, isHex, putBytes, shiftDown, toHex } from "./bytes.ts";
import { type Fault, isFault, makeFault } from "./fault.ts";
import { SMS_DIGITS_MAX, SMS_OCTETS_MAX, SMS_PDU_OCTETS_MAX, SMS_TEXT_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";
import { packedOctets, packText } from "./sms-septets.ts";

/** Types of address (§9.1.2.5): +46..., as dialled, and a name, which can't be answered. */
export const INTERNATIONAL = 0x91;
export const UNKNOWN = 0x81;
export const ALPHANUMERIC = 0xd0;

export interface Sms {
  /** Type of the other end's address; others than those above are read and written as they stand. */
  toa: number;
  /** Its digits without any plus, or its name. */
  address: string;
  /** Octets of an 8-bit message; absent in one of text. */
  data?: Bytes;
  text?: string;
  /** Of DELIVER: year to second and zone, 14 digits as they came. Nothing rests on it. */
  stamp?: string;
}

/** Each two digits in the other order: how semi-octets are written (§9.1.2.3). */
export function swapPairs(digits: string): string {
  let swapped = "";
  for (let i = 0; i < digits.length; i += 2) swapped += digits.charAt(i + 1) + digits.charAt(i);
  return swapped;
}

/** Nothing but digits; also where there is nothing. */
export function areDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    if (letter < 48 || letter > 57) return false;
  }
  return true;
}

/** Whether an address of this type is a name. */
export function isName(toa: number): boolean {
  return shiftDown(toa, 16) === shiftDown(ALPHANUMERIC, 16);
}

/** Length, type, and digits or name (§9.1.2.5). */
function encodeAddress(machine: Machine, sms: Sms): Bytes | Fault {
  const path = "sms.address";
  const text = sms.address;
  const named = isName(sms.toa);
  const semis = named ? shiftDown(7 * text.length + 3, 4) : text.length;
  if (semis > SMS_DIGITS_MAX) return makeFault("too-long", path);
  if (sms.toa < 128 || sms.toa > 255) return makeFault("out-of-bounds", path);
  const bytes = machine.bytes(2 + shiftDown(semis + 1, 2));
  bytes[0] = semis;
  bytes[1] = sms.toa;
  const known = named ? packText(bytes, 2, text) : areDigits(text);
  if (!known) return makeFault("bad-character", path);
  // An odd number of digits is filled up with one that is none.
  const digits = semis % 2 === 1 ? text + "f" : text;
  if (!named) putBytes(bytes, 2, fromHex(machine, swapPairs(digits)));
  return bytes;
}

/** Length and content (§9.2.3.16, §9.2.3.24). */
function encodeContent(machine: Machine, sms: Sms): Bytes | Fault {
  const path = "sms.content";
  if (sms.data !== undefined) {
    if (sms.data.length > SMS_OCTETS_MAX) return makeFault("too-long", path);
    const length = machine.bytes(1);
    length[0] = sms.data.length;
    return concatBytes(machine, [length, sms.data]);
  }
  const text = sms.text === undefined ? "" : sms.text;
  if (text.length > SMS_TEXT_MAX) return makeFault("too-long", path);
  const bytes = machine.bytes(1 + packedOctets(text.length));
  bytes[0] = text.length;
  return packText(bytes, 1, text) ? bytes : makeFault("bad-character", path);
}

/** `first` and `stamp` in hex: what stands before the address, and between coding and content. */
function encode(machine: Machine, sms: Sms, first: string, stamp: string): Bytes | Fault {
  const address = encodeAddress(machine, sms);
  if (isFault(address)) return address;
  const content = encodeContent(machine, sms);
  if (isFault(content)) return content;
  const coding = sms.data === undefined ? "0000" : "0004";
  return concatBytes(machine, [
    fromHex(machine, first),
    address,
    fromHex(machine, coding + stamp),
    content,
  ]);
}

/** What the network is given; `AT+CMGS` wants its length. */
export function encodeSubmit(machine: Machine, sms: Sms): Bytes | Fault {
  return encode(machine, sms, "0100", "");
}

/** What the network gives out, the last that waits. */
export function encodeDeliver(machine: Machine, sms: Sms): Bytes | Fault {
  const stamp = sms.stamp === undefined ? "00000000000000" : sms.stamp;
  if (stamp.length !== 14 || !isHex(stamp)) return makeFault("bad-character", "sms.stamp");
  return encode(machine, sms, "04", swapPairs(stamp));
}

/** The line of a TPDU, by the service centre that the modem knows. */
export function toPduLine(tpdu: Bytes): string {
  return "00" + toHex(tpdu).toUpperCase();
}

/** The TPDU in a line, behind whatever service centre it names. */
export function fromPduLine(machine: Machine, line: string): Bytes | Fault {
  if (line.length > 2 * SMS_PDU_OCTETS_MAX) return makeFault("too-long", "sms.line");
  if (!isHex(line)) return makeFault("bad-character", "sms.line");
  const octets = fromHex(machine, line);
  const from = octets.length === 0 ? 1 : 1 + octets[0];
  if (from > octets.length) return makeFault("truncated", "sms.line");
  return copyBytes(machine, octets, from, octets.length);
}

/** Type and digits of a phone number as people write it: +46..., or as dialled. */
export function toPhone(phone: string): Sms {
  return phone.charAt(0) === "+"
    ? { toa: INTERNATIONAL, address: phone.slice(1) }
    : { toa: UNKNOWN, address: phone };
}

/** The other end as people write it. */
export function phoneOf(sms: Sms): string {
  return sms.toa === INTERNATIONAL ? "+" + sms.address : sms.address;
}
