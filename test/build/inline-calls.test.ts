// Functions that come to stand where they are called: each program says the same before and after,
// and on an engine that hoists nothing too.

import { createContext, runInContext } from "node:vm";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cutText, joinParts } from "../../tools/build/cut-text.ts";
import { inlineCalls } from "../../tools/build/inline-calls.ts";
import { uniqueNames } from "../../tools/build/unique-names.ts";
import { runOnInterpreter } from "../engines/run-espruino.ts";
import { need } from "../need.ts";

function inlined(text: string): string {
  const unique = cutText(text, uniqueNames(text));
  return joinParts(unique, inlineCalls(unique));
}

function said(text: string): string[] {
  const lines: string[] = [];
  const context = createContext({ say: (line: unknown) => lines.push(String(line)) });
  runInContext(text, context);
  return lines;
}

const functions = (text: string) => text.match(/\bfunction\b/g)?.length ?? 0;

/** Bodies of a bundle; `gone` functions of theirs are inlined. */
const PROGRAMS: readonly (readonly [what: string, gone: number, text: string])[] = [
  [
    "a value that is returned on",
    1,
    `function f(a){ if (a > 1) return "many"; return "few"; }
    function g(b){ return f(b); } say(g(1)); say(g(2)); say(g(3));`,
  ],
  [
    "a value that is dropped",
    1,
    `function f(a){ say(a); return 7; }
    function g(b){ f(b + 1); say("g"); } g(1); g(2);`,
  ],
  [
    "a value that goes to a variable",
    1,
    `function f(a){ if (a > 1) { say("big"); return a * 2; } return 0; }
    function g(b){ var x = f(b); say(x); } g(1); g(5);`,
  ],
  [
    "a value that goes to a variable of before",
    1,
    `function f(a){ if (a > 1) return a; }
    function g(b){ var x = 3; x = f(b); say(x); } g(1); g(5);`,
  ],
  [
    "returns in both arms, and behind them",
    1,
    `function f(a){ if (a > 2) return "x"; else if (a > 1) { return "y"; } say(a); return "z"; }
    function g(b){ var x = f(b); say(x); } g(1); g(2); g(3);`,
  ],
  [
    "an arm that goes on",
    1,
    `function f(a){ if (a > 1) { say("on"); } else { return "out"; } say("behind"); return "last"; }
    function g(b){ var x = f(b); say(x); } g(1); g(2);`,
  ],
  [
    "nothing returned at the end of one that is returned on",
    1,
    `function f(a){ if (a > 1) return "x"; say("fell"); }
    function g(b){ return f(b); } say(g(1)); say(g(2));`,
  ],
  [
    "functions in functions in functions",
    3,
    `function f(a){ if (a === 1) return "one"; return "more"; }
    function g(a){ var t = f(a); return t + "!"; } function h(a){ var t = g(a); say(t); return t; }
    function k(b){ h(b); say("k"); } k(1); k(2);`,
  ],
  [
    "a return on, out of a function that goes to a variable",
    2,
    `function f(a){ if (a > 1) return "x"; return "y"; }
    function g(a){ say("g"); return f(a); } function h(b){ var t = g(b); say(t); } h(1); h(2);`,
  ],
  [
    "arguments in their order, each once",
    1,
    `var n = 0; function next(){ n++; say("next " + n); return n; }
    function f(a, b){ say(b); say(a); say(a); } function g(){ f(next(), next()); say(n); } g();`,
  ],
  [
    "an argument that changes behind the call",
    1,
    `function f(a){ n = 5; say(a); }
    var n = 1; function g(){ f(n); } g(); say(n);`,
  ],
  [
    "a parameter that is changed",
    1,
    `function f(a){ a = a + 1; say(a); }
    function g(b){ f(b); say(b); } g(1);`,
  ],
  [
    "names that both functions have",
    1,
    `function f(a){ var x = a * 2; say(x); }
    function g(x){ var a = 9; f(x); say(a + x); } g(4);`,
  ],
  [
    "the only statement of a branch",
    1,
    `function f(a){ say(a); say(a); }
    function g(b){ if (b) f(b); else say("no"); } g(0); g(1);`,
  ],
  [
    "in a loop",
    1,
    `function f(a){ var x = a * 2; if (x > 2) return; say(x); }
    function g(){ for (var i = 0; i < 4; i++) { f(i); } } g();`,
  ],
  [
    "in a switch",
    1,
    `function f(a){ if (a > 1) { say("big"); return; } say("small"); }
    function g(b){ switch (b) { case 1: f(b); break; case 2: say("two"); } } g(1); g(2);`,
  ],
  [
    "a function of its own inside the caller keeps its returns",
    1,
    `function f(a){ if (a > 1) return a; return 0; }
    function g(){ return function (b) { return f(b); }; } say(g()(1)); say(g()(2));`,
  ],
  [
    "not: a variable without a value, in a loop",
    0,
    `function f(a){ var x; if (a === 1) x = "set"; say(x); }
    function g(){ for (var i = 0; i < 3; i++) { f(i); } } g();`,
  ],
  [
    "not: a function that makes a function",
    0,
    `function f(a){ return function () { return a; }; }
    function g(){ var list = []; for (var i = 0; i < 3; i++) { var x = f(i); list.push(x); } return list; }
    var all = g(); say(all[0]() + " " + all[2]());`,
  ],
  [
    "not: a return out of a loop",
    0,
    `function f(a){ for (var i = 0; i < 5; i++) { if (i === a) return i; } return -1; }
    function g(b){ var x = f(b); say(x); } g(3); g(9);`,
  ],
  ["not: one that calls itself", 0, `function f(a){ if (a > 0) f(a - 1); say(a); } f(2);`],
  [
    "not: a call inside of an expression",
    0,
    `function f(a){ say(a); return a; } function g(b){ say(f(b) + 1); } g(1);`,
  ],
  ["not: the call that starts all", 0, `function f(a){ var x = a; say(x); } f(1);`],
  [
    "not: fewer arguments than it takes",
    0,
    `function f(a, b){ say(b); } function g(){ f(1); } g();`,
  ],
  [
    "not: what asks for its arguments",
    0,
    `function f(a){ say(arguments.length); } function g(){ f(1); } g();`,
  ],
];

const bundleOf = (body: string) => `!function(){${body}}();`;

for (const [what, gone, text] of PROGRAMS) {
  test(`${gone > 0 ? "inlined: " : ""}${what}`, () => {
    const before = bundleOf(text);
    const after = inlined(before);
    assert.equal(said(after), said(before));
    assert.is(functions(before) - functions(after), gone, after);
  });
}

const espruino = need("espruino");
if (espruino !== undefined) {
  test("what was inlined says the same on the real interpreter", async () => {
    const lines = PROGRAMS.flatMap(([, , text]) => said(bundleOf(text)));
    const bodies = PROGRAMS.map(([, , text]) => inlined(bundleOf(text)));
    const say = 'function say(line){print("#"+line)}';
    const code = `${say} ${bodies.join("\n")} say("end"); setInterval(function(){},1000);`;
    assert.equal((await runOnInterpreter(espruino, code)).lines, lines);
  });
}

test.run();
