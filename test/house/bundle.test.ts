// The bundle check finds nothing in the bundles of the boards, and every planted offence.

import ts from "typescript";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  buildEspruino,
  ESPRUINO_BOARDS,
  type EspruinoBoard,
  IMAGE_OCTETS_MAX,
  textsIn,
} from "../../tools/build/espruino.ts";
import { platformNames } from "../../tools/build/reserved-names.ts";
import { bundleOffences, bundleRules } from "./bundle-check.ts";
import { showOffence } from "./program.ts";

const build = (board: EspruinoBoard) =>
  buildEspruino({ board, define: { MODEM_TTY: "modem.tty" } });

/** A line for each statement, so that an offence in the minified text can be found. */
function aLineEach(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES5, false);
  scanner.setText(text);
  let lines = "";
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    lines += scanner.getTokenText() + (kind === ts.SyntaxKind.SemicolonToken ? "\n" : "");
  }
  return lines;
}

for (const board of ESPRUINO_BOARDS) {
  test(`the bundle ${board} has nothing that Espruino lacks, and fits`, async () => {
    const bundle = await build(board);
    const minified = aLineEach(bundle.minified);
    const [readable, short] = bundleOffences([bundle.plain, minified], board);
    assert.is(readable.map(showOffence).join("\n"), "");
    assert.is(short.map(showOffence).join("\n"), "");
    const { length } = bundle.stored;
    assert.ok(length <= IMAGE_OCTETS_MAX, `${length} octets are more than ${IMAGE_OCTETS_MAX}`);
  });
}

for (const board of ESPRUINO_BOARDS) {
  test(`of each text in the bundle ${board} it is known why it is no number`, async () => {
    const bundle = await build(board);
    // What the build itself puts in: the modem's path, and the text by which memory grows.
    const built = ["modem.tty", "0123456789"];
    const explained = new Set([...bundle.words.map(({ word }) => word), ...built]);
    // Fields have short names of their own, and properties of the platform stand as text to be short.
    const others = new Set([...platformNames(bundle.plain), ...Object.keys(bundle.fields)]);
    const texts = [...textsIn(bundle.minified)];
    assert.ok(texts.length > 50);
    assert.equal(
      texts.filter((text) => !explained.has(text) && !others.has(text)),
      [],
    );
    assert.equal(
      bundle.words.filter(({ why }) => why.includes("error")),
      [],
    );
  });

  test(`the files of ${board} bring all of its octets`, async () => {
    const { octetsByFile, stored } = await build(board);
    const sum = Object.values(octetsByFile).reduce((all, octets) => all + octets, 0);
    assert.ok(Math.abs(stored.length - sum) < 60, `${sum} of ${stored.length}`);
    for (const folder of ["firmware/core/", "firmware/modem/", "firmware/board/", "protocol/"]) {
      const paths = Object.keys(octetsByFile).filter((path) => path.startsWith(folder));
      assert.ok(paths.length > 0, folder);
    }
  });
}

for (const rule of bundleRules) {
  test(`the rule "${rule.name}" catches what breaks it`, () => {
    assert.ok(rule.planted.length > 0);
    const offences = bundleOffences(rule.planted);
    const missed = rule.planted.filter(
      (_, at) => !offences[at].some((offence) => offence.rule === rule.name),
    );
    assert.equal(missed, []);
  });
}

test("ordinary ES5 is not refused", () => {
  const text = `(function () {
    var LIMIT = 3;
    function inner(n) { return n > 0 ? inner(n - 1) : 0; }
    function f(list) {
      for (var i = 0, a = list; i < a.length; i++) { var x = a[i]; inner(x); }
      var timer = setTimeout(function () { inner(LIMIT); }, 10);
      clearTimeout(timer);
      var s = "text".slice(1) + String.fromCharCode(65) + Math.floor(2.5) + arguments.length;
      return { get: s, list: list.slice(1), name: require("Storage") };
    }
    Serial1.on("data", f);
    digitalWrite(D19, 1);
    try { f([]); } catch (e) { print(e.message); }
  })();`;
  assert.is(bundleOffences([text]).flat().map(showOffence).join("\n"), "");
});

test.run();
