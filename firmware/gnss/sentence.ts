// One NMEA 0183 sentence: its checksum, where its fields end, and the numbers in them without floats.
// Cuts out no text: fields are read where they stand, because each piece of text costs memory.

import type { Machine } from "../../protocol/machine.ts";

/** Stands for a field that is empty or no number: no number of ours is negative. */
export const NONE = -1;
/** Stands for what can't be a latitude or a longitude. */
export const NOWHERE = 2000000000;

export interface Sentence {
  text: string;
  /** Place of the comma or star behind field 0, 1, ...; the first `count` of them are in force. */
  ends: number[];
  count: number;
}

const STAR = 42;
const POINT = -2;
const TENTH_OF_INT_MAX = 214748363;
const MINUTE = 10000000;

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

/** False where the sentence isn't whole, from its `$` to its two digits, or its checksum is wrong. */
export function openSentence(sentence: Sentence, text: string): boolean {
  const star = text.length - 3;
  if (star < 7 || text.charCodeAt(star) !== STAR) return false;
  let sum = 0;
  // The whole cost of a sentence: nothing else is done with each character.
  for (let at = 1; at < star; at++) sum = sum ^ text.charCodeAt(at);
  let count = 0;
  for (let at = text.indexOf(","); at >= 0; at = text.indexOf(",", at + 1)) {
    sentence.ends[count] = at;
    count += 1;
  }
  sentence.ends[count] = star;
  sentence.count = count + 1;
  sentence.text = text;
  const high = hexDigit(text.charCodeAt(star + 1));
  const low = hexDigit(text.charCodeAt(star + 2));
  return high >= 0 && low >= 0 && high * 16 + low === sum;
}

/** The code of a field of one letter; 0 for an empty or absent one, `NONE` for a longer one. */
export function letterAt(sentence: Sentence, field: number): number {
  if (field >= sentence.count) return 0;
  const from = sentence.ends[field - 1] + 1;
  const size = sentence.ends[field] - from;
  if (size === 1) return sentence.text.charCodeAt(from);
  return size === 0 ? 0 : NONE;
}

/** The number in `size` digits from place `skip` of a field on. */
export function digitsAt(sentence: Sentence, field: number, skip: number, size: number): number {
  if (field >= sentence.count) return NONE;
  const from = sentence.ends[field - 1] + 1 + skip;
  if (from + size > sentence.ends[field]) return NONE;
  let value = 0;
  for (let at = from; at < from + size; at++) {
    const digit = sentence.text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return NONE;
    value = value * 10 + digit;
  }
  return value;
}

/** The decimal from place `skip` of a field on, as an integer of 10^-places; more places are cut. */
export function decimalAt(sentence: Sentence, field: number, skip: number, places: number): number {
  if (field >= sentence.count) return NONE;
  let value = 0;
  let digits = 0;
  let left = places;
  let behindPoint = false;
  for (let at = sentence.ends[field - 1] + 1 + skip; at < sentence.ends[field]; at++) {
    const digit = sentence.text.charCodeAt(at) - 48;
    if (digit === POINT && !behindPoint) {
      behindPoint = true;
      continue;
    }
    if (digit < 0 || digit > 9) return NONE;
    digits += 1;
    if (behindPoint && left === 0) continue;
    if (value > TENTH_OF_INT_MAX) return NONE;
    value = value * 10 + digit;
    if (behindPoint) left -= 1;
  }
  for (; left > 0; left--) {
    if (value > TENTH_OF_INT_MAX) return NONE;
    value = value * 10;
  }
  return digits > 0 ? value : NONE;
}

/**
 * Degrees × 10^7 of `ddmm.mmmm` (2 digits of degrees) or `dddmm.mmmm` (3) with its half in the next
 * field, rounded half up in its size. Seven decimals of a minute decide that: the sum of 30 and a
 * whole number passes a multiple of 60 only at a whole number, so what stands behind them can't.
 */
export function placeAt(
  machine: Machine,
  sentence: Sentence,
  field: number,
  width: number,
): number {
  const degrees = digitsAt(sentence, field, 0, width);
  const whole = digitsAt(sentence, field, width, 2);
  const minutes = decimalAt(sentence, field, width, 7);
  const part = minutes - whole * MINUTE;
  const most = width === 2 ? 90 : 180;
  if (degrees < 0 || degrees > most || whole < 0 || whole > 59) return NOWHERE;
  if (minutes < 0 || part < 0 || part >= MINUTE) return NOWHERE;
  const size = degrees * 10000000 + machine.divide(minutes + 30, 60);
  if (size > most * 10000000) return NOWHERE;
  const half = letterAt(sentence, field + 1);
  // N or E, S or W.
  if (half === (width === 2 ? 78 : 69)) return size;
  return half === (width === 2 ? 83 : 87) ? 0 - size : NOWHERE;
}
