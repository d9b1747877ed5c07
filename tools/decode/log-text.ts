// A log of a serial line: our lines, texts of short messages and hex, between anything else.
// What is no line of ours gives nothing; a line of ours that was damaged is told with its number.

import { SMS_MARK } from "../../protocol/base64.ts";
import { decodePacket } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { readSealed } from "../../protocol/oscore.ts";
import { newSerialReader, readSerial, SERIAL_DOWN, SERIAL_UP } from "../../protocol/serial-line.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import type { Found, Place, Unread, Way } from "./found.ts";
import { udpInOctets } from "./frame.ts";
import { hexPieces, type Line, octetsOfHex, withoutPrompt } from "./hex-text.ts";
import { isPduLine, readPdu, readSmsText } from "./sms-text.ts";

/** Hex inside other words: eight octets at least, joined or parted by single blanks. */
const HEX_RUN = /(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2} ?){7,}[0-9a-fA-F]{2}(?![0-9a-fA-F])/g;
/** A datagram of version 1, alone in its line. */
const HEX_LINE = /^ *[4-7][0-9a-fA-F](?:[ :]?[0-9a-fA-F]{2}){3,}[0-9a-fA-F]?$/;

export function hasSerialMark(text: string): boolean {
  return text.includes(SERIAL_UP) || text.includes(SERIAL_DOWN);
}

export function hasHexRun(text: string): boolean {
  return text.match(HEX_RUN) !== null;
}

/** Everything of ours in these lines, each in its place. */
export function readLog(lines: Line[]): { entries: (Found | Unread)[]; passedOver: number } {
  const dumps = dumpsOf(lines);
  const entries: (Found | Unread)[] = [];
  let passedOver = 0;
  for (const line of lines) {
    const place: Place = { kind: "line", number: line.number };
    const dump = dumps.get(line.number);
    const found = dump === undefined ? entriesOf(line, place) : [{ place, ...dump }];
    entries.push(...found);
    if (found.length === 0 && line.text.trim() !== "") passedOver += 1;
  }
  return { entries, passedOver };
}

// internal

function entriesOf({ text }: Line, place: Place): (Found | Unread)[] {
  if (hasSerialMark(text)) {
    return [...marked(text, place, "up"), ...marked(text, place, "down")];
  }
  if (text.includes(SMS_MARK)) {
    const message = readSmsText(text);
    if ("code" in message) return [{ place, trouble: message }];
    return [{ place, carrier: "sms", ...message }];
  }
  return hexOfLine(text, place);
}

/** The reader of one end hears nothing of the other's lines. */
function marked(text: string, place: Place, way: Way): (Found | Unread)[] {
  const mark = way === "up" ? SERIAL_UP : SERIAL_DOWN;
  const found = readSerial(nodeMachine, newSerialReader(mark), `${text}\n`);
  return found.map((one) =>
    isFault(one)
      ? { place, trouble: { code: "bad-line", fault: one } }
      : { place, carrier: "serial", way, bytes: toOctets(one) },
  );
}

/** A line that is a datagram in hex is told whatever is wrong with it; inside other words only one
 * that can be read is ours: a log holds hex of many kinds. */
function hexOfLine(text: string, place: Place): (Found | Unread)[] {
  const plain = withoutPrompt(text);
  if (HEX_LINE.test(plain)) {
    const bytes = octetsOfHex(plain);
    return "code" in bytes ? [{ place, trouble: bytes }] : [{ place, bytes }];
  }
  const found: Found[] = [];
  for (const [run] of text.matchAll(HEX_RUN)) {
    const octets = octetsOfHex(run);
    if ("code" in octets) continue;
    const message = isPduLine(octets) ? readPdu(octets) : { bytes: octets };
    if ("code" in message || !isSealed(message.bytes)) continue;
    found.push(isPduLine(octets) ? { place, carrier: "sms", ...message } : { place, ...message });
  }
  return found;
}

function isSealed(bytes: Uint8Array): boolean {
  const packet = decodePacket(nodeMachine, bytes);
  return !isFault(packet) && !isFault(readSealed(nodeMachine, packet));
}

type Dump = Omit<Found, "place">;

/** Dumps over several lines that are sealed datagrams, or frames, by the number of their first line. */
function dumpsOf(lines: Line[]): Map<number, Dump> {
  const dumps = new Map<number, Dump>();
  for (const { number, octets } of hexPieces(lines)) {
    const isDump = /^\s*(0x)?0{4,8}:?\s/.test(lines[number - 1].text);
    if (!isDump || "code" in octets) continue;
    const udp = udpInOctets(octets);
    const dump: Dump = udp === undefined ? { bytes: octets } : { carrier: "udp", ...udp };
    if (isSealed(dump.bytes)) dumps.set(number, dump);
  }
  return dumps;
}
