// Which position of an alarm is the newest: by when the wearer was there, not by when it came. Pure.
// A cell's place never stands before a fix that was found later.
import type { PositionRow } from "../../../sdk/care/alarms.ts";

/** A fix of unknown age may be of any day. */
function foundAtMs({ source, ageS, atMs }: PositionRow): number {
  if (ageS === undefined && source === "satellites") return 0;
  return atMs - (ageS ?? 0) * 1000;
}

/** Fixes in the order in which they came, each place of a cell before those that are older; newest first. */
export function newestFirst(positions: readonly PositionRow[]): PositionRow[] {
  const list = positions.filter(({ source }) => source === "satellites").reverse();
  for (const one of positions.filter(({ source }) => source === "cells")) {
    const at = list.findIndex((other) => foundAtMs(other) <= foundAtMs(one));
    list.splice(at < 0 ? list.length : at, 0, one);
  }
  return list;
}
