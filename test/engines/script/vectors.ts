// The vectors, said again on every engine: values to payload, packets sealed and opened, faults.
// They come as lines of text; what is said back is compared with vectors.json by the test.

import { fromHex, toHex } from "../../../protocol/bytes.ts";
import { decodePacket, encodePacket, type Packet, pathOf } from "../../../protocol/coap.ts";
import type { Option } from "../../../protocol/coap-body.ts";
import type { Declaration, Field, Many } from "../../../protocol/declaration.ts";
import { isFault } from "../../../protocol/fault.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import { decodeMessage, encodeMessage } from "../../../protocol/message-codec.ts";
import { MESSAGES } from "../../../protocol/messages.ts";
import {
  type Context,
  openAnswer,
  openRequest,
  readSealed,
  sealAnswer,
  sealRequest,
} from "../../../protocol/oscore.ts";
import type { Say } from "./wire.ts";

type Values = Record<string, number | Many>;

/** Pieces of a text between marks of one character; none of an empty text. */
function pieces(text: string, mark: string): string[] {
  const found: string[] = [];
  if (text === "") return found;
  let from = 0;
  let at = text.indexOf(mark);
  while (at >= 0) {
    found.push(text.slice(from, at));
    from = at + 1;
    at = text.indexOf(mark, from);
  }
  found.push(text.slice(from));
  return found;
}

/** Decimal, with its sign; counted downwards, because -2^31 has no positive. */
function numberOf(text: string): number {
  const negative = text.charAt(0) === "-";
  let value = 0;
  for (let i = negative ? 1 : 0; i < text.length; i++) {
    value = value * 10 - (text.charCodeAt(i) - 48);
  }
  return negative ? value : 0 - value;
}

/** `h` and hex for octets, digits for a number. */
function cellOf(machine: Machine, text: string): number | Bytes {
  return text.charAt(0) === "h" ? fromHex(machine, text.slice(1)) : numberOf(text);
}

/** `l` and cells for a list; `!` behind a number whose flag is set. */
function takeValue(machine: Machine, values: Values, field: Field, text: string): void {
  if (text === "") return;
  if (text.charAt(0) === "l") {
    const cells = pieces(text.slice(1), ",");
    const list: (number | Bytes)[] = [];
    for (let i = 0; i < cells.length; i++) list.push(cellOf(machine, cells[i]));
    values[field.name] = list;
    return;
  }
  const flagged = text.charAt(text.length - 1) === "!";
  values[field.name] = cellOf(machine, flagged ? text.slice(0, text.length - 1) : text);
  if (field.flag !== undefined) values[field.flag] = flagged ? 1 : 0;
}

function declarationOf(name: string): Declaration {
  for (let i = 0; i < MESSAGES.length; i++) {
    if (MESSAGES[i].name === name) return MESSAGES[i];
  }
  return MESSAGES[0];
}

/** What a payload says, as the payload that says it again; or its fault. */
function sayPayload(machine: Machine, say: Say, declaration: Declaration, payload: Bytes): void {
  const read: object = decodeMessage(machine, declaration, payload);
  if (isFault(read)) say("fault " + read.fault + " " + read.path);
  else say("again " + toHex(encodeMessage(machine, declaration, read as never)));
}

/** message, name, values by their fields */
function sayMessage(machine: Machine, say: Say, parts: string[]): void {
  const declaration = declarationOf(parts[1]);
  const texts = pieces(parts[2], ";");
  const values: Values = {};
  for (let i = 0; i < texts.length; i++) {
    takeValue(machine, values, declaration.fields[i], texts[i]);
  }
  const payload = encodeMessage(machine, declaration, values as never);
  say("payload " + toHex(payload));
  sayPayload(machine, say, declaration, payload);
}

function contextOf(machine: Machine, parts: string[]): Context {
  return {
    senderId: fromHex(machine, parts[1]),
    recipientId: fromHex(machine, parts[2]),
    senderKey: fromHex(machine, parts[3]),
    recipientKey: fromHex(machine, parts[4]),
    commonIv: fromHex(machine, parts[5]),
  };
}

function mirrorOf(context: Context): Context {
  return {
    senderId: context.recipientId,
    recipientId: context.senderId,
    senderKey: context.recipientKey,
    recipientKey: context.senderKey,
    commonIv: context.commonIv,
  };
}

/** type, code, message id, token, options, payload */
function packetOf(machine: Machine, parts: string[]): Packet {
  const options: Option[] = [];
  const texts = pieces(parts[4], ",");
  for (let i = 0; i < texts.length; i++) {
    const pair = pieces(texts[i], ":");
    options.push({ number: numberOf(pair[0]), value: fromHex(machine, pair[1]) });
  }
  return {
    type: numberOf(parts[0]),
    code: numberOf(parts[1]),
    messageId: numberOf(parts[2]),
    token: fromHex(machine, parts[3]),
    options: options,
    payload: fromHex(machine, parts[5]),
  };
}

function sayOpened(say: Say, opened: Packet): void {
  const packet = opened.type + " " + opened.code + " " + opened.messageId;
  say("opened " + packet + " /" + pathOf(opened) + " " + toHex(opened.payload));
}

/** What whoever holds the context makes of a request. */
function sayDatagram(machine: Machine, say: Say, context: Context, bytes: Bytes): void {
  const packet = decodePacket(machine, bytes);
  const sealed = isFault(packet) ? packet : readSealed(machine, packet);
  const opened = isFault(sealed) ? sealed : openRequest(machine, context, sealed);
  if (isFault(opened)) say("fault " + opened.fault + " " + opened.path);
  else sayOpened(say, opened);
}

/** request, whose, number, packet: sealed, and opened by the other end. */
function sayRequest(machine: Machine, say: Say, ends: Context[], parts: string[]): void {
  const context = ends[numberOf(parts[1])];
  const packet = packetOf(machine, parts.slice(3));
  const bytes = encodePacket(machine, sealRequest(machine, context, numberOf(parts[2]), packet));
  say("sealed " + toHex(bytes));
  sayDatagram(machine, say, mirrorOf(context), bytes);
}

/** answer, whose, number or -1, the request's kid and number, packet: sealed, and opened. */
function sayAnswer(machine: Machine, say: Say, ends: Context[], parts: string[]): void {
  const context = ends[numberOf(parts[1])];
  const origin = { kid: fromHex(machine, parts[3]), piv: fromHex(machine, parts[4]) };
  const piv = numberOf(parts[2]);
  const inner = packetOf(machine, parts.slice(5));
  const sealed = sealAnswer(machine, context, origin, piv < 0 ? undefined : piv, inner);
  const bytes = encodePacket(machine, sealed);
  say("sealed " + toHex(bytes));
  const packet = decodePacket(machine, bytes);
  const opened = isFault(packet) ? packet : openAnswer(machine, mirrorOf(context), origin, packet);
  if (isFault(opened)) say("fault " + opened.fault + " " + opened.path);
  else sayOpened(say, opened);
}

/** Each line begins with what it is; ends are numbered in the order in which they came. */
export function sayVectors(machine: Machine, lines: string, say: Say): void {
  const all = pieces(lines, "\n");
  const ends: Context[] = [];
  for (let i = 0; i < all.length; i++) {
    const parts = pieces(all[i], "|");
    const kind = parts[0];
    if (kind === "end") ends.push(contextOf(machine, parts));
    else if (kind === "message") sayMessage(machine, say, parts);
    else if (kind === "request") sayRequest(machine, say, ends, parts);
    else if (kind === "answer") sayAnswer(machine, say, ends, parts);
    else if (kind === "payload") {
      sayPayload(machine, say, declarationOf(parts[1]), fromHex(machine, parts[2]));
    } else sayDatagram(machine, say, ends[0], fromHex(machine, parts[1]));
  }
}
