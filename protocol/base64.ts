// Base64 in the standard alphabet without padding [RFC 4648 §4], and the text SMS made of it.
// Pure: knows no carrier and opens nothing. One sequence of octets has one text and no other.
//
// A text SMS of ours is `OK1:` and the base64 of one datagram, nothing before and nothing behind:
// the 1 is the version of this form, and a stranger's text is told apart by these four characters
// without any key. 160 characters hold 117 octets; what is longer goes as 8-bit data.
//
// The standard alphabet, because each of its characters, and the colon, has the same code in the
// 7-bit alphabet of SMS (3GPP TS 23.038 §6.2.1), in ASCII and in UTF-8, so that a gateway which
// takes one for the other changes nothing; the underscore of the URL-safe alphabet is 0x11 there.
// No padding: it says nothing that the length doesn't, and each character is paid for.

import { shiftDown } from "./bytes.ts";
import { type Fault, makeFault } from "./fault.ts";
import { DATAGRAM_OCTETS_MAX, SMS_TEXT_OCTETS_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PATH = "base64";

/** What a text SMS of ours begins with. */
export const SMS_MARK = "OK1:";

export function toBase64(bytes: Bytes): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (let i = 0; i < bytes.length; i++) {
    held = held * 256 + bytes[i];
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      const unit = 1 << bits;
      text += DIGITS.charAt(shiftDown(held, unit));
      held = held % unit;
    }
  }
  return bits === 0 ? text : text + DIGITS.charAt(held * (1 << (6 - bits)));
}

/** The octets of a base64 text, at most those of one datagram. */
export function fromBase64(machine: Machine, text: string): Bytes | Fault {
  const size = shiftDown(text.length * 3, 4);
  if (size > DATAGRAM_OCTETS_MAX) return makeFault("too-long", PATH);
  // One digit alone has six bits, which are no octet.
  if (text.length % 4 === 1) return makeFault("truncated", PATH);
  const bytes = machine.bytes(size);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = DIGITS.indexOf(text.charAt(i));
    if (value < 0) return makeFault("bad-character", PATH);
    held = held * 64 + value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      const unit = 1 << bits;
      bytes[at] = shiftDown(held, unit);
      held = held % unit;
      at++;
    }
  }
  // The bits left over are zero [RFC 4648 §3.5]: else two texts would say the same.
  return held === 0 ? bytes : makeFault("not-canonical", PATH);
}

/** The text SMS that carries this datagram; "too-long" where it would take two. */
export function toSmsText(bytes: Bytes): string | Fault {
  if (bytes.length > SMS_TEXT_OCTETS_MAX) return makeFault("too-long", "sms.text");
  return SMS_MARK + toBase64(bytes);
}

/** Whether the text says that it is ours; whose it is, only opening it shows. */
export function isSmsText(text: string): boolean {
  return text.slice(0, SMS_MARK.length) === SMS_MARK;
}

/** The datagram in a text SMS; "bad-marker" for a stranger's. */
export function fromSmsText(machine: Machine, text: string): Bytes | Fault {
  if (!isSmsText(text)) return makeFault("bad-marker", "sms.text");
  return fromBase64(machine, text.slice(SMS_MARK.length));
}
