// The value of one declared field as people read it: time in UTC, degrees, names behind codes. Pure.
// Keys of a new context are never shown, only that they are there.

import type { Declaration, Field, List, Many } from "../../protocol/declaration.ts";
import { CELL, COMMON_IV, RECIPIENT_KEY, SENDER_KEY } from "../../protocol/fields.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { declarationOfWord } from "../../protocol/message-lookup.ts";
import { LOG, TRACK } from "../../protocol/messages.ts";
import { SETTING_NAMES, ZONE_KEY_MIN, ZONES } from "../../protocol/settings.ts";
import { cellOf } from "../../sdk/gateway/cell-octets.ts";
import { logText } from "../../sdk/log-text.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import { zoneText } from "../../sdk/zone-text.ts";
import { cellWords } from "../desk/words/position-text.ts";
import { join, same, type Words } from "../desk/words/words.ts";
import { quoted } from "./notation.ts";
import {
  boardWords,
  levelWords,
  messageWords,
  noticeWords,
  otherWords,
  outcomeWords,
  partWords,
  stateWords,
  unitWords,
} from "./words.ts";

export type Value = number | string | (number | string)[];
export interface Shown {
  /** The same in every language. */
  plain: string;
  words?: Words;
}

export type NumberValues = Readonly<Record<string, number | Many | undefined>>;

/** 2020-01-01T00:00:00Z, where the wire's seconds begin [wire §6]. */
const EPOCH_MS = 1_577_836_800_000;
const SECRETS: readonly string[] = [SENDER_KEY, RECIPIENT_KEY, COMMON_IV].map(({ name }) => name);
const YEAR_S = 31_536_000;
const E7 = 10_000_000;
/** A point of a track counts 1e-5 degree. */
const POINT_UNITS = 100;
const DATE_MS_MAX = 8.64e15;

export function isSecret(field: Field): boolean {
  return SECRETS.includes(field.name);
}

/** Milliseconds since 1970 as ISO 8601 in UTC; "" for what no calendar has. */
export function isoText(atMs: number): string {
  return Math.abs(atMs) > DATE_MS_MAX ? "" : new Date(atMs).toISOString();
}

/** For machines: the number, octets as hex, the rows of a list flat; undefined for a key. */
export function plainValue(field: Field, value: number | Many): Value | undefined {
  if (isSecret(field)) return undefined;
  if (typeof value === "number") return value;
  if (field.kind?.of !== "list") return hexOf(value as Bytes);
  return (value as List).map((cell) => (typeof cell === "number" ? cell : hexOf(cell)));
}

/** For people: the value with its unit, and what it means where a number alone says little. */
export function shownValue(field: Field, value: number | Many): Shown {
  if (typeof value === "number") return shownNumber(field, value);
  if (field.kind?.of === "list") {
    const rows = value.length / (field.columns?.length ?? 1);
    return { plain: `${rows}`, words: unitWords.rows };
  }
  const octets = toOctets(value as Bytes);
  if (isSecret(field)) return { plain: "…", words: unitWords.hidden(octets.length) };
  if (field.name === CELL.name) return shownCell(octets);
  if (field.unit === "octets") return { plain: hexOf(octets) };
  const count = linesOf(octets).length;
  return count > 1 ? { plain: `${count}`, words: unitWords.lines } : { plain: textOf(octets) };
}

/** The rows of a list, those of a track as places and times, and the lines of a long text. */
export function rowTexts(
  declaration: Declaration,
  field: Field,
  values: NumberValues,
): string[] | undefined {
  const value = values[field.name];
  if (value === undefined || typeof value === "number") return undefined;
  if (field.kind?.of !== "list") {
    const lines =
      field.unit === "octets" || isSecret(field) ? [] : linesOf(toOctets(value as Bytes));
    return lines.length > 1 ? lines : undefined;
  }
  const list = value as List;
  const width = field.columns?.length ?? 1;
  const rows = Array.from({ length: list.length / width }, (_, i) =>
    list.slice(i * width, (i + 1) * width),
  );
  if (declaration.name === TRACK.name) return pointTexts(rows as number[][], values);
  if (declaration.name === LOG.name) return (rows as number[][]).map(logRowText);
  return rows.map(([key, cell]) => `${settingText(key as number)} = ${settingCellText(key, cell)}`);
}

// internal

/** The octets, and what they mean; a radio of a newer version means nothing here. */
function shownCell(octets: Uint8Array): Shown {
  const cell = cellOf(octets);
  return {
    plain: hexOf(octets),
    words: cell === undefined ? otherWords.unknownValue : cellWords(cell),
  };
}

/** A time of a clock that was never set counts from the start: less than a year. */
function logRowText([time, event, alarm, detail]: number[]): string {
  const when = time < YEAR_S ? `+${time} s` : isoText(EPOCH_MS + time * 1000).replace(".000Z", "Z");
  return `${when} ${alarm === 0 ? "" : `#${alarm} `}${logText(event, detail)}`;
}

function settingText(key: number): string {
  const known = SETTING_NAMES.find((one) => one.key === key);
  return known === undefined ? `${key}` : `${key} ${known.name}`;
}

function shownNumber(field: Field, value: number): Shown {
  switch (field.unit) {
    case "s since 2020-01-01T00:00:00Z":
      return { plain: isoText(EPOCH_MS + value * 1000).replace(".000Z", "Z") };
    case "1e-7 degree":
      return { plain: degreeText(value, field.name === "latitude" ? "NS" : "EW") };
    case "bits":
      return { plain: `0x${value.toString(16)}`, words: bitWords(value, stateWords) };
    case "bits of parts":
      return { plain: `0x${value.toString(16)}`, words: bitWords(value, partWords) };
    case "code of outcome":
      return { plain: `${value}`, words: outcomeWords[value] ?? otherWords.unknownValue };
    case "code of notice":
      return { plain: `${value}`, words: noticeWords[value] ?? otherWords.unknownValue };
    case "code of board":
      return { plain: `${value}`, words: boardWords[value] ?? otherWords.unknownValue };
    case "1 low, 2 very low, 3 last gasp":
      return { plain: `${value}`, words: levelWords[value - 1] };
    case "word":
      return { plain: `${value}`, words: nameOfWord(value) };
    default:
      return measure(field, value);
  }
}

/** Seven places by whole numbers: a float would show digits that nobody sent. */
function degreeText(units: number, [positive, negative]: string): string {
  const size = Math.abs(units);
  const places = String(size % E7).padStart(7, "0");
  return `${Math.floor(size / E7)}.${places}° ${units < 0 ? negative : positive}`;
}

function bitWords(bits: number, names: Words[]): Words {
  const set: Words[] = [];
  for (let bit = 0; bit < 31; bit++) {
    if ((bits & (1 << bit)) === 0) continue;
    set.push(names[bit] ?? join([unitWords.bit, same(String(bit))], " "));
  }
  return set.length === 0 ? unitWords.none : join(set, ", ");
}

function nameOfWord(what: number): Words {
  const name = declarationOfWord(what)?.name;
  return name === undefined ? otherWords.unknownValue : (messageWords[name] ?? same(name));
}

const PLAIN_UNITS = [
  "count",
  "version",
  "by word",
  "by outcome",
  "0 or 1",
  "place in the list of zones",
];

function measure(field: Field, value: number): Shown {
  const unit = PLAIN_UNITS.includes(field.unit) ? "" : ` ${field.unit}`;
  const span = field.unit === "s" && value >= 120 ? ` (${spanText(value)})` : "";
  const isLast = field.round === "up" && value === field.table?.at(-1);
  return { plain: `${value}${unit}${span}`, words: isLast ? unitWords.orMore : undefined };
}

function spanText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.join(" ");
}

/** Without the end of the last one; what is no letter is written as JSON does. */
function linesOf(octets: Uint8Array): string[] {
  const lines = new TextDecoder("utf-8").decode(octets).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => quoted(line).slice(1, -1));
}

function textOf(octets: Uint8Array): string {
  return quoted(new TextDecoder("utf-8").decode(octets));
}

/** A zone as people write it; all else as it stands there. */
function settingCellText(key: number | Bytes, cell: number | Bytes): string {
  const isZoneKey = typeof key === "number" && key >= ZONE_KEY_MIN && key < ZONE_KEY_MIN + ZONES;
  const zone = isZoneKey && typeof cell !== "number" ? zoneText(toOctets(cell)) : "";
  return zone === "" ? cellText(cell) : zone;
}

function cellText(cell: number | Bytes): string {
  if (typeof cell === "number") return String(cell);
  const octets = toOctets(cell);
  const isAscii = octets.every((octet) => octet >= 0x20 && octet < 0x7f);
  return isAscii ? textOf(octets) : `h'${hexOf(octets)}'`;
}

function pointTexts(rows: number[][], values: NumberValues): string[] {
  let latitude = values.latitude as number;
  let longitude = values.longitude as number;
  let afterS = 0;
  return rows.map(([steps, north, east]) => {
    afterS += steps * (values.stepS as number);
    latitude += north * POINT_UNITS;
    longitude += east * POINT_UNITS;
    const place = `${degreeText(latitude, "NS")}  ${degreeText(longitude, "EW")}`;
    return `+${spanText(afterS) || "0 s"}  ${place}`;
  });
}
