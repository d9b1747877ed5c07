// The settings in use: numbers and texts by the keys of protocol/settings.ts.
// Changes nothing: that is for settings-change.ts. What was never changed stands as it was declared.

import { fromText, toText } from "../../protocol/bytes.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { isGoodSetting } from "../../protocol/setting-check.ts";
import { NUMBER_BOUNDS, NUMBERS, TEXT_KEY_MIN, TEXTS } from "../../protocol/settings.ts";

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

/** Puts a value in its place; what is no setting of this version is passed over. */
export function putCell(settings: Settings, key: number, cell: Cell): void {
  if (!isGoodSetting(key, cell)) return;
  if (typeof cell === "number") settings.numbers[key - 1] = cell;
  else settings.texts[key - TEXT_KEY_MIN] = toText(cell);
}
