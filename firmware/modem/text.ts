// Reading and writing what stands inside an AT line: fields, numbers, times, octets as text.
// Pure functions; they know no command by name and keep no state.

import { civilSeconds } from "../../protocol/calendar.ts";

/** The fields behind the first ": ", split at commas outside quotes; quotes stay on. */
export function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  const colon = line.indexOf(": ");
  const text = colon < 0 ? "" : line.slice(colon + 2);
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '"') quoted = !quoted;
    if (letter === "," && !quoted) {
      fields.push(text.slice(from, at));
      from = at + 1;
    }
  }
  fields.push(text.slice(from));
  return fields;
}

/** The field at this place, or "" where the line has fewer. */
export function fieldAt(fields: string[], at: number): string {
  return at < fields.length ? fields[at] : "";
}

export function unquote(field: string): string {
  const last = field.length - 1;
  if (last < 1 || field.charAt(0) !== '"' || field.charAt(last) !== '"') return field;
  return field.slice(1, last);
}

const INT_MAX_TENTH = 214748363;

/** Digits alone, within int32. */
function digitsOf(text: string): number | undefined {
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9 || value > INT_MAX_TENTH) return undefined;
    value = value * 10 + digit;
  }
  return text === "" ? undefined : value;
}

/**
 * A decimal as an integer of 10^-decimals, cut and not rounded: scaledOf("-1.25", 1) is -12.
 * Undefined for anything but an optional minus, digits and one point with digits on both sides.
 */
export function scaledOf(text: string, decimals: number): number | undefined {
  const negative = text.charAt(0) === "-";
  const size = negative ? text.slice(1) : text;
  const point = size.indexOf(".");
  const whole = point < 0 ? size : size.slice(0, point);
  let part = point < 0 ? "" : size.slice(point + 1);
  if (whole === "" || (point >= 0 && digitsOf(part) === undefined)) return undefined;
  while (part.length < decimals) part += "0";
  const value = digitsOf(whole + part.slice(0, decimals));
  return value !== undefined && value !== 0 && negative ? -value : value;
}

export function wholeOf(text: string): number | undefined {
  const negative = text.charAt(0) === "-";
  const value = digitsOf(negative ? text.slice(1) : text);
  return value !== undefined && value !== 0 && negative ? -value : value;
}

function twoDigits(text: string, at: number): number {
  const value = wholeOf(text.slice(at, at + 2));
  return value === undefined || text.length < at + 2 ? -1 : value;
}

/**
 * `26/08/23,10:11:12+32`: local time and its zone in quarter hours. Seconds since 2020 in UTC,
 * or 0: before the first network time the modem's year is 80.
 */
export function clockSeconds(text: string): number {
  const local = civilSeconds({
    year: twoDigits(text, 0),
    month: twoDigits(text, 3),
    day: twoDigits(text, 6),
    hour: twoDigits(text, 9),
    minute: twoDigits(text, 12),
    second: twoDigits(text, 15),
  });
  if (local === 0) return 0;
  const zone = twoDigits(text, 18);
  if (zone < 0) return local;
  const offset = zone * 900;
  return text.charAt(17) === "-" ? local + offset : local > offset ? local - offset : 0;
}

/** `061951.0` and `110513` of a fix; 0 where the receiver gave no usable date. */
export function fixSeconds(time: string, date: string): number {
  return civilSeconds({
    year: twoDigits(date, 4),
    month: twoDigits(date, 2),
    day: twoDigits(date, 0),
    hour: twoDigits(time, 0),
    minute: twoDigits(time, 2),
    second: twoDigits(time, 4),
  });
}
