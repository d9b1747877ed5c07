// The same datagrams as texts: lines of a serial console and SMS, whole or with wrong characters.

import { toSmsText } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { SMS_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { SERIAL_UP, toSerialLine } from "../../protocol/serial-line.ts";
import { encodeDeliver, toPduLine, toPhone } from "../../protocol/sms-pdu.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { Chance } from "../../tools/simulator/chance.ts";

const SERIAL_OCTETS_MAX = 1280;
const WHOLE = 0.5;
const PHONES = 50;

/** Characters that mean something somewhere, and some that are nobody's. */
const LETTERS = "OK1ud:*=+/AZaz09 \x11\x13\x1b\n\xff\u00e9";

/** Of a line that a modem prints: it always prints one. */
const DIGITS = "0123456789ABCDEFabcdef*Gx";

function changedText(chance: Chance, text: string, letters: string): string {
  let result = text;
  for (let left = chance.between(1, 3); left > 0; left--) {
    const at = chance.below(result.length + 1);
    const letter = letters[chance.below(letters.length)];
    const more = chance.happens(0.05) ? letter.repeat(4000) : letter;
    result = chance.happens(0.2)
      ? result.slice(0, at)
      : result.slice(0, at) + more + result.slice(at + chance.below(2));
  }
  return result;
}

/** A line as the pager's console prints it, between whatever else stands there. */
export function serialText(chance: Chance, octets: Uint8Array): string {
  const fitting = octets.subarray(0, SERIAL_OCTETS_MAX);
  const line = toSerialLine(nodeMachine, SERIAL_UP, fitting) as string;
  const text = chance.happens(WHOLE) ? line : changedText(chance, line, LETTERS);
  return `${chance.happens(0.3) ? "\r\n>" : ""}${text}\r\n`;
}

export function phoneFor(chance: Chance): string {
  return `+46700000${String(chance.below(PHONES)).padStart(3, "0")}`;
}

/** The line of a PDU: 8-bit data, base64 text, or a stranger's text. */
export function smsLine(chance: Chance, octets: Uint8Array): string {
  const data = octets.subarray(0, SMS_OCTETS_MAX);
  const ours = toSmsText(octets);
  const text = isFault(ours) || chance.happens(0.2) ? "Hello" : ours;
  const isText = chance.happens(0.5);
  const said =
    isText && chance.happens(0.3) ? changedText(chance, text, LETTERS).slice(0, 160) : text;
  const phone = toPhone(phoneFor(chance));
  const tpdu = encodeDeliver(nodeMachine, { ...phone, ...(isText ? { text: said } : { data }) });
  if (isFault(tpdu)) return "00";
  const line = toPduLine(tpdu as Bytes);
  return chance.happens(WHOLE) ? line : `0${changedText(chance, line.slice(1), DIGITS)}`;
}
