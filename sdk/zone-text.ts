// A zone as people write it, and as the octets of a setting: "36.68012,117.06534,300" is a circle of 300 m,
// three corners or more, parted by blanks, a polygon. Written for a page too: nothing of Node's.

import {
  isZone,
  signedAt,
  ZONE_CIRCLE_OCTETS,
  ZONE_CORNER_OCTETS,
  ZONE_CORNER_UNITS,
  ZONE_FIRST_OCTETS,
  ZONE_OCTETS_MAX,
} from "../protocol/zone-shape.ts";

/** Corners of a polygon, the first one with them. */
export const ZONE_CORNERS_MAX = 1 + (ZONE_OCTETS_MAX - ZONE_FIRST_OCTETS) / ZONE_CORNER_OCTETS;

const CORNER = /^-?\d{1,3}(\.\d{1,7})?,-?\d{1,3}(\.\d{1,7})?$/;
const CIRCLE = /^(.*),(\d{1,5})$/;

/** The octets of a zone; undefined for what is none. Corners behind the first are kept to a metre. */
export function zoneOctets(text: string): Uint8Array | undefined {
  const parts = text.trim().split(/\s+/);
  const circle = parts.length === 1 ? CIRCLE.exec(parts[0]) : null;
  const corners = circle === null ? parts : [circle[1]];
  if (!corners.every((corner) => CORNER.test(corner))) return undefined;
  const [first, ...others] = corners.map((corner) =>
    corner.split(",").map((degrees) => Math.round(Number(degrees) * 1e7)),
  );
  const numbers =
    circle === null
      ? others.flatMap(([lat, lon]) => [steps(lat - first[0]), steps(turn(lon - first[1]))])
      : [Number(circle[2])];
  if (numbers.some((number) => Math.abs(number) > 32767)) return undefined;
  const octets = new Uint8Array(ZONE_FIRST_OCTETS + 2 * numbers.length);
  const view = new DataView(octets.buffer);
  view.setInt32(0, first[0]);
  view.setInt32(4, first[1]);
  numbers.forEach((number, at) => {
    view.setInt16(ZONE_FIRST_OCTETS + 2 * at, number);
  });
  return isZone(octets) ? octets : undefined;
}

/** As `zoneOctets` takes it; "" for what is no zone. */
export function zoneText(octets: Uint8Array): string {
  if (!isZone(octets)) return "";
  const lat = signedAt(octets, 0, 4);
  const lon = signedAt(octets, 4, 4);
  const first = cornerText(lat, lon);
  if (octets.length === ZONE_CIRCLE_OCTETS) return `${first},${signedAt(octets, 8, 2)}`;
  const corners = [first];
  for (let at = ZONE_FIRST_OCTETS; at < octets.length; at += ZONE_CORNER_OCTETS) {
    const north = ZONE_CORNER_UNITS * signedAt(octets, at, 2);
    const east = ZONE_CORNER_UNITS * signedAt(octets, at + 2, 2);
    corners.push(cornerText(lat + north, turn(lon + east)));
  }
  return corners.join(" ");
}

// internal

function steps(units: number): number {
  return Math.round(units / ZONE_CORNER_UNITS);
}

/** Longitudes go on behind 180°. */
function turn(units: number): number {
  if (units > 1_800_000_000) return units - 3_600_000_000;
  return units < -1_800_000_000 ? units + 3_600_000_000 : units;
}

function cornerText(lat: number, lon: number): string {
  return `${degreeText(lat)},${degreeText(lon)}`;
}

/** Without zeros at its end, and never as a power of ten. */
function degreeText(units: number): string {
  return (units / 1e7).toFixed(7).replace(/\.?0+$/, "");
}
