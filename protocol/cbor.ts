// Deterministic CBOR, as much of it as the wire uses: int32, null, octets, arrays [RFC 8949 §4.2].
// Never recurses, never reads past the end; the first fault sticks and later reads give 0.

import { copyBytes, getUint, putBytes, putUint, shiftDown } from "./bytes.ts";
import type { FaultCode } from "./fault.ts";
import type { Bytes, Machine } from "./machine.ts";

const UNSIGNED = 0;
const NEGATIVE = 1;
const OCTETS = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const OTHER = 7;
const NULL = 246;

export interface Writer {
  machine: Machine;
  bytes: Bytes;
  /** Octets written so far. */
  at: number;
}

/** `size` is a first guess of the octets to come; more room is made as needed. */
export function newWriter(machine: Machine, size: number): Writer {
  return { machine: machine, bytes: machine.bytes(size), at: 0 };
}

function makeRoom(writer: Writer, octets: number): void {
  if (writer.at + octets <= writer.bytes.length) return;
  const wider = writer.machine.bytes((writer.at + octets) * 2);
  for (let i = 0; i < writer.at; i++) wider[i] = writer.bytes[i];
  writer.bytes = wider;
}

function writeHead(writer: Writer, major: number, value: number): void {
  makeRoom(writer, 5);
  let size = 0;
  let info = value;
  if (value > 65535) {
    size = 4;
    info = 26;
  } else if (value > 255) {
    size = 2;
    info = 25;
  } else if (value > 23) {
    size = 1;
    info = 24;
  }
  writer.bytes[writer.at] = major * 32 + info;
  if (size > 0) putUint(writer.bytes, writer.at + 1, value, size);
  writer.at += 1 + size;
}

/** Any int32. */
export function writeInt(writer: Writer, value: number): void {
  if (value < 0) writeHead(writer, NEGATIVE, -1 - value);
  else writeHead(writer, UNSIGNED, value);
}

/** Announces `count` items, which follow. */
export function writeArray(writer: Writer, count: number): void {
  writeHead(writer, ARRAY, count);
}

export function writeNull(writer: Writer): void {
  makeRoom(writer, 1);
  writer.bytes[writer.at] = NULL;
  writer.at += 1;
}

export function writeBytes(writer: Writer, value: Bytes): void {
  writeHead(writer, OCTETS, value.length);
  makeRoom(writer, value.length);
  writer.at = putBytes(writer.bytes, writer.at, value);
}

/** The octets written, and no more than those. */
export function finish(machine: Machine, writer: Writer): Bytes {
  if (writer.at === writer.bytes.length) return writer.bytes;
  return copyBytes(machine, writer.bytes, 0, writer.at);
}

export interface Reader {
  bytes: Bytes;
  /** Octets read so far. */
  at: number;
  /** The first thing that was wrong, or "". Look at it once, behind the last read. */
  fault: FaultCode | "";
  /** Major type and argument of the head read last; the argument is -1 above 2^31 - 1. */
  major: number;
  value: number;
}

export function newReader(bytes: Bytes): Reader {
  return { bytes: bytes, at: 0, fault: "", major: 0, value: 0 };
}

function fail(reader: Reader, code: FaultCode): void {
  if (reader.fault === "") reader.fault = code;
  reader.value = 0;
}

/** True where one octet of argument could have been left out [RFC 8949 §4.2.1]. */
function isTooWide(bytes: Bytes, at: number, size: number): boolean {
  if (size === 1) return bytes[at] < 24;
  if (size === 2) return bytes[at] === 0;
  if (size === 4) return bytes[at] === 0 && bytes[at + 1] === 0;
  return bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === 0;
}

function readArgument(reader: Reader, info: number): void {
  const size = info === 24 ? 1 : info === 25 ? 2 : info === 26 ? 4 : 8;
  const at = reader.at;
  if (at + size > reader.bytes.length) {
    fail(reader, "truncated");
    return;
  }
  reader.at = at + size;
  if (reader.major === OTHER) {
    // A float or a simple value: passed over, never read; simple values below 32 have no octet.
    reader.value = 0;
    if (size === 1 && reader.bytes[at] < 32) fail(reader, "not-canonical");
    return;
  }
  if (isTooWide(reader.bytes, at, size)) {
    fail(reader, "not-canonical");
    return;
  }
  reader.value = size === 8 ? -1 : getUint(reader.bytes, at, size);
}

function readHead(reader: Reader): void {
  if (reader.fault !== "") return;
  if (reader.at >= reader.bytes.length) {
    fail(reader, "truncated");
    return;
  }
  const first = reader.bytes[reader.at];
  const info = first % 32;
  reader.at += 1;
  reader.major = shiftDown(first, 32);
  reader.value = info;
  // 28 to 30 are reserved; 31 is an indefinite length, which has no one form.
  if (info > 27) fail(reader, "not-canonical");
  else if (info > 23) readArgument(reader, info);
}

/** Fails where fewer than `count` octets are left: each item takes one at least. */
function expectOctets(reader: Reader, count: number): void {
  if (count < 0 || count > reader.bytes.length - reader.at) fail(reader, "truncated");
}

/** The number of items that follow. */
export function readArray(reader: Reader): number {
  readHead(reader);
  if (reader.fault === "" && reader.major !== ARRAY) fail(reader, "bad-type");
  if (reader.fault === "") expectOctets(reader, reader.value);
  return reader.fault === "" ? reader.value : 0;
}

/** An int32; "out-of-bounds" where it is larger. */
export function readInt(reader: Reader): number {
  readHead(reader);
  if (reader.fault !== "") return 0;
  if (reader.major !== UNSIGNED && reader.major !== NEGATIVE) {
    fail(reader, "bad-type");
    return 0;
  }
  if (reader.value < 0) {
    fail(reader, "out-of-bounds");
    return 0;
  }
  return reader.major === NEGATIVE ? -1 - reader.value : reader.value;
}

/** True where the next item is null; reads nothing. */
export function isNull(reader: Reader): boolean {
  if (reader.fault !== "" || reader.at >= reader.bytes.length) return false;
  return reader.bytes[reader.at] === NULL;
}

/** True where the next item is an octet string; reads nothing. */
export function isOctets(reader: Reader): boolean {
  if (reader.fault !== "" || reader.at >= reader.bytes.length) return false;
  return shiftDown(reader.bytes[reader.at], 32) === OCTETS;
}

/** Passes over the null that `isNull` saw. */
export function skipNull(reader: Reader): void {
  if (isNull(reader)) reader.at += 1;
  else fail(reader, "bad-type");
}

/** A copy of an octet string; empty after a fault. */
export function readBytes(machine: Machine, reader: Reader): Bytes {
  readHead(reader);
  if (reader.fault === "" && reader.major !== OCTETS) fail(reader, "bad-type");
  if (reader.fault === "") expectOctets(reader, reader.value);
  if (reader.fault !== "") return machine.bytes(0);
  const from = reader.at;
  reader.at = from + reader.value;
  return copyBytes(machine, reader.bytes, from, reader.at);
}

/**
 * Passes over one item with all that is inside it, of whatever type: the unknown tail of a newer
 * version. Counts the items still due instead of recursing, so that depth costs nothing.
 */
export function skipItem(reader: Reader): void {
  let due = 1;
  while (due > 0 && reader.fault === "") {
    readHead(reader);
    due -= 1;
    if (reader.fault !== "") return;
    const major = reader.major;
    if (major === OCTETS || major === TEXT) {
      expectOctets(reader, reader.value);
      reader.at += reader.value;
    } else if (major === ARRAY) {
      expectOctets(reader, reader.value);
      due += reader.value;
    } else if (major === MAP) {
      expectOctets(reader, reader.value);
      due += 2 * reader.value;
    } else if (major === TAG) {
      due += 1;
    }
  }
}

/** True where every octet was read and nothing was wrong. */
export function isFinished(reader: Reader): boolean {
  return reader.fault === "" && reader.at === reader.bytes.length;
}
