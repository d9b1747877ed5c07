// The values that somebody asks a command with, checked against what the wire declares for it.
// Pure; what is wrong is said with the field's path and what to give instead, never with the value.

import type { Column, Declaration, Field } from "../protocol/declaration.ts";
import { OnekeyError } from "./error.ts";
import type { ToldValues } from "./events.ts";
import { hexOf, octetsOf } from "./octets.ts";

/**
 * A number, a text, or octets: `{ hex: "0a0b" }`, and for a field of plain octets its hexadecimal text
 * alone. A list is an array of rows.
 */
export type AskedCell = number | string | { hex: string };
export type AskedValue = AskedCell | AskedCell[][];
export type AskedValues = Record<string, AskedValue>;

/** As the store keeps them. What the encoder would leave out or hold to a bound is refused here. */
export function commandValues(declaration: Declaration, asked: AskedValues): ToldValues {
  const fields = declaration.fields.filter(({ name }) => !ADDED.has(name));
  const stranger = Object.keys(asked).find((name) => !fields.some((field) => field.name === name));
  if (stranger !== undefined) {
    const names = fields.map((field) => field.name).join(", ");
    throw wrong(pathOf(stranger), `${declaration.name} has ${names === "" ? "no values" : names}`);
  }
  const values: ToldValues = {};
  for (const field of fields) {
    const path = pathOf(field.name);
    const value = asked[field.name];
    if (value !== undefined) values[field.name] = toldOf(field, value, path);
    else if (field.needed) throw wrong(path, `${declaration.name} needs it`);
  }
  return values;
}

// internal

/** Put in by the platform. */
const ADDED = new Set(["what", "id"]);
const HEX = /^([0-9a-f]{2})*$/i;

function wrong(path: string, need: string): OnekeyError {
  return new OnekeyError("bad-request", `${path}: ${need}.`, { path });
}

function pathOf(name: string): string {
  return `values.${name}`;
}

function toldOf(field: Field, value: AskedValue, path: string): ToldValues[string] {
  if (field.kind === undefined) return numberOf(field, value, path);
  if (field.kind.of === "list") return listOf(field, value, path);
  const octets = octetsIn(value, field.unit === "octets");
  if (octets !== undefined && octets.length >= field.min && octets.length <= field.max) {
    return hexOf(octets);
  }
  throw wrong(path, `${field.min} to ${field.max} ${field.unit}, as text or { hex }`);
}

function numberOf({ min, max, unit }: Field | Column, value: unknown, path: string): number {
  if (isWithin(value, min, max)) return value;
  throw wrong(path, `a whole number from ${min} to ${max} (${unit})`);
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function listOf(field: Field, value: AskedValue, path: string): (number | string)[] {
  const { columns = [], min, max } = field;
  if (!Array.isArray(value) || value.length < min || value.length > max) {
    throw wrong(path, `${min} to ${max} rows of ${columns.map(({ name }) => name).join(" and ")}`);
  }
  return value.flatMap((row, at) => {
    const place = `${path}[${at}]`;
    if (!Array.isArray(row) || row.length !== columns.length) {
      throw wrong(place, `a row of ${columns.length}`);
    }
    return columns.map((column, i) => cellOf(column, row[i], `${place}.${column.name}`));
  });
}

function cellOf(column: Column, cell: unknown, path: string): number | string {
  const octets = octetsIn(cell, false);
  if (octets === undefined || column.octetsMax === 0) return numberOf(column, cell, path);
  if (octets.length <= column.octetsMax) return hexOf(octets);
  throw wrong(path, `at most ${column.octetsMax} octets`);
}

/** Undefined for what is no text and no octets. */
function octetsIn(value: unknown, isHex: boolean): Uint8Array | undefined {
  if (typeof value === "string") {
    if (!isHex) return new Uint8Array(Buffer.from(value, "utf8"));
    return HEX.test(value) ? octetsOf(value) : undefined;
  }
  const hex = (value as { hex?: unknown } | undefined | null)?.hex;
  return typeof hex === "string" && HEX.test(hex) ? octetsOf(hex) : undefined;
}
