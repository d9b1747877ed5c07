// The tables in protocol/README.md say what the declarations say and what datagrams weigh.

import { readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { TABLES } from "./tables.ts";

const page = new URL("../../protocol/README.md", import.meta.url);

/** Where a table stands in the page: between two comments with its name. */
function placeOf(text: string, name: string): { from: number; to: number } {
  const open = `<!-- ${name} -->\n`;
  const from = text.indexOf(open) + open.length;
  return { from, to: text.indexOf(`\n<!-- /${name} -->`) };
}

for (const [name, table] of Object.entries(TABLES)) {
  test(`protocol/README.md: the table of ${name} is the one the code makes`, () => {
    let text = readFileSync(page, "utf8");
    const { from, to } = placeOf(text, name);
    assert.ok(from <= to, `the page has no place for the table of ${name}`);
    if (process.env.GOLDEN === "write") {
      text = text.slice(0, from) + table + text.slice(to);
      writeFileSync(page, text);
    }
    assert.fixture(text.slice(placeOf(text, name).from, placeOf(text, name).to), table);
  });
}

test.run();
