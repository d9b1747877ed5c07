// Words as numbers: every way in which a word is taken for text keeps it text, and whatever is only
// told apart becomes a number. Small sources, read by the same checker as the firmware's.

import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import ts from "typescript";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cutText } from "../../tools/build/cut-text.ts";
import { projectFolder } from "../../tools/build/project.ts";
import { findWords, programOf, type Words } from "../../tools/build/words.ts";

/** Of what is not part of the program; "$n" is the number of the case. */
const PLATFORM = `
declare function print$n(text: string | number | boolean): void;
declare function setMode$n(mode: "$a" | "$b"): void;
declare function modeNow$n(): "$a" | "$b";
declare function lend$n(value: { w: unknown }): void;
declare const modeAtStart$n: "$a" | "$b";
declare const board$n: { mode: "$a" | "$b"; listen(run: (mode: "$a" | "$b") => void): void };
`;

/** "$a" and "$b" are words of the case's own, which the case alone can keep from being numbers. */
const HEAD = `type W = "$a" | "$b";
function pick(first: boolean): W { return first ? "$a" : "$b"; }
let w: W = pick(true);
interface Box { w: W }
const box: Box = { w: w };
function is(one: W): boolean { return one === "$a"; }
is(w);
is(box.w);
`;

const pathOf = (name: string) => join(projectFolder, "planted", name);

function findIn(files: Record<string, string>): Words {
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [pathOf(name), text]),
  );
  return findWords(programOf(Object.keys(texts), texts));
}

type Case = readonly [why: string, text: string];

function filesOf(text: string, at: number): Record<string, string> {
  const spelt = (one: string) =>
    one.replaceAll("$a", `alpha${at}`).replaceAll("$b", `beta${at}`).replaceAll("$n", `${at}`);
  return {
    [`platform-${at}.d.ts`]: spelt(PLATFORM),
    [`case-${at}.ts`]: spelt(`${HEAD}function run() {\n${text}\n}\nrun();\nexport {};\n`),
  };
}

/** What is printed, thrown and lent away when the case runs; its words as they are, or as numbers. */
function said(text: string, at: number, words?: Words): string[] {
  const name = `case-${at}.ts`;
  const source = cutText(filesOf(text, at)[name], words?.cuts.get(pathOf(name)) ?? []);
  const module = ts.ModuleKind.CommonJS;
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module } });
  const lines: string[] = [];
  const say = (...all: unknown[]) => lines.push(JSON.stringify(all));
  const [alpha, beta] = [`alpha${at}`, `beta${at}`];
  const listen = (run: (mode: string) => void) => [alpha, beta].forEach(run);
  const board = {
    listen,
    set mode(mode: string) {
      say("board", mode);
    },
    get mode() {
      return alpha;
    },
  };
  const platform = {
    print: say,
    setMode: say,
    lend: say,
    modeNow: () => beta,
    modeAtStart: beta,
    board,
  };
  const given = Object.entries(platform).map(([key, value]) => [`${key}${at}`, value]);
  try {
    runInContext(outputText, createContext({ exports: {}, ...Object.fromEntries(given) }));
  } catch (thrown) {
    say("thrown", String(thrown));
  }
  return lines;
}

/** By case what was found: in one program, but alone where all that is unknown flows together. */
function findInCases(cases: readonly Case[]): Words[] {
  const isAlone = (text: string) => /unknown|<T/.test(text);
  const files = cases.map(([, text], at) => filesOf(text, at));
  const shared = findIn(Object.assign({}, ...files.filter((_, at) => !isAlone(cases[at][1]))));
  return cases.map(([, text], at) => (isAlone(text) ? findIn(files[at]) : shared));
}

/** Both words of each stay text. */
const FLOWS: readonly Case[] = [
  ["it is joined to text", `const t = "x" + w; print$n(t);`],
  ["text grows by it", `let t = "x"; t += w; print$n(t);`],
  ["it stands in a template", `const t = \`x\${w}\`; print$n(t);`],
  ["it picks a field", `const counts = { $a: 1, $b: 2 }; counts[w] += 1;`],
  ["it picks one of any fields", `const all: Record<string, number> = {}; all[w] = 1;`],
  ["it is looked for among keys", `const o = { x: 1 }; const t = w in o; print$n(t);`],
  ["it is a key of a record", `const o = { [w]: 1 };`],
  ["its length is asked for", `const n = w.length; print$n(n);`],
  ["a method of text is called", `const t = w.charAt(0); print$n(t);`],
  ["a sign of it is asked for", `const t = w[0]; print$n(t);`],
  ["its signs are gone through", `for (const sign of w) is(sign === "x" ? "$a" : "$b");`],
  ["its type is asked for", `const t = typeof w === "object"; print$n(t);`],
  ["it is reckoned with", `const n = +w; print$n(n);`],
  ["it is ordered", `const t = w < "$b" || w < "$a"; print$n(t);`],
  [
    "text is found equal to it",
    `const t: string = "$a".slice(0); if (t === "$a") { w = t; is(t); }`,
  ],
  [
    "text is found to be one of it",
    `
    const t: string = "$a".slice(0);
    switch (t) { case "$a": case "$b": box.w = t; } is(box.w);`,
  ],
  [
    "the unknown is found equal to it",
    `
    function f(u: unknown): void { if (u === "$a") is(u); } f("$a".slice(0));`,
  ],
  [
    "text is judged to be it",
    `
    function isW(t: string): t is W { return t.length > 1; }
    const t: string = "$a".slice(0); if (isW(t)) is(t);`,
  ],
  [
    "a record of text is judged to hold it",
    `
    function isBox(o: { w: string }): o is Box { return o.w.length > 1; }
    const o = { w: "$a".slice(0) }; if (isBox(o)) is(o.w);`,
  ],
  ["text is cast to it", `const t: string = "x".charAt(0); is(t as W); print$n(t);`],
  [
    "text comes to it by unknown",
    `const t: string = "x".charAt(0); const u: unknown = t; is(u as W); print$n(t);`,
  ],
  ["anything comes to it", `const t: any = 1; is(t);`],
  ["it goes to anything", `const t: any = w;`],
  ["it goes to a variable of text", `let t: string = w; t = "x"; print$n(t);`],
  ["it goes to a parameter of text", `function f(t: string) { return t; } f(w);`],
  ["it is returned as text", `function f(): string { return w; }`],
  ["it is returned as text by an arrow", `const f = (): string => w;`],
  ["a field of text takes it", `const o: { t: string } = { t: w };`],
  ["a field without a type takes it", `const o = { t: w, u: "$a", v: "$b" };`],
  ["a short field of text takes it", `const o: { w: string } = { w };`],
  ["a list of text takes it", `const list: string[] = []; list.push(w);`],
  ["a list is text in another's eyes", `const list: W[] = [w]; const texts: string[] = list;`],
  ["a record is text in another's eyes", `const o: { w: string } = box;`],
  ["a record deep inside is", `const o: { in: { w: string }[] } = { in: [box] };`],
  ["a function gives it as text", `const f = (): W => w; const g: () => string = f;`],
  ["a function takes it as text", `const f = (t: string) => t; const g: (w: W) => string = f;`],
  [
    "a method takes it as text",
    `interface M { f(w: W): void } const m: M = { f(t: string) { print$n(t); } };`,
  ],
  ["it is text by default", `function f(t: string = w) { return t; }`],
  [
    "numbers are beside it",
    `let n: W | number = 1; n = w; const t = n === "$a" || n === "$b" || n === 1; print$n(n);`,
  ],
  ["it is compared with text", `const t: string = "x".charAt(0); const b = t === w; print$n(t);`],
  ["text is switched by it", `switch ("x".charAt(0)) { case "$a": case "$b": print$n("x"); }`],
  [
    "it is looked for among texts",
    `const texts: string[] = []; const n = texts.indexOf(w); print$n(n);`,
  ],
  ["a list of it is joined", `const list: W[] = [w]; const t = list.join(); print$n(t);`],
  ["a list of it is added to text", `const list: W[] = [w]; const t = "" + list; print$n(t);`],
  ["a list of it is ordered", `const list: W[] = [w]; list.sort();`],
  ["it is spread", `const list: W[] = [w]; const all = [...list];`],
  ["it is taken apart", `const { w: x } = box; is(x);`],
  ["the platform takes it", `setMode$n(w);`],
  ["the platform takes a record of it", `lend$n(box);`],
  ["the platform makes it", `is(modeNow$n());`],
  ["the platform has it", `is(modeAtStart$n);`],
  ["the platform's field has it", `is(board$n.mode);`],
  ["the platform's field takes it", `board$n.mode = w;`],
  ["the platform calls with it", `board$n.listen((mode) => { is(mode); });`],
  ["the language's own makes text of it", `const t = String(w); print$n(t);`],
  ["a generic function joins it", `function f<T>(one: T): string { return "" + one; } f(w);`],
  [
    "a generic function knows it as text",
    `function f<T extends string>(one: T): string { return one; } f(w);`,
  ],
  [
    "a generic function makes it of text",
    `function f<T>(one: unknown): T { return one as T; } is(f<W>("x".charAt(0)));`,
  ],
  ["a function joins the unknown", `function f(one: unknown): string { return "" + one; } f(w);`],
  [
    "a function looks into the unknown",
    `function f(one: unknown): string { return (one as { w: string }).w; } f(box);`,
  ],
  ["it is thrown", `function f() { throw w; }`],
  ["it stands in a class", `class C { w: string = w; }`],
  [
    "it is a member of an enum",
    `enum E { A = "$a", B = "$b" } const t: string = E.A + E.B; print$n(t);`,
  ],
  [
    "a call changes a field that was just read",
    `
    function turn() { box.w = "$b"; }
    if (box.w === "$a") { turn(); print$n("now " + box.w); }`,
  ],
  [
    "a call changes a variable that was just read",
    `
    let one: W = "$a"; function turn() { one = "$b"; }
    if (one === "$a") { turn(); print$n("now " + one); }`,
  ],
  [
    "a call changes an element that was just read",
    `
    const list: W[] = [w]; function turn() { list[0] = "$b"; }
    if (list[0] === "$a") { turn(); print$n("now " + list[0]); }`,
  ],
  [
    "a call changes a field in brackets that was just read",
    `
    function turn() { box.w = "$b"; }
    if (box.w === "$a") { turn(); print$n("now " + (box.w!)); }`,
  ],
  ["arguments are asked for by place", `function f(_one: W) { print$n("" + arguments[0]); } f(w);`],
  [
    "a function has several declarations",
    `
    function f(one: W): void; function f(one: number): void;
    function f(one: string | number): void { print$n("" + one); } f(w);`,
  ],
  ["it is one of any number", `function f(...all: W[]) { print$n(all.join()); } f(w, w);`],
  [
    "arguments are spread before it",
    `
    function f(_n: number, _m: number, one: string) { print$n(one); }
    const pair: [number, number] = [1, 2]; f(...pair, w);`,
  ],
  ["the platform's function is called by another name", `const f = print$n; f(w);`],
  [
    "a function is called by the language's own",
    `function f(one: W) { return one; } f.call(undefined, w);`,
  ],
  [
    "a narrower copy of it is shown",
    `
    function turn() { box.w = "$b"; }
    if (box.w === "$a") { turn(); const copy = box.w; print$n("now " + copy); }`,
  ],
];

const found = findInCases(FLOWS);
FLOWS.forEach(([why], at) => {
  test(`a word stays text because ${why}`, () => {
    const kept = found[at].kept.map(({ word }) => word);
    assert.ok(kept.includes(`alpha${at}`), `alpha became ${found[at].numbers[`alpha${at}`]}`);
    assert.ok(kept.includes(`beta${at}`), `beta became ${found[at].numbers[`beta${at}`]}`);
  });
});

test("of each word that stays it is said where and why", () => {
  const said = found[0].kept.find(({ word }) => word === "alpha0");
  const line = `${HEAD}function run() {\n`.split("\n").length;
  assert.equal([said?.where, said?.count], [`planted/case-0.ts:${line}`, 2]);
  assert.match(said?.why ?? "", /joined/);
});

FLOWS.forEach(([why, text], at) => {
  test(`with its words as numbers nobody sees a difference where ${why}`, () => {
    assert.equal(said(text, at, found[at]), said(text, at));
  });
});

/** Neither word of these is ever read. */
const APART: readonly Case[] = [
  ["it is only compared", ""],
  ["it is switched by", `switch (w) { case "$a": is(w); break; case "$b": break; }`],
  ["it may be absent", `const o: { w?: W } = {}; if (o.w === undefined) o.w = w;`],
  [
    "it stands in lists",
    `const list: W[] = []; list.push(w); list.splice(0, 1, "$a"); is(list.slice(1)[0]);`,
  ],
  [
    "it is looked for in its own list",
    `const list = ["$a", "$b"] as const; const n = list.indexOf(w); is(list[n]);`,
  ],
  [
    "functions pass it on",
    `function f(one: W): W { return one; } const g: (w: W) => W = f; is(g(w));`,
  ],
  ["a record of it is known as less", `const part: { w?: W } = box;`],
  [
    "a generic function passes it on",
    `function f<T>(one: T): T { return one; } is(f(w)); const b = f(box);`,
  ],
  [
    "a record of it is asked for a fault",
    `
    interface F { fault: "$a" }
    function isF(one: unknown): one is F { return typeof one === "object" && (one as F).fault !== undefined; }
    function f(): F | Box { return box; }
    const one = f(); if (isF(one)) is(one.fault);`,
  ],
  [
    "a union of records is told apart by it",
    `
    type M = { k: "$a"; text: string } | { k: "$b"; n: number };
    function f(m: M) { if (m.k === "$a") print$n(m.text); } f({ k: "$b", n: 1 }); f({ k: "$a", text: "x" });`,
  ],
  ["a test chooses it", `const t = w === "$a" ? "$b" : "$a"; is(t);`],
];

const apart = findInCases(APART);
APART.forEach(([why], at) => {
  test(`a word is a number where ${why}`, () => {
    const { numbers, kept: all } = apart[at];
    const kept = all.find(({ word }) => word === `alpha${at}` || word === `beta${at}`);
    assert.is(kept, undefined, JSON.stringify(kept));
    assert.ok(numbers[`alpha${at}`] > 0);
    assert.ok(numbers[`beta${at}`] > 0);
  });
});

APART.forEach(([why, text], at) => {
  test(`a number does what the word does where ${why}`, () => {
    assert.equal(said(text, at, apart[at]), said(text, at));
  });
});

test("none of these sources has an error", () => {
  const errors = [...found, ...apart].flatMap(({ kept }) => kept.map(({ why }) => why));
  assert.equal(
    errors.filter((why) => why.includes("error")),
    [],
  );
});

test("what nobody calls takes no word for text", () => {
  const used = `export type W = "x" | "y"; export function is(w: W) { return w === "x"; }`;
  const unused = `export function show(w: W) { return "" + w; }`;
  const entry = `import { is } from "./b.ts"; is("y");`;
  const { numbers } = findIn({ "a.ts": entry, "b.ts": `${used} ${unused}` });
  assert.equal(Object.keys(numbers).sort(), ["x", "y"]);
  const shown = findIn({ "a.ts": entry, "b.ts": `${used} ${unused} show("x");` });
  assert.equal(shown.numbers, {});
});

test('no two words have one number, and "" is the only one that counts as false', () => {
  const { numbers } = findIn({ "a.ts": `let w: "" | "x" | "y" = ""; if (w) w = "x"; export {};` });
  assert.is(numbers[""], 0);
  const all = Object.values(apart[0].numbers);
  assert.is(new Set(all).size, all.length);
  assert.not.ok(all.includes(0));
});

test("in sources with an error every word stays text, and the error is the reason", () => {
  const { numbers, kept } = findIn({ "a.ts": `let w: "x" | "y" = "x"; w = 1; export {};` });
  assert.equal(numbers, {});
  assert.equal(
    kept.map(({ word, where }) => [word, where]),
    [["x", "planted/a.ts:1"]],
  );
  assert.match(kept[0].why, /the sources have an error: Type '(1|number)' is not assignable/);
});

test.run();
