// The settings in use: numbers and texts by the keys of protocol/settings.ts, and what may stand there.
// Changes nothing: that is for settings-change.ts. What was never changed stands as it was declared.

import { fromText, toText } from "../../protocol/bytes.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import {
  APN_KEY,
  APN_OCTETS_MAX,
  NUMBER_BOUNDS,
  NUMBERS,
  PHONE_DIGITS_MAX,
  PHONE_DIGITS_MIN,
  RELATIONS,
  TEXT_KEY_MIN,
  TEXTS,
} from "../../protocol/settings.ts";

export type Cell = number | Bytes;

/** A change of the way to the platform that nobody there has answered yet. */
export interface Trial {
  /** Of the command; 0 where no trial goes on. */
  id: number;
  /** The first key that changed, and the version to go back to. */
  key: number;
  version: number;
  sinceMs: number;
  /** Keys with the values that come back if nobody answers, behind one another. */
  old: Cell[];
}

export interface Settings {
  version: number;
  /** By key, from the first number and the first text of protocol/settings.ts on. */
  numbers: number[];
  texts: string[];
  trial: Trial;
  /** Rows read from the journal that no commit stands behind yet. */
  rows: Cell[];
}

/** A pager, as far as its settings go. */
interface Holder {
  settings: Settings;
}

const DOT = 46;
const COLON = 58;
const PLUS = 43;

export function newSettings(): Settings {
  const settings: Settings = {
    version: 0,
    numbers: [],
    texts: [],
    trial: { id: 0, key: 0, version: 0, sinceMs: 0, old: [] },
    rows: [],
  };
  for (let i = 0; i < NUMBERS; i++) settings.numbers.push(NUMBER_BOUNDS[3 * i + 2]);
  for (let i = 0; i < TEXTS; i++) settings.texts.push("");
  return settings;
}

export function numberOf(state: Holder, key: number): number {
  return state.settings.numbers[key - 1];
}

export function textOf(state: Holder, key: number): string {
  return state.settings.texts[key - TEXT_KEY_MIN];
}

/** The value as the wire and the journal say it. */
export function cellOf(machine: Machine, state: Holder, key: number): Cell {
  return key <= NUMBERS ? numberOf(state, key) : fromText(machine, textOf(state, key));
}

/** All keys of this version, ascending. */
export function settingKeys(): number[] {
  const keys: number[] = [];
  for (let i = 1; i <= NUMBERS; i++) keys.push(i);
  for (let i = 0; i < TEXTS; i++) keys.push(TEXT_KEY_MIN + i);
  return keys;
}

function isDigit(octet: number): boolean {
  return octet >= 48 && octet <= 57;
}

/** Four numbers up to 255, and a port: names are looked up by nobody here [wire §4.6]. */
function isAddress(text: Bytes): boolean {
  let dots = 0;
  let colons = 0;
  let value = -1;
  for (let i = 0; i < text.length; i++) {
    const octet = text[i];
    if (isDigit(octet)) {
      value = (value < 0 ? 0 : value * 10) + octet - 48;
      if (value > 65535) return false;
      continue;
    }
    if (value < 0 || value > 255) return false;
    value = -1;
    if (octet === DOT && dots < 3) dots += 1;
    else if (octet === COLON && dots === 3 && colons === 0) colons = 1;
    else return false;
  }
  return colons === 1 && value > 0;
}

function isPhoneNumber(text: Bytes): boolean {
  const digits = text.length - 1;
  if (text[0] !== PLUS || digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_MAX) return false;
  for (let i = 1; i <= digits; i++) if (!isDigit(text[i])) return false;
  return true;
}

/** Letters, digits, dot and hyphen: nothing that could end the quotes it stands in. */
function isApn(text: Bytes): boolean {
  if (text.length > APN_OCTETS_MAX) return false;
  for (let i = 0; i < text.length; i++) {
    const octet = text[i];
    const letter = (octet >= 65 && octet <= 90) || (octet >= 97 && octet <= 122);
    if (!letter && !isDigit(octet) && octet !== DOT && octet !== 45) return false;
  }
  return true;
}

/** Whether the setting may have this value; the relations between settings are another question. */
export function isGood(key: number, cell: Cell): boolean {
  if (typeof cell === "number") {
    const at = 3 * key - 3;
    return key > 0 && key <= NUMBERS && cell >= NUMBER_BOUNDS[at] && cell <= NUMBER_BOUNDS[at + 1];
  }
  if (key < TEXT_KEY_MIN || key >= TEXT_KEY_MIN + TEXTS) return false;
  if (cell.length === 0) return true;
  if (key === APN_KEY) return isApn(cell);
  return key < APN_KEY ? isAddress(cell) : isPhoneNumber(cell);
}

/** Puts a value in its place; what is no setting of this version is passed over. */
export function putCell(settings: Settings, key: number, cell: Cell): void {
  if (!isGood(key, cell)) return;
  if (typeof cell === "number") settings.numbers[key - 1] = cell;
  else settings.texts[key - TEXT_KEY_MIN] = toText(cell);
}

/** The place of the first relation that these numbers break; -1 where they keep all. */
export function brokenRelation(numbers: number[]): number {
  for (let i = 0; i < RELATIONS.length; i += 3) {
    if (numbers[RELATIONS[i] - 1] + RELATIONS[i + 1] > numbers[RELATIONS[i + 2] - 1]) return i;
  }
  return -1;
}
