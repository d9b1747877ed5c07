// Any values that a message can say exactly, drawn by its declaration; and its array as others see it.
// Nothing is judged here; one file, so that all tests draw from the same place.

import fc from "fast-check";
import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import type { Bytes } from "../../protocol/machine.ts";

export type Cell = number | Uint8Array;
export type AnyValue = number | Uint8Array | Cell[];
export type AnyValues = Record<string, AnyValue>;
export type Wire = number | null | Uint8Array | Cell[];

/** Lists stay short in tests: a bound of thousands of octets is tried by itself. */
const OCTETS_MAX = 80;
const ROWS_MAX = 5;

function octetsOf(min: number, max: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: min, maxLength: Math.max(min, Math.min(max, OCTETS_MAX)) });
}

function cellOf(column: Column): fc.Arbitrary<Cell> {
  const number: fc.Arbitrary<Cell> = fc.integer({ min: column.min, max: column.max });
  return column.octetsMax === 0 ? number : fc.oneof(number, octetsOf(0, column.octetsMax));
}

function rowsOf(field: Field): fc.Arbitrary<Cell[]> {
  const row = fc.tuple(...(field.columns ?? []).map(cellOf));
  const rows = { minLength: field.min, maxLength: Math.min(field.max, ROWS_MAX) };
  return fc.array(row, rows).map((list) => list.flat());
}

/** Any value that one field can say exactly. */
export function anyOf(field: Field): fc.Arbitrary<AnyValue> {
  if (field.kind?.of === "octets") return octetsOf(field.min, field.max);
  if (field.kind?.of === "list") return rowsOf(field);
  if (field.table !== undefined) return fc.constantFrom(...field.table);
  return fc.integer({ min: field.min, max: field.max });
}

/** Any values that a message can say exactly. A word is always its own. */
export function valuesOf(declaration: Declaration): fc.Arbitrary<AnyValues> {
  const parts = declaration.fields.map((field): fc.Arbitrary<AnyValues> => {
    if (field.name === "what" && declaration.word !== undefined) {
      return fc.constant({ what: declaration.word });
    }
    const flag = fc.integer({ min: 0, max: 1 });
    const present = fc.tuple(anyOf(field), flag).map(([value, set]): AnyValues => {
      return { [field.name]: value, ...(field.flag === undefined ? {} : { [field.flag]: set }) };
    });
    return field.needed ? present : fc.oneof(present, fc.constant({}));
  });
  return fc.tuple(...parts).map((list) => Object.assign({}, ...list));
}

/** The array that a message puts on the wire, as a foreign codec sees it. */
export function wireOf(declaration: Declaration, values: AnyValues): Wire[] {
  const wire = declaration.fields.map((field): Wire => {
    const value = values[field.name];
    if (value === undefined) return null;
    if (typeof value !== "number") return value;
    const number = field.table === undefined ? value : field.table.indexOf(value);
    return field.flag !== undefined && values[field.flag] === 1 ? -1 - number : number;
  });
  while (wire.length > 0 && wire[wire.length - 1] === null) wire.pop();
  return wire;
}

/** Octets as text, so that values of any engine and codec compare. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `h'${Buffer.from(value).toString("hex")}'`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

export function hexOfBytes(octets: Bytes): string {
  return Buffer.from(octets as Uint8Array).toString("hex");
}
