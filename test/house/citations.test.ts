// Every citation in the house exists in `rules.md`, and every rule listed there is cited.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";
import { BREAKS } from "../breaks/breaks.ts";
import { type Citation, citationsIn, misspelt, readRules, tagsOf } from "./citations.ts";
import { listFiles } from "./program.ts";

const LIST = "test/house/rules.md";
const rules = readRules(readFileSync(join(projectFolder, LIST), "utf8"));
const files = listFiles(["protocol", "firmware", "sdk", "tools", "test"], [".ts", ".tsx", ".md"])
  // This folder speaks about citations, with examples that are none.
  .filter((path) => !path.startsWith("test/house/"));
const citations = files.flatMap((path) =>
  citationsIn(path, readFileSync(join(projectFolder, path), "utf8")),
);
/** The titles of the tests in a file. */
const testNames = (text: string) =>
  [...text.matchAll(/\btest\(\s*(["'`])([^\n]*?)\1,/g)].map((match) => match[2]);
const show = (one: Citation) => `${one.file}:${one.line} [${one.tag}]`;

test("there are citations to check", () => {
  assert.ok(citations.length > 50);
});

test("every citation has a form that can be looked up", () => {
  assert.is(misspelt(citations).map(show).join("\n"), "");
});

test("every citation is in the list, with its sentence", () => {
  const known = new Set(rules.map((rule) => rule.tag));
  assert.is(
    citations
      .filter((one) => !known.has(one.tag))
      .map(show)
      .join("\n"),
    "",
  );
});

test("every rule of the list is cited somewhere", () => {
  const cited = new Set(citations.map((one) => one.tag));
  assert.equal(
    rules.filter((rule) => !cited.has(rule.tag)).map((rule) => rule.tag),
    [],
  );
});

/** The tags in the names of all tests. */
function namedByTests(): Set<string> {
  const names = files
    .filter((path) => path.endsWith(".test.ts"))
    .flatMap((path) => testNames(readFileSync(join(projectFolder, path), "utf8")))
    .flatMap((name) => citationsIn("", name).map((one) => one.tag));
  return new Set(names);
}

const promised = () =>
  BREAKS.flatMap(({ promise }) => citationsIn("", promise).map((one) => one.tag));

test("every rule of the wire has a test whose name says so, and a patch that breaks it", () => {
  const named = namedByTests();
  const broken = promised();
  // The heads of its chapters stand for the rules below them.
  const ofWire = rules.map((rule) => rule.tag).filter((tag) => /^wire §(\d\.\d|[356])$/.test(tag));
  assert.is(ofWire.length, 21);
  assert.equal(
    ofWire.filter((tag) => !named.has(tag) || !broken.includes(tag)),
    [],
  );
});

test("every rule of the pager has a test whose name says so, and a patch that breaks it", () => {
  const named = namedByTests();
  const broken = promised();
  // Room for two images is arithmetic, which `npm run size` prints.
  const ofPager = rules.map((rule) => rule.tag).filter((tag) => /^pager §(?!1\.3)/.test(tag));
  assert.ok(ofPager.length >= 10);
  assert.equal(
    ofPager.filter((tag) => !named.has(tag) || !broken.includes(tag)),
    [],
  );
});

test("no rule is listed twice, and each is a whole sentence", () => {
  const tags = rules.map((rule) => rule.tag);
  assert.equal(
    tags.filter((tag, at) => tags.indexOf(tag) !== at),
    [],
  );
  const short = rules.filter((rule) => rule.sentence.length < 20 || !/[.!]$/.test(rule.sentence));
  assert.equal(
    short.map((rule) => rule.tag),
    [],
  );
});

test("citations are found in every form that we write", () => {
  const text =
    "// [R-15] and [RFC 8613 §5.2, §5.4] or [wire §1.1, R-16],\n// [pager §3, R-01 to R-05] [bg96 trap 3]";
  const tags = citationsIn("a.ts", text).map((one) => `${one.line} ${one.tag}`);
  assert.equal(tags, [
    ...["1 R-15", "1 RFC 8613 §5.2", "1 RFC 8613 §5.4", "1 wire §1.1", "1 R-16"],
    ...["2 pager §3", "2 R-01", "2 R-05", "2 bg96 trap 3"],
  ]);
});

test("code in brackets is no citation, and a misspelt one is caught", () => {
  assert.equal(citationsIn("a.ts", "const a = [wire]; b[pager.radio]; [R]; [design];"), []);
  const wrong = citationsIn(
    "a.ts",
    "// [R-5] [RFC 8613 5.2] [bg96 trap three] [wire §1.1 and more]",
  );
  assert.is(misspelt(wrong).length, 4);
});

test("a planted citation of a rule that does not exist is caught", () => {
  const known = new Set(rules.map((rule) => rule.tag));
  assert.equal(
    tagsOf("R-99, wire §9.9").filter((tag) => !known.has(tag)),
    ["R-99", "wire §9.9"],
  );
});

test.run();
