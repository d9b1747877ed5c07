// What building takes out of a bundle, what it must leave, and how a pager stores the rest.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cutText } from "../../tools/build/cut-text.ts";
import { dropUnread } from "../../tools/build/drop-unread.ts";
import { buildEspruino, bundleEspruino, type EspruinoBundle } from "../../tools/build/espruino.ts";
import { projectFolder } from "../../tools/build/project.ts";
import { reservedNames } from "../../tools/build/reserved-names.ts";
import { shortFields, withFieldNames } from "../../tools/build/short-fields.ts";
import { tokenise } from "../../tools/build/tokenise.ts";
import { uniqueVars } from "../../tools/build/unique-vars.ts";

/** A field as a declaration has it, and a record that is read by the name in it. */
const FIELD = 'var F={name:"time",min:0,max:9,needed:true,flag:"late"};';
const SHORT = 'var F={name:"$",min:0,max:9,needed:true,flag:"$0"};';
const shorten = (text: string, platform: string[] = []) =>
  cutText(text, shortFields(text, new Set(platform)).cuts);
const drop = (text: string, platform: string[] = []) => cutText(text, dropUnread(text, platform));
const separate = (text: string) => cutText(text, uniqueVars(text));

test("a field's name is short wherever it stands: as text, behind a dot, before a colon", () => {
  const text = `${FIELD}var v={time:1,late:0};f(v[F.name],v.time,v.late);`;
  assert.is(shorten(text), `${SHORT}var v={$:1,$0:0};f(v[F.name],v.$,v.$0);`);
});

test("other texts, variables and the platform's names stay as they are", () => {
  const text = `${FIELD}var time="time";f({name:"time"},time);`;
  assert.is(shorten(text), `${SHORT}var time="time";f({name:"time"},time);`);
  assert.is(shorten(`${FIELD}a.time;`, ["time", "late"]), `${FIELD}a.time;`);
});

test("a short name is none that the bundle has already, and the fault's path is read back", () => {
  const { fields } = shortFields(`${FIELD}var $0=1;`, new Set());
  assert.equal(fields, { $: "time", $1: "late" });
  assert.is(withFieldNames("missing-field at sos.$1, $1", fields), "missing-field at sos.late, $1");
  assert.is(withFieldNames("missing-field at sos.$", fields), "missing-field at sos.time");
});

test("the field that is used most has a name of one sign", () => {
  const text = `${FIELD}var v={late:0};f(v.late);`;
  assert.equal(shortFields(text, new Set()).fields, { $: "late", $0: "time" });
});

test("a field that nothing reads is dropped, with what is in it", () => {
  const text = 'var a={unit:"m",min:1,deep:{unit:"s",more:[1,-2]}};f(a.min);';
  assert.is(drop(text), "var a={min:1,};f(a.min);");
});

test("a field that is read only to fill one that nothing reads is dropped with it", () => {
  const text = 'var a={zh:"x",min:1};var b={zh:a.zh,en:{zh:a.zh},min:a.min};f(b.min);';
  assert.is(drop(text), "var a={min:1};var b={min:a.min};f(b.min);");
});

const kept: [why: string, text: string][] = [
  ["it is read", "var a={x:1};f(a.x);"],
  ["its name stands as text", 'var a={x:1};f(a["x"]);'],
  ["its name is a value that picks a field", 'var a={x:1};var n=["x"];f(a[n[0]]);'],
  ["making it calls something", "var a={x:f()};"],
  ["making it changes something", "var i=0;var a={x:i++,y:i=2};"],
  ["it is a spelled key", 'var a={"x":1};'],
];
for (const [why, text] of kept) {
  test(`a field stays because ${why}`, () => assert.is(drop(text), text));
}

test("a field of the platform stays although the bundle never reads it", () => {
  assert.is(drop("f({mode:1});", ["mode"]), "f({mode:1});");
});

test("names of the platform, the language, texts and console calls keep their spelling", () => {
  const names = reservedNames('global.press=1;var a={kind:"shut"};Math.floor(a.length);');
  for (const name of ["erasePage", "debounce", "push", "floor", "length", "shut", "press"]) {
    assert.ok(names.includes(name), name);
  }
  assert.not.ok(names.includes("getMonth")); // no Date is named, so its names are free
  assert.not.ok(names.includes("kind"));
});

test("of Math only what is asked for keeps its spelling, of errors nothing where none is caught", () => {
  const names = reservedNames("Math.floor(2);");
  assert.ok(names.includes("floor"));
  for (const free of ["max", "message", "test", "then", "keys"])
    assert.not.ok(names.includes(free), free);
  for (const [text, name] of [
    ["try{f()}catch(e){g()}", "message"],
    ["/x/;", "test"],
    ["Object.keys({});", "keys"],
    ["f(Math);Math.floor(2);", "max"],
  ]) {
    assert.ok(reservedNames(text).includes(name), name);
  }
});

test("variables of sibling branches get names of their own", () => {
  const text = "function f(a){if(a){var o=1;g(o)}else{var o=2;g(o,a)}}";
  assert.is(separate(text), "function f(a){if(a){var o=1;g(o)}else{var o__2=2;g(o__2,a)}}");
});

test("a variable that an earlier `var` surely declared keeps its name", () => {
  const text = "function f(){for(var i=0;i<1;i++)g(i);for(var i=0;i<2;i++)g(i)}";
  assert.is(separate(text), text);
});

test("names of other functions and of closures are told apart", () => {
  const text =
    "function f(a){if(a){var o=1;g(function(){return o})}if(a){var o=2;g(function(){return o})}} function h(o){g(o)}";
  const unique =
    "function f(a){if(a){var o=1;g(function(){return o})}if(a){var o__2=2;g(function(){return o__2})}} function h(o){g(o)}";
  assert.is(separate(text), unique);
});

const stored: [text: string, hex: string][] = [
  ["var a=1;", "ac613d313b"],
  ['f("ab")', "6628d102616229"],
  ['f("")', "6628222229"],
  ["a===b!==c", "618b628d63"],
  ["return x", "ab78"],
  ["f(!0,!1,void 0)", "6628b42cb52cb729"],
  ["f(100,1000,40000,12)", "6628d4642cd5e8032c34303030302c313229"],
  ["f(1e3,3e4,4e4,1.5)", "6628d5e8032cd530752c3465342c312e3529"],
  ["a.default", "612e64656661756c74"],
  ["a>>b>=c", "6192629163"],
  ["a/b/c", "612f622f63"],
  ["f(/a b/)", "66282f6120622f29"],
  ["a- -b", "612d202d62"],
];
for (const [text, hex] of stored) {
  test(`stored form of ${text}`, () => assert.is(tokenise(text).toString("hex"), hex));
}

test("text that is not ASCII keeps its quotes and its UTF-8", () => {
  assert.is(tokenise('f("é")').toString("utf8"), 'f("é")');
});

/** A bundle of one file with this text. */
async function bundleOf(text: string): Promise<EspruinoBundle> {
  const cache = join(projectFolder, "node_modules/.cache/onekey");
  mkdirSync(cache, { recursive: true });
  const entry = join(cache, `tiny-entry-${process.pid}.ts`);
  writeFileSync(entry, text);
  try {
    return await bundleEspruino(relative(projectFolder, entry));
  } finally {
    rmSync(entry);
  }
}

test("the same sources give the same bundle", async () => {
  const text = 'import { crc16 } from "../../../protocol/crc.ts";\nprint(crc16([], 0, 0));\n';
  const [one, other] = [await bundleOf(text), await bundleOf(text)];
  assert.is(one.sha256, other.sha256);
  assert.match(one.minified, /^!function\(\)\{.*print\(/);
});

/** Enough for names of two signs from "aa" to beyond "oz". */
const MANY_NAMES = 1300;

test("no variable is shortened to a word that ends a program on the interpreter alone", async () => {
  const names = Array.from({ length: MANY_NAMES }, (_, at) => `long${at}`);
  const declared = names.map((name) => `var ${name} = next();`).join("\n");
  const { minified } = await bundleOf(`${declared}\nprint(${names});\nprint(${names});\n`);
  const short = new Set(minified.match(/[\w$]+/g));
  assert.ok(short.has("oe") && short.has("ol"), "names of two signs are used up");
  assert.not.ok(short.has("of"));
});

test("the modem's path is put into the bundle of the Linux interpreter", async () => {
  const define = { MODEM_TTY: "/dev/ttyX" };
  const { plain, minified } = await buildEspruino({ board: "espruino-linux", define });
  assert.match(plain, 'var MODEM_TTY = "/dev/ttyX";');
  assert.match(minified, "/dev/ttyX");
  assert.match(minified, "press");
});

test("a board without voice has nothing of it in its bundle", async () => {
  const { minified, octetsByFile } = await buildEspruino({ board: "rak5010" });
  for (const text of ["ATD", "ATH", "+CLCC", "+CLIP", "NO CARRIER"]) {
    assert.not.match(minified, text);
  }
  const paths = Object.keys(octetsByFile).filter((path) => path.includes("voice"));
  assert.equal(paths, []);
});

test.run();
