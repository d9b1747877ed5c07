// How far outside a zone a place lies, in whole metres: circles, and polygons of any form.
// Pure geometry around that place: no product is beyond an int32, and nothing is remembered.

import type { Bytes, Machine } from "../../protocol/machine.ts";
import {
  signedAt,
  ZONE_CIRCLE_OCTETS,
  ZONE_CORNER_OCTETS,
  ZONE_CORNER_UNITS,
  ZONE_FIRST_OCTETS,
} from "../../protocol/zone-shape.ts";
import { metresTo } from "./ground.ts";
import { ZONE_REACH_M } from "./limits.ts";

/** The root of a square, by steps of Newton's down from above the greatest; of 0 it says 1. */
function rootOf(machine: Machine, square: number): number {
  let root = 46341;
  let next = 46340;
  while (next < root && next > 0) {
    root = next;
    next = machine.divide(root + machine.divide(square, root), 2);
  }
  return root;
}

/** Metres from the place, which is the origin here, to the edge from one corner to the next. */
function edgeM(machine: Machine, north: number, east: number, up: number, right: number): number {
  const along = 0 - north * up - east * right;
  if (along <= 0) return rootOf(machine, north * north + east * east);
  const square = up * up + right * right;
  // Beyond its end the next edge begins, and is nearer or as near.
  if (along >= square) return ZONE_REACH_M;
  const across = north * right - east * up;
  return machine.divide(across < 0 ? 0 - across : across, rootOf(machine, square));
}

/** 0 inside; no more than a zone's reach. `here` is latitude and longitude in degrees × 10^7. */
export function outsideM(machine: Machine, zone: Bytes, here: readonly number[]): number {
  const first = [signedAt(zone, 0, 4), signedAt(zone, 4, 4)];
  let north = metresTo(machine, here, first, 0);
  let east = metresTo(machine, here, first, 1);
  // A zone reaches half as far: beyond, it is left whatever its form, and squares stay small.
  const farM = ZONE_REACH_M * 2;
  if (north > farM || -north > farM || east > farM || -east > farM) return ZONE_REACH_M;
  if (zone.length === ZONE_CIRCLE_OCTETS) {
    const overM = edgeM(machine, north, east, 0, 0) - signedAt(zone, ZONE_FIRST_OCTETS, 2);
    return overM > 0 ? overM : 0;
  }
  let nearM = ZONE_REACH_M;
  let inside = false;
  for (let at = ZONE_FIRST_OCTETS; at <= zone.length; at += ZONE_CORNER_OCTETS) {
    const corner = first.slice();
    // Behind the last corner the first one closes the polygon.
    if (at < zone.length) {
      corner[0] += ZONE_CORNER_UNITS * signedAt(zone, at, 2);
      corner[1] += ZONE_CORNER_UNITS * signedAt(zone, at + 2, 2);
    }
    const up = metresTo(machine, here, corner, 0) - north;
    const right = metresTo(machine, here, corner, 1) - east;
    const edge = edgeM(machine, north, east, up, right);
    if (edge < nearM) nearM = edge;
    // The line east of the place crosses the edge: once more inside or outside.
    const side = east * up - north * right;
    if (north > 0 !== north + up > 0 && side > 0 === up > 0) inside = !inside;
    north += up;
    east += right;
  }
  return inside ? 0 : nearM;
}
