// What the platform may change, by key: numbers and texts, each with what stands where nothing was set.
// Reads only: a change comes by a command, which checks it first.

import type { State } from "./state.ts";

export const REPORT_S = 3;
export const REPORT_LATER_S = 4;
export const REPORT_OFTEN_S = 5;
export const SMS_AFTER_S = 6;
export const CONTACTS_AFTER_S = 7;
export const VOICE_AFTER_S = 8;
export const LANGUAGE = 18;
export const PLATFORM_NUMBER = 67;
/** The first of five behind one another. */
export const CONTACT = 68;
export const CONTACTS = 5;
export const DESK_NUMBER = 73;

/** By key from 0 on. */
const DEFAULTS: readonly number[] = [
  0, 3000, 43200, 30, 120, 600, 30, 60, 90, 20, 10, 5, 480, 8, 20, 30, 120, 300, 0,
];

export function numberOf(state: State, key: number): number {
  for (let i = 0; i < state.settings.length; i++) {
    if (state.settings[i].key === key) return state.settings[i].value;
  }
  return DEFAULTS[key];
}

/** "" where nothing was set. */
export function textOf(state: State, key: number): string {
  for (let i = 0; i < state.settings.length; i++) {
    if (state.settings[i].key === key) return state.settings[i].text;
  }
  return "";
}
