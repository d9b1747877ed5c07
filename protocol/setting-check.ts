// What may stand in a setting, asked by the pager that obeys and by the host that gives the command.
// Knows no setting that is in use and changes none.

import type { Bytes } from "./machine.ts";
import {
  APN_KEY,
  APN_OCTETS_MAX,
  ASSISTANCE_KEY,
  FOUND_KEY,
  NAME_KEY,
  NUMBER_BOUNDS,
  NUMBERS,
  PHONE_DIGITS_MAX,
  PHONE_DIGITS_MIN,
  RELATIONS,
  TEXT_KEY_MIN,
  TEXTS,
  ZONE_KEY_MIN,
} from "./settings.ts";
import { isZone } from "./zone-shape.ts";

const DOT = 46;
const COLON = 58;
const PLUS = 43;

function isDigit(octet: number): boolean {
  return octet >= 48 && octet <= 57;
}

/** Four numbers up to 255, and a port. Behind a host, which ends at `from`, only the port [wire §4.6]. */
function isAddress(text: Bytes, from: number): boolean {
  let dots = from > 0 ? 3 : 0;
  let value = from > 0 ? 0 : -1;
  let colons = 0;
  for (let i = from; i < text.length; i++) {
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

/**
 * How many letters, digits, dots and hyphens it begins with: nothing of them could end the quotes that
 * it stands in.
 */
function plainOctets(text: Bytes): number {
  let count = 0;
  while (count < text.length) {
    const octet = text[count];
    const letter = (octet >= 65 && octet <= 90) || (octet >= 97 && octet <= 122);
    if (!letter && !isDigit(octet) && octet !== DOT && octet !== 45) break;
    count++;
  }
  return count;
}

/** What can be seen of ASCII: its length goes before it, so that nothing in it ends it. */
function isUrl(text: Bytes): boolean {
  for (let i = 0; i < text.length; i++) if (text[i] < 33 || text[i] > 126) return false;
  return true;
}

/** Whether the setting may have this value; the relations between settings are another question. */
export function isGoodSetting(key: number, cell: number | Bytes): boolean {
  if (typeof cell === "number") {
    const at = 3 * key - 3;
    return key > 0 && key <= NUMBERS && cell >= NUMBER_BOUNDS[at] && cell <= NUMBER_BOUNDS[at + 1];
  }
  if (key < TEXT_KEY_MIN || key >= TEXT_KEY_MIN + TEXTS) return false;
  if (cell.length === 0) return true;
  if (key === APN_KEY) return cell.length <= APN_OCTETS_MAX && plainOctets(cell) === cell.length;
  if (key === NAME_KEY) return isAddress(cell, plainOctets(cell));
  if (key === ASSISTANCE_KEY) return isUrl(cell);
  if (key === FOUND_KEY) return isAddress(cell, 0);
  if (key >= ZONE_KEY_MIN) return isZone(cell);
  return key < APN_KEY ? isAddress(cell, 0) : isPhoneNumber(cell);
}

/** The place of the first relation that these numbers break; -1 where they keep all. */
export function brokenRelation(numbers: readonly number[]): number {
  for (let i = 0; i < RELATIONS.length; i += 3) {
    if (numbers[RELATIONS[i] - 1] + RELATIONS[i + 1] > numbers[RELATIONS[i + 2] - 1]) return i;
  }
  return -1;
}
