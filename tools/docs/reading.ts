// Octets read aloud: each piece of a datagram and of a payload, with what it says beside it.
// Reads what is well-formed only; what is wrong is for the decoders of protocol/.

import { copyBytes, getUint, toHex, toText } from "../../protocol/bytes.ts";
import { isNull, isOctets, newReader, type Reader, skipItem } from "../../protocol/cbor.ts";
import * as coap from "../../protocol/coap.ts";
import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import { TAG_OCTETS } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { decodeOscoreOption } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { codeText, typeText } from "./seal.ts";

/** Octets as hex, and their reading. */
export type Line = [hex: string, reading: string];

const OPTION_NAMES: Record<number, string> = {
  [coap.ETAG]: "ETag",
  [coap.OSCORE]: "OSCORE",
  [coap.URI_PATH]: "Uri-Path",
  [coap.BLOCK_2]: "Block2",
  [coap.BLOCK_1]: "Block1",
  [coap.SIZE_2]: "Size2",
  [coap.SIZE_1]: "Size1",
  [coap.ECHO]: "Echo",
  [coap.REQUEST_TAG]: "Request-Tag",
};

const hexOf = (bytes: Bytes, from: number, to: number): string =>
  toHex(copyBytes(nodeMachine, bytes, from, to));

function blockWords(value: Bytes): string {
  const bits = getUint(value, 0, value.length);
  const more = (bits & 8) === 0 ? "" : ", more follow";
  return `block ${Math.floor(bits / 16)} of ${2 ** ((bits % 8) + 4)} octets${more}`;
}

function oscoreWords(value: Bytes): string {
  const option = decodeOscoreOption(nodeMachine, value);
  if ("fault" in option) return option.fault;
  const words = [
    option.piv === undefined ? "" : `a Partial IV of ${option.piv.length}`,
    option.kid === undefined ? "" : `a kid of ${option.kid.length}`,
  ].filter((one) => one !== "");
  if (words.length === 0) return "nothing: an answer under its request's nonce";
  return `flags for ${words.join(" and ")}`;
}

/** The parts of an option's value, each apart: flags, Partial IV and kid. */
function valueHex(number: number, value: Bytes): string {
  if (number !== coap.OSCORE || value.length === 0) return toHex(value);
  const kidAt = 1 + (value[0] % 8);
  const parts = [hexOf(value, 0, 1), hexOf(value, 1, kidAt), hexOf(value, kidAt, value.length)];
  return parts.filter((part) => part !== "").join(" ");
}

function optionWords(number: number, value: Bytes): string {
  if (number === coap.OSCORE) return oscoreWords(value);
  if (number === coap.URI_PATH) return `"${toText(value)}"`;
  if (number === coap.BLOCK_1 || number === coap.BLOCK_2) return blockWords(value);
  if (number === coap.SIZE_1 || number === coap.SIZE_2) {
    return value.length === 0
      ? "how many octets are there?"
      : `${coap.uintOf(value)} octets in all`;
  }
  return toHex(value);
}

/** A nibble of an option's head, which says how many octets more belong to its number. */
function moreOf(bytes: Bytes, at: number, nibble: number): { value: number; octets: number } {
  if (nibble === 13) return { value: 13 + bytes[at], octets: 1 };
  if (nibble === 14) return { value: 269 + getUint(bytes, at, 2), octets: 2 };
  return { value: nibble, octets: 0 };
}

/** Options from `at` on, then the marker; where the payload begins. */
function readOptions(bytes: Bytes, at: number, lines: Line[]): number {
  let from = at;
  let number = 0;
  while (from < bytes.length && bytes[from] !== 255) {
    const delta = moreOf(bytes, from + 1, Math.floor(bytes[from] / 16));
    const length = moreOf(bytes, from + 1 + delta.octets, bytes[from] % 16);
    const valueAt = from + 1 + delta.octets + length.octets;
    const end = valueAt + length.value;
    number += delta.value;
    const name = OPTION_NAMES[number] ?? "";
    const value = copyBytes(nodeMachine, bytes, valueAt, end);
    const hex = `${hexOf(bytes, from, valueAt)} ${valueHex(number, value)}`.trim();
    lines.push([hex, `option ${number} ${name}: ${optionWords(number, value)}`]);
    from = end;
  }
  if (from === bytes.length) return from;
  lines.push(["ff", "marker"]);
  return from + 1;
}

/** A sealed datagram: what everybody sees of it. */
export function readDatagram(bytes: Bytes): Line[] {
  const tokenOctets = bytes[0] % 16;
  const bodyAt = 4 + tokenOctets;
  const type = typeText(Math.floor(bytes[0] / 16) - 4);
  const lines: Line[] = [
    [hexOf(bytes, 0, 1), `version 1, ${type}, a token of ${tokenOctets}`],
    [hexOf(bytes, 1, 2), `code ${codeText(bytes[1])}, whatever is inside`],
    [hexOf(bytes, 2, 4), `message id ${getUint(bytes, 2, 2)}`],
    [hexOf(bytes, 4, bodyAt), "token"],
  ];
  const from = readOptions(bytes, bodyAt, lines);
  const tagAt = bytes.length - TAG_OCTETS;
  lines.push([hexOf(bytes, from, tagAt), "sealed"], [hexOf(bytes, tagAt, bytes.length), "tag"]);
  return lines;
}

/** An item's octets as they stand; the reader is behind it then. */
function itemHex(reader: Reader): string {
  const from = reader.at;
  skipItem(reader);
  return hexOf(reader.bytes, from, reader.at);
}

function octetsLine(reader: Reader, name: string, isText: boolean): Line {
  const from = reader.at;
  skipItem(reader);
  const count = reader.value;
  const octets = copyBytes(nodeMachine, reader.bytes, reader.at - count, reader.at);
  const text = Buffer.from(octets as Uint8Array).toString("utf8");
  const words = isText && count > 0 ? ` ${JSON.stringify(text)}` : "";
  const head = hexOf(reader.bytes, from, reader.at - count);
  return [`${head} ${toHex(octets)}`.trim(), `${name}: ${count} octets${words}`];
}

function numberOf(reader: Reader): { hex: string; number: number } {
  const hex = itemHex(reader);
  return { hex, number: reader.major === 1 ? -1 - reader.value : reader.value };
}

function numberLine(reader: Reader, field: Field): Line {
  const { hex, number } = numberOf(reader);
  const set = field.flag !== undefined && number < 0;
  const wire = set ? -1 - number : number;
  const value = field.table === undefined ? wire : field.table[wire];
  const code = field.table === undefined ? "" : `, code ${wire}`;
  const flag = field.flag === undefined ? "" : set ? `, ${field.flag}: -1 - ${wire}` : "";
  return [hex, `${field.name}: ${value} ${field.unit}${code}${flag}`];
}

function cellLine(reader: Reader, column: Column): Line {
  if (isOctets(reader)) return octetsLine(reader, `  ${column.name}`, false);
  const { hex, number } = numberOf(reader);
  return [hex, `  ${column.name}: ${number} ${column.unit}`];
}

function listLines(reader: Reader, field: Field): Line[] {
  const columns = field.columns ?? [];
  const from = reader.at;
  // The head alone: as many items follow as it says.
  const first = reader.bytes[from] % 32;
  const headOctets = first < 24 ? 1 : first === 24 ? 2 : 3;
  const cells = headOctets === 1 ? first : getUint(reader.bytes, from + 1, headOctets - 1);
  reader.at = from + headOctets;
  const rows = cells / columns.length;
  const lines: Line[] = [
    [hexOf(reader.bytes, from, reader.at), `${field.name}: array of ${cells}, ${rows} rows`],
  ];
  for (let i = 0; i < cells; i++) lines.push(cellLine(reader, columns[i % columns.length]));
  return lines;
}

function fieldLines(reader: Reader, field: Field): Line[] {
  if (isNull(reader)) return [[itemHex(reader), `${field.name}: absent`]];
  if (field.kind?.of === "list") return listLines(reader, field);
  if (field.kind?.of === "octets") {
    return [octetsLine(reader, field.name, /UTF-8|digits/.test(field.unit))];
  }
  return [numberLine(reader, field)];
}

/** The payload of a message, field by field. */
export function readPayload(declaration: Declaration, bytes: Bytes): Line[] {
  if (bytes.length === 0) return [["", "no octets: nothing to say"]];
  const reader = newReader(bytes);
  const count = bytes[0] % 32;
  reader.at = 1;
  const lines: Line[] = [[hexOf(bytes, 0, 1), `array of ${count}`]];
  for (const field of declaration.fields.slice(0, count)) lines.push(...fieldLines(reader, field));
  while (reader.at < bytes.length) lines.push([itemHex(reader), "unknown: passed over"]);
  return lines;
}

/** What was sealed: code, options, and the payload as far as it is a whole message. */
export function readPlaintext(bytes: Bytes, declaration: Declaration | undefined): Line[] {
  const lines: Line[] = [[hexOf(bytes, 0, 1), `code ${codeText(bytes[0])}`]];
  const from = readOptions(bytes, 1, lines);
  if (from === bytes.length) return lines;
  const payload = copyBytes(nodeMachine, bytes, from, bytes.length);
  if (declaration !== undefined) return [...lines, ...readPayload(declaration, payload)];
  return [...lines, [toHex(payload), `${payload.length} octets of a body in blocks`]];
}
