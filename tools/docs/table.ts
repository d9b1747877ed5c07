// A Markdown table with columns as wide as their widest cell. Text in, text out.

export type Cell = string | number;

/** A head of texts and rows of as many cells; `|` in a cell would begin another. */
export function table(head: string[], rows: Cell[][]): string {
  const widths = head.map((_, at) =>
    Math.max(3, ...[head, ...rows].map((cells) => String(cells[at]).length)),
  );
  const row = (cells: Cell[]) =>
    `| ${cells.map((cell, at) => String(cell).padEnd(widths[at])).join(" | ")} |`;
  return [row(head), row(widths.map((width) => "-".repeat(width))), ...rows.map(row)].join("\n");
}
