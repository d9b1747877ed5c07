// The serial line: a datagram as one line of text that other programs' output does no harm to.
// Pure: knows no port and no baud rate, and opens nothing. Never holds more than one line.
//
// A line is mark, base64 (base64.ts), `*`, checksum, CR LF. The mark is `OK1u:` from a pager up and
// `OK1d:` down to it: each end reads the other's only, so that an echo is nobody's line. The
// checksum is the CRC-16 of crc.ts over the datagram's octets, four lower-case hex digits.
// A mark may stand behind anything in its line, such as a console's prompt, and begins a line anew:
// neither `:` nor `*` is a digit of base64. Control characters but CR and LF are passed over,
// because consoles put XON and XOFF between any two characters. CR or LF ends a line.

import { fromBase64, toBase64 } from "./base64.ts";
import { putUint, toHex } from "./bytes.ts";
import { crc16 } from "./crc.ts";
import { type Fault, isFault, makeFault } from "./fault.ts";
import { DATAGRAM_OCTETS_MAX, SERIAL_BODY_MAX } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

export const SERIAL_UP = "OK1u:";
export const SERIAL_DOWN = "OK1d:";

const PATH = "serial";
const CHECK_DIGITS = 4;
const LF = 10;
const CR = 13;
const SPACE = 32;

/** A reader's state between two pieces of text. */
export interface SerialReader {
  mark: string;
  /** Characters of the mark that came last. */
  matched: number;
  /** Behind a mark, in a line that has not ended. */
  inside: boolean;
  body: string;
}

/** Reads lines with this mark: the one that the other end writes. */
export function newSerialReader(mark: string): SerialReader {
  return { mark: mark, matched: 0, inside: false, body: "" };
}

function checkOf(machine: Machine, bytes: Bytes): string {
  const check = machine.bytes(2);
  putUint(check, 0, crc16(bytes, 0, bytes.length), 2);
  return toHex(check);
}

function readBody(machine: Machine, body: string): Bytes | Fault {
  const star = body.length - CHECK_DIGITS - 1;
  if (star < 1 || body.charAt(star) !== "*") return makeFault("truncated", PATH);
  const bytes = fromBase64(machine, body.slice(0, star));
  if (isFault(bytes) || checkOf(machine, bytes) === body.slice(star + 1)) return bytes;
  return makeFault("bad-checksum", PATH);
}

/** The line of a datagram; "too-long" for what is none. */
export function toSerialLine(machine: Machine, mark: string, bytes: Bytes): string | Fault {
  if (bytes.length > DATAGRAM_OCTETS_MAX) return makeFault("too-long", PATH);
  return mark + toBase64(bytes) + "*" + checkOf(machine, bytes) + "\r\n";
}

/** Ends the line that is being read, if one is. */
function endLine(reader: SerialReader): void {
  reader.inside = false;
  reader.body = "";
  reader.matched = 0;
}

/** Whether this character ends a mark. No mark has its first character twice: this finds each. */
function endsMark(reader: SerialReader, letter: number): boolean {
  if (letter === reader.mark.charCodeAt(reader.matched)) reader.matched++;
  else reader.matched = letter === reader.mark.charCodeAt(0) ? 1 : 0;
  return reader.matched === reader.mark.length;
}

/**
 * Takes what came, in pieces of any size: the datagrams of the lines that ended in it, and a fault
 * for each line of ours that was damaged. What is no line of ours gives nothing.
 */
export function readSerial(
  machine: Machine,
  reader: SerialReader,
  text: string,
): (Bytes | Fault)[] {
  const found: (Bytes | Fault)[] = [];
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    if (letter === CR || letter === LF) {
      if (reader.inside) found.push(readBody(machine, reader.body));
      endLine(reader);
    } else if (letter >= SPACE && endsMark(reader, letter)) {
      if (reader.inside) found.push(makeFault("truncated", PATH));
      endLine(reader);
      reader.inside = true;
    } else if (letter >= SPACE && reader.inside) {
      if (reader.body.length < SERIAL_BODY_MAX) {
        reader.body += text.charAt(i);
      } else {
        found.push(makeFault("too-long", PATH));
        endLine(reader);
      }
    }
  }
  return found;
}
