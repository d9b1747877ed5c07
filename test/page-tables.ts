// Tables that stand in a page between two comments and must be what the code makes of its data.
// GOLDEN=write puts them there anew.

import { readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fillPlace, textIn } from "../tools/docs/places.ts";

/** One test a table of the page, which is a path from the project's folder. */
export function testTables(page: string, tables: Record<string, string>): void {
  const url = new URL(`../${page}`, import.meta.url);
  for (const [name, made] of Object.entries(tables)) {
    test(`${page}: the table of ${name} is the one the code makes`, () => {
      const text = readFileSync(url, "utf8");
      assert.is.not(textIn(text, name), undefined, `the page has no place for ${name}`);
      if (process.env.GOLDEN === "write") writeFileSync(url, fillPlace(text, name, made));
      assert.fixture(textIn(readFileSync(url, "utf8"), name) ?? "", made);
    });
  }
}
