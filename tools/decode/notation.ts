// CBOR in diagnostic notation: all of CBOR, well formed or not [RFC 8949 §8].
// Never throws and never stops before the end: what is malformed is named, its octets stand behind.

import { hexOf } from "../../sdk/octets.ts";
import {
  type CborFault,
  type Cursor,
  type Head,
  MAJOR_TAG,
  OPEN_ENDED,
  readHead,
  refuse,
  sizeOf,
  takesBreak,
} from "./cbor-head.ts";
import { floatAt, floatText } from "./float-text.ts";

export interface Notation {
  text: string;
  fault?: CborFault;
  /** Place of the octet where the fault was seen. */
  at?: number;
}

export interface NotationOptions {
  /** Octet strings show their length only: there may be keys in them. */
  hides?: boolean;
}

const DEPTH_MAX = 64;
const BIGNUM = 2;
const NEGATIVE_BIGNUM = 3;

/** The notation of one item, which should be all there is. */
export function toNotation(bytes: Uint8Array, options: NotationOptions = {}): Notation {
  const cursor: Cursor = { bytes, at: 0, hides: options.hides === true, faultAt: 0 };
  let text = itemText(cursor, 0);
  if (cursor.fault === undefined && cursor.at < bytes.length) {
    refuse(cursor, "trailing-octets", cursor.at);
  }
  if (cursor.fault === undefined) return { text };
  if (cursor.at < bytes.length) text = `${text} ${restText(cursor)}`.trimStart();
  return { text, fault: cursor.fault, at: cursor.faultAt };
}

// internal

/** Octets that nobody could read, as they stand. */
function restText(cursor: Cursor): string {
  const rest = cursor.bytes.subarray(cursor.at);
  return cursor.hides ? hiddenText(rest) : `<${hexOf(rest)}>`;
}

function hiddenText(octets: Uint8Array): string {
  return `h'…${octets.length}…'`;
}

function itemText(cursor: Cursor, depth: number): string {
  const from = cursor.at;
  if (depth > DEPTH_MAX) {
    refuse(cursor, "too-deep", from);
    return "";
  }
  const head = readHead(cursor);
  if (head === undefined) return "";
  switch (head.major) {
    case 0:
      return `${head.value}${head.width}`;
    case 1:
      return `${-1n - head.value}${head.width}`;
    case 2:
    case 3:
      return head.info === OPEN_ENDED ? piecesText(cursor, head) : stringText(cursor, head, from);
    case 4:
      return listText(cursor, head, depth);
    case 5:
      return mapText(cursor, head, depth);
    case MAJOR_TAG:
      return tagText(cursor, head, depth);
    default:
      return simpleText(cursor, head, from);
  }
}

/** The octets of a string, or fewer where it is cut off. */
function stringOctets(cursor: Cursor, head: Head): Uint8Array {
  const { bytes, at } = cursor;
  const left = bytes.length - at;
  if (head.value > BigInt(left)) refuse(cursor, "truncated", bytes.length);
  const length = head.value > BigInt(left) ? left : Number(head.value);
  cursor.at = at + length;
  return bytes.subarray(at, cursor.at);
}

function stringText(cursor: Cursor, head: Head, from: number): string {
  const octets = stringOctets(cursor, head);
  if (head.major === 2) {
    return `${cursor.hides ? hiddenText(octets) : `h'${hexOf(octets)}'`}${head.width}`;
  }
  try {
    return `${quoted(new TextDecoder("utf-8", UTF_8).decode(octets))}${head.width}`;
  } catch {
    refuse(cursor, "bad-text", from);
    return `h'${hexOf(octets)}'`;
  }
}

const UTF_8 = { fatal: true, ignoreBOM: true };

/** As JSON writes it, and what would turn a terminal's writing round or move it as an escape. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/g,
    escaped,
  );
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function piecesText(cursor: Cursor, head: Head): string {
  const pieces: string[] = [];
  while (cursor.fault === undefined && !takesBreak(cursor)) {
    const from = cursor.at;
    const piece = readHead(cursor);
    if (piece === undefined) break;
    if (piece.major !== head.major || piece.info === OPEN_ENDED) {
      cursor.at = from;
      refuse(cursor, "bad-piece", from);
    } else pieces.push(stringText(cursor, piece, from));
  }
  // An empty one would look like an empty list in parentheses [RFC 8949 §8.1].
  if (pieces.length === 0) return head.major === 2 ? "''_" : '""_';
  return `(_ ${pieces.join(", ")})`;
}

/** Reads items until a counted or an open list ends; each is written by `one`. */
function itemsText(cursor: Cursor, head: Head, one: () => string): string[] {
  const items: string[] = [];
  const isOpen = head.info === OPEN_ENDED;
  while (cursor.fault === undefined && (isOpen ? !takesBreak(cursor) : head.value > items.length)) {
    items.push(one());
  }
  return items.filter((text) => text !== "");
}

function markOf(head: Head): string {
  if (head.info === OPEN_ENDED) return "_ ";
  return head.width === "" ? "" : `${head.width} `;
}

function listText(cursor: Cursor, head: Head, depth: number): string {
  const items = itemsText(cursor, head, () => itemText(cursor, depth + 1));
  return `[${markOf(head)}${items.join(", ")}]`;
}

function mapText(cursor: Cursor, head: Head, depth: number): string {
  const pairs = itemsText(cursor, head, () => {
    const key = itemText(cursor, depth + 1);
    if (cursor.fault !== undefined) return key;
    return `${key}: ${itemText(cursor, depth + 1)}`;
  });
  return `{${markOf(head)}${pairs.join(", ")}}`;
}

function tagText(cursor: Cursor, head: Head, depth: number): string {
  const from = cursor.at;
  const inside = itemText(cursor, depth + 1);
  const isBignum = head.value === BigInt(BIGNUM) || head.value === BigInt(NEGATIVE_BIGNUM);
  const isOctets = cursor.bytes[from] >> 5 === 2 && (cursor.bytes[from] & 31) !== OPEN_ENDED;
  if (isBignum && isOctets && cursor.fault === undefined && !cursor.hides && head.width === "") {
    // The octets of the string are the last ones that were read [RFC 8949 §3.4.3].
    const octets = cursor.bytes.subarray(from, cursor.at);
    const value = BigInt(`0x0${hexOf(octets.subarray(1 + sizeOf(octets[0] & 31)))}`);
    return `${head.value === BigInt(BIGNUM) ? value : -1n - value}`;
  }
  return `${head.value}${head.width}(${inside})`;
}

function simpleText(cursor: Cursor, head: Head, from: number): string {
  const { info, value } = head;
  if (info === OPEN_ENDED) {
    cursor.at = from;
    refuse(cursor, "bad-break", from);
    return "";
  }
  if (info > 24) return floatText(floatAt(cursor.bytes, from + 1, sizeOf(info)));
  if (info === 24 && value < 32n) refuse(cursor, "bad-simple", from);
  const named = ["false", "true", "null", "undefined"][Number(value) - 20];
  return named ?? `simple(${value})`;
}
