// Tables of tests as text: a row a line, columns parted by "|", so that vectors stay readable.
// Parses and nothing else.

/** The cells of each line that isn't blank, trimmed. A line with another number of cells throws. */
export function rowsOf<Cells extends string[]>(columns: Cells["length"], text: string): Cells[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells.length !== columns) throw new Error(`${cells.length} cells in: ${line}`);
    return cells as Cells;
  });
}
