// The text forms of a datagram on every engine: base64, short messages, the serial line.
// Says octets and faults; what they should be is compared between engines, and judged elsewhere.

import { fromBase64, fromSmsText, toBase64, toSmsText } from "../../../protocol/base64.ts";
import { toHex } from "../../../protocol/bytes.ts";
import { type Fault, isFault } from "../../../protocol/fault.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import {
  newSerialReader,
  readSerial,
  SERIAL_UP,
  toSerialLine,
} from "../../../protocol/serial-line.ts";
import {
  ALPHANUMERIC,
  encodeDeliver,
  encodeSubmit,
  fromPduLine,
  phoneOf,
  type Sms,
  toPduLine,
  toPhone,
} from "../../../protocol/sms-pdu.ts";
import { decodeDeliver, decodeSubmit } from "../../../protocol/sms-reader.ts";
import type { Say } from "./wire.ts";

/** Octets of which each one differs from its neighbours, up to 255. */
function sample(machine: Machine, length: number): Bytes {
  const bytes = machine.bytes(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 89 + length) % 256;
  return bytes;
}

function told(value: Bytes | string | Fault): string {
  if (typeof value === "string") return value;
  return isFault(value) ? value.fault + " " + value.path : toHex(value);
}

function toldSms(sms: Sms | Fault): string {
  if (isFault(sms)) return told(sms);
  const text = sms.text === undefined ? "" : sms.text;
  const data = sms.data === undefined ? "-" : toHex(sms.data);
  return phoneOf(sms) + "|" + text + "|" + data;
}

function sayBase64(machine: Machine, say: Say): void {
  for (let length = 0; length < 9; length++) {
    const text = toBase64(sample(machine, length));
    say("base64 " + text + " " + told(fromBase64(machine, text)));
  }
  const bad = ["Zg==", "Z", "Zh", "Zm 9v", "OK1:"];
  for (let i = 0; i < bad.length; i++) say("base64 " + told(fromBase64(machine, bad[i])));
  say("sms text " + told(toSmsText(sample(machine, 117))));
  say("sms text " + told(toSmsText(sample(machine, 118))));
  say("sms text " + told(fromSmsText(machine, "OK1:QAECAw")));
  say("sms text " + told(fromSmsText(machine, "Your code is 4711")));
}

function sayMessage(machine: Machine, say: Say, sms: Sms): void {
  const into = encodeSubmit(machine, sms);
  const out = encodeDeliver(machine, sms);
  if (isFault(into) || isFault(out)) {
    say("sms " + told(into) + " " + told(out));
    return;
  }
  const line = toPduLine(out);
  say("sms " + toPduLine(into) + " " + line);
  say("sms " + toldSms(decodeSubmit(machine, into)) + " " + toldSms(decodeDeliver(machine, out)));
  for (let length = 0; length < line.length; length += 7) {
    const cut = fromPduLine(machine, line.slice(0, length));
    say("sms cut " + (isFault(cut) ? told(cut) : toldSms(decodeDeliver(machine, cut))));
  }
}

function sayMessages(machine: Machine, say: Say): void {
  const to = toPhone("+8613800138000");
  sayMessage(machine, say, { toa: to.toa, address: to.address, data: sample(machine, 140) });
  sayMessage(machine, say, { toa: to.toa, address: to.address, text: "OK1:@$_QAECAw+/09az" });
  sayMessage(machine, say, { toa: ALPHANUMERIC, address: "Onekey", text: "" });
  sayMessage(machine, say, { toa: to.toa, address: "12a", text: "{" });
  const lines = [
    "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
    "07914477790706520414D06176198F0EE361F2321900005001610013334014C324350B9287D12079180D92A3416134480E",
    "07912160130300F4040B914151245584F600087010807121352B10212200A900AE00680065006C006C006F",
    "00440D91683108108300F000046290102143650007050003070201FFAA",
  ];
  for (let i = 0; i < lines.length; i++) {
    const tpdu = fromPduLine(machine, lines[i]);
    say("sms " + (isFault(tpdu) ? told(tpdu) : toldSms(decodeDeliver(machine, tpdu))));
  }
}

function saySerial(machine: Machine, say: Say): void {
  const line = told(toSerialLine(machine, SERIAL_UP, sample(machine, 50)));
  const pieces = [
    ">",
    line,
    "OK1u:QUFB*0000\r\n",
    "OK1u:QU",
    line.slice(0, 30),
    line.slice(30),
    "x",
  ];
  const reader = newSerialReader(SERIAL_UP);
  for (let i = 0; i < pieces.length; i++) {
    const found = readSerial(machine, reader, pieces[i]);
    for (let at = 0; at < found.length; at++) say("serial " + i + " " + told(found[at]));
  }
  say("serial " + line.slice(0, line.length - 2));
}

export function sayCarriers(machine: Machine, say: Say): void {
  sayBase64(machine, say);
  sayMessages(machine, say);
  saySerial(machine, say);
}
