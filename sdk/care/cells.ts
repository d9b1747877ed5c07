// What a cell adds to an alarm: which one stands in its row, and until when. Pure.
// Never stays beside a fix that was found later.

import type { Cell, Report } from "../events.ts";

/** The newest cell that the pager said; `located`: its place is among the positions. */
export type CellRow = Cell & { atMs: number; located?: true };

export function isSameCell(one: Cell, other: Cell): boolean {
  return (
    one.radio === other.radio &&
    one.mcc === other.mcc &&
    one.mnc === other.mnc &&
    one.area === other.area &&
    one.id === other.id
  );
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
  // A position of unknown age may be of any day.
  const isNewer = position.ageS !== undefined && atMs - position.ageS * 1000 > row.atMs;
  return isNewer ? undefined : row;
}
