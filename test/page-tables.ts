// Tables that stand in a README between two comments and must be what the code makes of its data.
// GOLDEN=write puts them there anew.

import { readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";

/** Columns as wide as their widest cell. */
export function table(head: string[], rows: (string | number)[][]): string {
  const widths = head.map((_, at) =>
    Math.max(3, ...[head, ...rows].map((cells) => String(cells[at]).length)),
  );
  const row = (cells: (string | number)[]) =>
    `| ${cells.map((cell, at) => String(cell).padEnd(widths[at])).join(" | ")} |`;
  return [row(head), row(widths.map((width) => "-".repeat(width))), ...rows.map(row)].join("\n");
}

/** Where a table stands in the page: between two comments with its name. */
function placeOf(text: string, name: string): { from: number; to: number } {
  const open = `<!-- ${name} -->\n`;
  const from = text.indexOf(open) + open.length;
  return { from, to: text.indexOf(`\n<!-- /${name} -->`) };
}

/** One test a table of the page, which is a path from the project's folder. */
export function testTables(page: string, tables: Record<string, string>): void {
  const url = new URL(`../${page}`, import.meta.url);
  for (const [name, made] of Object.entries(tables)) {
    test(`${page}: the table of ${name} is the one the code makes`, () => {
      let text = readFileSync(url, "utf8");
      const { from, to } = placeOf(text, name);
      assert.ok(from <= to, `the page has no place for the table of ${name}`);
      if (process.env.GOLDEN === "write") {
        text = text.slice(0, from) + made + text.slice(to);
        writeFileSync(url, text);
      }
      assert.fixture(text.slice(placeOf(text, name).from, placeOf(text, name).to), made);
    });
  }
}
