// A zone in octets, as a setting has it: a circle or a polygon around a first place.
// Says what may stand there, and reads numbers; where the wearer is to it is for the pager.

import { LONGITUDE_MAX } from "./limits.ts";
import type { Bytes } from "./machine.ts";

/**
 * Latitude and longitude in degrees × 10^7, four octets each; then the radius of a circle in metres,
 * or each further corner of a polygon: north and east of the first in 1e-5 degree. Two octets each.
 */
export const ZONE_FIRST_OCTETS = 8;
export const ZONE_CIRCLE_OCTETS = 10;
export const ZONE_CORNER_OCTETS = 4;
/** Of three corners, and of fifteen. */
export const ZONE_POLYGON_OCTETS_MIN = 16;
export const ZONE_OCTETS_MAX = 64;
export const ZONE_CORNER_UNITS = 100;
export const ZONE_RADIUS_M_MIN = 20;
/** Metres of a radius, and 1e-5 degree of a corner: so near a pager multiplies metres within an int32. */
export const ZONE_SPAN_MAX = 10000;
const ZONE_LATITUDE_MAX = 850000000;

/** The number in `size` octets, most significant first, as two's complement. */
export function signedAt(bytes: Bytes, at: number, size: number): number {
  let value = bytes[at] > 127 ? bytes[at] - 256 : bytes[at];
  for (let i = at + 1; i < at + size; i++) value = value * 256 + bytes[i];
  return value;
}

function isWithin(value: number, most: number): boolean {
  return value <= most && value >= -most;
}

export function isZone(bytes: Bytes): boolean {
  const length = bytes.length;
  const circle = length === ZONE_CIRCLE_OCTETS;
  if (!circle && (length < ZONE_POLYGON_OCTETS_MIN || length % ZONE_CORNER_OCTETS > 0))
    return false;
  if (length > ZONE_OCTETS_MAX) return false;
  for (let at = ZONE_FIRST_OCTETS; at < length; at += 2) {
    const value = signedAt(bytes, at, 2);
    if (!isWithin(value, ZONE_SPAN_MAX) || (circle && value < ZONE_RADIUS_M_MIN)) return false;
  }
  // Nearer to a pole degrees of longitude are no squares any more.
  return (
    isWithin(signedAt(bytes, 0, 4), ZONE_LATITUDE_MAX) &&
    isWithin(signedAt(bytes, 4, 4), LONGITUDE_MAX)
  );
}
