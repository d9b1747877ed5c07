// What is written about the wire is what its declarations say: CDDL, vectors and tables.
// `npm run docs` writes them anew; here they are only compared.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { FaultCode } from "../../protocol/fault.ts";
import { layJson } from "../../tools/docs/json.ts";
import { pages } from "../../tools/docs/pages.ts";
import { fillPlace, textIn } from "../../tools/docs/places.ts";
import { table } from "../../tools/docs/table.ts";
import { answerText } from "../../tools/docs/vectors.ts";

for (const { path, text, found } of pages()) {
  test(`${path} is what the declarations make of it`, () => {
    const made = text.split("\n");
    const lines = found.split("\n");
    const at = made.findIndex((line, place) => line !== lines[place]);
    const where = `${path} differs from line ${at + 1} on: run \`npm run docs\``;
    assert.ok(text === found, `${where}.\nmade   ${made[at]}\nfound  ${lines[at]}`);
  });
}

const PAGE =
  "# A page\n\nProse.\n\n<!-- a -->\nold\n<!-- /a -->\n\n## 7. Tables\n\n## 8. More\n\nend\n";

test("a place is filled and the prose around it stays", () => {
  const filled = fillPlace(PAGE, "a", "| new |");
  assert.is(textIn(filled, "a"), "| new |");
  assert.is(filled.replace("| new |", "old"), PAGE);
});

test("a place that is missing is made at the end of the tables, or of the page", () => {
  const inSection = fillPlace(PAGE, "b", "made");
  assert.is(textIn(inSection, "b"), "made");
  assert.ok(inSection.indexOf("<!-- b -->") < inSection.indexOf("## 8. More"));
  assert.ok(inSection.indexOf("<!-- b -->") > inSection.indexOf("## 7. Tables"));
  const bare = fillPlace("# Bare\n", "b", "made");
  assert.is(bare, "# Bare\n\n## Tables\n\n<!-- b -->\nmade\n<!-- /b -->\n");
});

test("what is filled once more stays as it is", () => {
  const once = fillPlace(PAGE, "b", "made");
  assert.is(fillPlace(once, "b", "made"), once);
});

test("a place that is empty, and a page that lacks its end, are told apart", () => {
  assert.is(textIn("<!-- a -->\n\n<!-- /a -->\n", "a"), "");
  assert.is(textIn("<!-- a -->\nopen", "a"), undefined);
  assert.is(textIn("", "a"), undefined);
});

test("a table's columns are as wide as their widest cell", () => {
  assert.is(
    table(["a", "bcde"], [["longer", 1]]),
    "| a      | bcde |\n| ------ | ---- |\n| longer | 1    |",
  );
});

test("records take a line a field, lists one line where they fit", () => {
  const long = "x".repeat(90);
  const value = { list: [1, [2, "a"]], long: [long, 1], none: undefined, inner: { a: true } };
  assert.is(
    layJson(value),
    `{\n  "list": [1, [2, "a"]],\n  "long": [\n    "${long}",\n    1\n  ],\n  "inner": {\n    "a": true\n  }\n}\n`,
  );
});

const ANSWERS: [FaultCode, string][] = [
  ["unknown-kid", "4.01"],
  ["bad-oscore-option", "4.02"],
  ["bad-version", "none"],
];

for (const [fault, answer] of ANSWERS) {
  test(`the table of faults gives ${answer} for ${fault}`, () => {
    assert.is(answerText(fault), answer);
  });
}

test.run();
