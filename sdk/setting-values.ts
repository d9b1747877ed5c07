// Settings by name for whoever asks for a change or reads what a pager says. What may stand in one is
// asked of protocol/. Never repeats a value in an error: contacts are people's numbers.

import { brokenRelation, isGoodSetting } from "../protocol/setting-check.ts";
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
  SETTING_NAMES,
  ZONE_KEY_MIN,
  ZONES,
} from "../protocol/settings.ts";
import { ZONE_RADIUS_M_MIN, ZONE_SPAN_MAX } from "../protocol/zone-shape.ts";
import { ZONE_CORNERS_MAX, zoneOctets, zoneText } from "./zone-text.ts";

/** As somebody writes it, by the setting's name. */
export type NamedSettings = Record<string, number | string>;

/** The name of a key; the key itself where a newer version has it. */
export function settingName(key: number): string {
  return SETTING_NAMES.find((one) => one.key === key)?.name ?? `${key}`;
}

/** The key behind a name or a key; undefined for what is no setting. */
export function settingKey(said: string | number): number | undefined {
  return SETTING_NAMES.find((one) => one.key === said || one.name === said)?.key;
}

function isZoneKey(key: unknown): boolean {
  return typeof key === "number" && key >= ZONE_KEY_MIN && key < ZONE_KEY_MIN + ZONES;
}

/** Texts of settings are ASCII but for zones; written for a page too, which has no octets of Node's. */
function textOfHex(key: unknown, hex: string): string {
  const codes = (hex.match(/../g) ?? []).map((code) => Number.parseInt(code, 16));
  if (isZoneKey(key)) return zoneText(Uint8Array.from(codes));
  return codes.map((code) => String.fromCharCode(code)).join("");
}

/** The octets of a text as somebody writes it; undefined where it is no zone and should be one. */
export function settingOctets(key: number, text: string): Uint8Array | undefined {
  if (!isZoneKey(key) || text === "") return new TextEncoder().encode(text);
  return zoneOctets(text);
}

/** A list of keys and values as messages have it, octets as hexadecimal text. */
export function namedSettings(list: readonly (number | string)[]): NamedSettings {
  const named: NamedSettings = {};
  for (let i = 0; i + 1 < list.length; i += 2) {
    const cell = list[i + 1];
    const value = typeof cell === "number" ? cell : textOfHex(list[i], cell);
    if (typeof list[i] === "number") named[settingName(list[i] as number)] = value;
  }
  return named;
}

/** What the setting needs, where it may not have this value; undefined where it may. */
export function wrongValue(key: number, value: number | Uint8Array): string | undefined {
  const noUrl = key === ASSISTANCE_KEY && !isUrl(value);
  if (isGoodSetting(key, value) && !noUrl) return undefined;
  return `${settingName(key)} takes ${needOf(key)}`;
}

/** What the modem's own client takes; a pager asks for no more than that it can be written to it. */
function isUrl(value: number | Uint8Array): boolean {
  if (typeof value === "number" || value.length === 0) return true;
  return /^http:\/\/[^/]+\/./.test(new TextDecoder().decode(value));
}

/** Of a change that says both ends of a relation; the other end may be in use and not known here. */
export function brokenPair(cells: ReadonlyMap<number, unknown>): string | undefined {
  const numbers = Array.from({ length: NUMBERS }, (_, at) => {
    const value = cells.get(at + 1);
    return typeof value === "number" ? value : Number.NaN;
  });
  const at = brokenRelation(numbers);
  if (at < 0) return undefined;
  const [low, gap, high] = RELATIONS.slice(at, at + 3);
  const apart = gap === 0 ? "at most" : `at least ${gap} below`;
  return `${settingName(low)} is ${apart} ${settingName(high)}`;
}

// internal

function needOf(key: number): string {
  if (key <= NUMBERS) {
    const [min, max] = NUMBER_BOUNDS.slice(3 * key - 3);
    const unit = SETTING_NAMES.find((one) => one.key === key)?.unit;
    return `a whole number from ${min} to ${max} (${unit})`;
  }
  if (key === APN_KEY) return `up to ${APN_OCTETS_MAX} letters, digits, dots and hyphens`;
  if (isZoneKey(key)) {
    const circle = `"latitude,longitude,metres", ${ZONE_RADIUS_M_MIN} to ${ZONE_SPAN_MAX} m`;
    return `${circle}, or 3 to ${ZONE_CORNERS_MAX} corners "lat,lon lat,lon lat,lon" within 0.1°, or ""`;
  }
  if (key === ASSISTANCE_KEY) return 'up to 64 letters as "http://host/xtra2.bin", or ""';
  if (key === NAME_KEY) return 'a host by its name and a port as "pager.example:5683", or ""';
  if (key < APN_KEY || key === FOUND_KEY) return 'an address as "192.0.2.1:5683", or ""';
  return `a phone number, + and ${PHONE_DIGITS_MIN} to ${PHONE_DIGITS_MAX} digits, or ""`;
}
