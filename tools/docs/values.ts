// What the vectors say, chosen by rule from the declarations: the smallest, the widest and others.
// Never random, and a message's values depend on no other message.

import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { octetsOf, ordinaryValue } from "./ordinary.ts";
import type { Cell, Said, Value } from "./said.ts";

/**
 * "former": without what a later version of the wire has brought. "gaps": all that may be absent is, but for the
 * last. "fullest": what one datagram still holds.
 */
export type Variant =
  | "smallest"
  | "ordinary"
  | "former"
  | "flagged"
  | "gaps"
  | "widest"
  | "fullest";

export function payloadOf(message: Declaration, said: Said): Bytes {
  return encodeMessage(nodeMachine, message, said as never);
}

/** Octets of one number or of a head with it in deterministic CBOR. */
function headOctets(value: number): number {
  const size = value < 0 ? -1 - value : value;
  return size < 24 ? 1 : size < 256 ? 2 : size < 65_536 ? 3 : 5;
}

/** The end of the bounds that is nearest to 0, or 0. */
function nearest(min: number, max: number): number {
  return Math.max(min, Math.min(max, 0));
}

/** The end of the bounds that takes more octets; the upper one where both take as many. */
function farthest(min: number, max: number): number {
  return headOctets(min) > headOctets(max) ? min : max;
}

function widestCell(column: Column, field: Field): Cell {
  return column.octetsMax > 0
    ? octetsOf(field, column.octetsMax)
    : farthest(column.min, column.max);
}

function rowsOf(field: Field, count: number, cellOf: (column: Column) => Cell): Cell[] {
  return Array.from({ length: count }, () => (field.columns ?? []).map(cellOf)).flat();
}

function smallestValue(field: Field): Value {
  if (field.kind?.of === "octets") return octetsOf(field, field.min);
  if (field.kind?.of === "list") {
    return rowsOf(field, field.min, (column) => nearest(column.min, column.max));
  }
  return field.table === undefined ? nearest(field.min, field.max) : field.table[0];
}

/** With `part` of the rows or octets that the bounds allow, where there may be many. */
function widestValue(field: Field, part = 1): Value {
  const count = Math.max(field.min, Math.floor(field.max * part));
  if (field.kind?.of === "octets") return octetsOf(field, count);
  if (field.kind?.of === "list") return rowsOf(field, count, (column) => widestCell(column, field));
  if (field.table !== undefined) return field.table[field.table.length - 1];
  return farthest(field.min, field.max);
}

/** The values of all fields that `wanted` lets through, with the message's own word and its flags. */
function sayFields(
  message: Declaration,
  flag: 0 | 1,
  sayOne: (field: Field) => Value,
  wanted: (field: Field) => boolean = () => true,
): Said {
  const said: Said = {};
  for (const field of message.fields.filter(wanted)) {
    const isWord = field === message.fields[0] && message.word !== undefined;
    said[field.name] = isWord ? (message.word as number) : sayOne(field);
    if (field.flag !== undefined) said[field.flag] = flag;
  }
  return said;
}

/** All of it, each value at the end of its bounds that takes most octets. */
export function widestOf(message: Declaration): Said {
  return sayFields(message, 1, (field) => widestValue(field));
}

/** The widest that `fits` lets through: of what may be many, as much as it takes. */
export function fullest(message: Declaration, fits: (said: Said) => boolean): Said {
  const STEPS = 1024;
  const saidAt = (step: number) =>
    sayFields(message, 1, (field) => widestValue(field, step / STEPS));
  let fitting = 0;
  let tooMuch = STEPS + 1;
  while (tooMuch - fitting > 1) {
    const step = Math.floor((fitting + tooMuch) / 2);
    if (fits(saidAt(step))) fitting = step;
    else tooMuch = step;
  }
  return saidAt(fitting);
}

/** Values of one message by variant; what would say the same as an earlier one is left out. */
export function variantsOf(message: Declaration): [Variant, Said][] {
  const ordinary = (flag: 0 | 1, wanted?: (field: Field) => boolean) =>
    sayFields(message, flag, (field) => ordinaryValue(message, field), wanted);
  const last = message.fields.at(-1);
  const all: [Variant, Said][] = [
    ["smallest", sayFields(message, 0, smallestValue, (field) => field.needed === true)],
    ["ordinary", ordinary(0)],
    ["former", ordinary(0, (field) => field.since <= message.since)],
    ["flagged", ordinary(1)],
    ["gaps", ordinary(0, (field) => field.needed === true || field === last)],
    ["widest", widestOf(message)],
  ];
  const seen = new Set<string>();
  return all.filter(([, said]) => {
    const hex = Buffer.from(payloadOf(message, said) as Uint8Array).toString("hex");
    const isNew = !seen.has(hex);
    seen.add(hex);
    return isNew;
  });
}
