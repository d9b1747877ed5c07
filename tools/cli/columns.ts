// Rows of text in aligned columns, for a terminal. Decides nothing about what they say.

import { padTo, widthOf } from "../decode/text-columns.ts";

/** Lines of equal columns, two places apart; of `right` the places of columns that end flush. */
export function columnLines(
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => widthOf(row[at] ?? ""))),
  );
  const cell = (text: string, at: number) =>
    right.includes(at) ? " ".repeat(widths[at] - widthOf(text)) + text : padTo(text, widths[at]);
  return rows.map((row) => row.map(cell).join("  ").trimEnd());
}
