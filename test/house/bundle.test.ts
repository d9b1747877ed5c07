// The bundle check finds nothing in the bundles of the boards, and every planted offence.

import ts from "typescript";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { buildEspruino, type EspruinoBoard, IMAGE_OCTETS_MAX } from "../../tools/build/espruino.ts";
import { bundleOffences, bundleRules } from "./bundle-check.ts";
import { showOffence } from "./program.ts";

const boards: EspruinoBoard[] = ["rak5010", "espruino-linux"];
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

for (const board of boards) {
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
