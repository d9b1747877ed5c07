// What a cell adds to an alarm: which one stands in the row, and which position is the newest. Pure.
// A cell's position never comes before a fix that was found later.

import type { Cell, Position, Report } from "../events.ts";

/** The newest cell that the pager said; `located`: its place is among the positions. */
export type CellRow = Cell & { atMs: number; located?: true };

type Dated = Position & { atMs: number };

export function isSameCell(one: Cell, other: Cell): boolean {
  return (
    one.radio === other.radio &&
    one.mcc === other.mcc &&
    one.mnc === other.mnc &&
    one.area === other.area &&
    one.id === other.id
  );
}

/** When the wearer was there. A position of unknown age may be of any day. */
function foundAtMs({ source, ageS, atMs }: Dated): number {
  if (ageS === undefined && source === "satellites") return 0;
  return atMs - (ageS ?? 0) * 1000;
}

/** The row's cell behind a report; none where a fix is newer than it. */
export function cellAfter(
  row: CellRow | undefined,
  { cell, position }: Report,
  atMs: number,
): CellRow | undefined {
  if (cell !== undefined) {
    const located = row !== undefined && row.located === true && isSameCell(row, cell);
    return { ...cell, atMs, ...(located ? { located } : {}) };
  }
  if (row === undefined || position === undefined) return row;
  return foundAtMs({ ...position, atMs }) > row.atMs ? undefined : row;
}

/** The newest first: of two sources the one that was found later, whenever it came. */
export function newestFirst<P extends Dated>(positions: readonly P[]): P[] {
  const list = [...positions].reverse();
  const rest = list.filter(({ source }) => source === "satellites");
  for (const one of list.filter(({ source }) => source === "cells").reverse()) {
    const at = rest.findIndex((other) => foundAtMs(other) <= foundAtMs(one));
    rest.splice(at < 0 ? rest.length : at, 0, one);
  }
  return rest;
}
