// The values that somebody asks a command with, checked against what the wire declares for it.
// Pure; what is wrong is said with the field's path and what to give instead, never with the value.

import type { Declaration, Field } from "../protocol/declaration.ts";
import { SETTING_NAMES } from "../protocol/settings.ts";
import { OnekeyError } from "./error.ts";
import type { ToldValues } from "./events.ts";
import { hexOf, octetsOf } from "./octets.ts";
import { brokenPair, settingKey, settingOctets, wrongValue } from "./setting-values.ts";

/**
 * A number, a text, or octets: `{ hex: "0a0b" }`, and for a field of plain octets its hexadecimal text
 * alone. A list is an array of rows; that of settings may also be `{ name: value }`, and a row of it
 * may begin with a setting's name in place of its key.
 */
export type AskedCell = number | string | { hex: string };
export type AskedValue = AskedCell | AskedCell[][] | Record<string, AskedCell>;
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
  // No other command has a list.
  if (field.kind.of === "list") return settingsOf(field, value, path);
  const octets = octetsIn(value, field.unit === "octets");
  if (octets !== undefined && octets.length >= field.min && octets.length <= field.max) {
    return hexOf(octets);
  }
  throw wrong(path, `${field.min} to ${field.max} ${field.unit}, as text or { hex }`);
}

function numberOf({ min, max, unit }: Field, value: unknown, path: string): number {
  if (isWithin(value, min, max)) return value;
  throw wrong(path, `a whole number from ${min} to ${max} (${unit})`);
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** Rows of settings, by name or key, each checked as the pager itself will check it. */
function settingsOf(field: Field, value: AskedValue, path: string): (number | string)[] {
  const { paths, rows } = isNamed(value)
    ? { rows: Object.entries(value), paths: Object.keys(value).map((name) => `${path}.${name}`) }
    : { rows: value, paths: undefined };
  if (!Array.isArray(rows) || rows.length < field.min || rows.length > field.max) {
    throw wrong(path, `${field.min} to ${field.max} settings, { name: value } or [name, value]`);
  }
  const cells = new Map<number, number | string>();
  for (const [at, row] of rows.entries()) {
    const place = paths?.[at] ?? `${path}[${at}]`;
    if (!Array.isArray(row) || row.length !== 2) throw wrong(place, "a row of 2");
    const key = settingKey(row[0] as string | number);
    if (key === undefined) throw wrong(paths === undefined ? `${place}.key` : place, NO_SETTING);
    if (cells.has(key)) throw wrong(place, "a setting stands there once");
    cells.set(key, settingOf(key, row[1], paths === undefined ? `${place}.value` : place));
  }
  const pair = brokenPair(cells);
  if (pair !== undefined) throw wrong(path, pair);
  return [...cells].flat();
}

const NO_SETTING = `one of ${SETTING_NAMES.map(({ name }) => name).join(", ")}, or its key`;

function isNamed(value: AskedValue): value is Record<string, AskedCell> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function settingOf(key: number, value: AskedCell, path: string): number | string {
  const octets = typeof value === "string" ? settingOctets(key, value) : octetsIn(value, false);
  const cell = typeof value === "number" ? value : octets;
  const isWhole = typeof cell !== "number" || Number.isInteger(cell);
  const need = wrongValue(key, cell !== undefined && isWhole ? cell : Number.NaN);
  if (need !== undefined) throw wrong(path, need);
  return typeof cell === "number" ? cell : hexOf(cell as Uint8Array);
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
