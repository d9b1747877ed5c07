// What gets a name, what loses one, and which is short: steps over minified texts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { cutText } from "../../tools/build/cut-text.ts";
import { declareFirst } from "../../tools/build/declare-first.ts";
import { hoistLiterals } from "../../tools/build/hoist-literals.ts";
import { inlineConstants } from "../../tools/build/inline-constants.ts";
import { shortNames } from "../../tools/build/short-names.ts";
import { tokenise } from "../../tools/build/tokenise.ts";
import { uniqueNames } from "../../tools/build/unique-names.ts";
import { runOnHost, runOnInterpreter } from "../engines/run-espruino.ts";
import { need } from "../need.ts";

const named = (text: string, reserved: string[] = []) =>
  cutText(text, shortNames(text, new Set(reserved)));
const hoisted = (text: string, kept: string[] = []) =>
  cutText(text, hoistLiterals(text, new Set(kept)));
const constant = (text: string) => cutText(text, inlineConstants(text));
const declared = (text: string) => cutText(text, declareFirst(text));
const unique = (text: string) => cutText(text, uniqueNames(text));

test("the variable used most comes first, and one name serves where no two can meet", () => {
  const text = "function one(x,y){return y+y+x}function two(z){return z+z}";
  assert.is(named(text), "function a(b,a){return a+a+b}function b(a){return a+a}");
});

test("a name is none that is spoken of inside: not an outer variable's, not the platform's", () => {
  const text = "var far=1;function f(p){function g(q){return far+p+q+a}return g}";
  const short = "var b=1;function c(c){function d(d){return b+c+d+a}return d}";
  assert.is(named(text), short);
});

test("a function's own name and what is caught are variables too", () => {
  const text = "var w=function own(n){return n?own(n-1):w};try{w()}catch(err){w(err)}";
  assert.is(named(text), "var a=function c(b){return b?c(b-1):a};try{a()}catch(b){a(b)}");
});

test("properties are named by how often they stand, and reserved ones stay", () => {
  const text = "x.seldom;x.often;x.often;x.kept;f({often:1,kept:2});";
  assert.is(named(text, ["kept", "b"]), "x.c;x.a;x.a;x.kept;f({a:1,kept:2});");
});

test("no name reads as a word of the language or as a pin", () => {
  const many = Array.from({ length: 4000 }, (_, at) => `v${at}`);
  const names = named(`var ${many.join(",")};`)
    .slice(4, -1)
    .split(",");
  assert.is(new Set(names).size, many.length);
  for (const name of ["do", "if", "in", "of", "as", "A0", "D4", "H9"]) {
    assert.not.ok(names.includes(name), name);
  }
});

const wrapped = (body: string) => `!function(){${body}}();`;

test("a long text that stands twice becomes a variable, one that stands once does not", () => {
  const text = wrapped('f("alphabet");g("alphabet",h("omega"));');
  const name = hoisted(text);
  assert.is(name, wrapped('var lit__0="alphabet";f(lit__0);g(lit__0,h("omega"));'));
});

test("a property that must stay long is asked for by a variable", () => {
  const text = wrapped("f(a.length,c.length);f(b.length);a.size;b.size;b.size;b.size;");
  const short = wrapped(
    'var lit__0="length";f(a[lit__0],c[lit__0]);f(b[lit__0]);a.size;b.size;b.size;b.size;',
  );
  assert.is(hoisted(text, ["length"]), short);
});

test("keys, declared names and what stands behind a return are told apart", () => {
  const text = wrapped(
    'var long=1;f({"alphabet":long,length:long});return"alphabet"in g("alphabet");',
  );
  const short =
    'var lit__0="alphabet";var long=1;f({"alphabet":long,length:long});return lit__0 in g(lit__0);';
  assert.is(hoisted(text, ["length"]), wrapped(short));
});

test("a name of the platform becomes a variable, unless its type is asked for or it is changed", () => {
  const call = wrapped("digitalWrite(1);digitalWrite(2);digitalWrite(3);");
  assert.is(hoisted(call), wrapped("var lit__0=digitalWrite;lit__0(1);lit__0(2);lit__0(3);"));
  for (const guard of ["typeof digitalWrite;", "digitalWrite=1;"]) {
    const text = call.replace("();", "").replace("digitalWrite(1);", `digitalWrite(1);${guard}`);
    assert.is(hoisted(text), text);
  }
});

test("nothing becomes a variable that makes the stored form longer", () => {
  for (const body of [
    "f(12);f(12);f(12);",
    'f("ab");f("ab");',
    "f(a.on);f(b.on);",
    "f(300);f(300);",
  ]) {
    assert.is(hoisted(wrapped(body), ["on"]), wrapped(body));
  }
  const body = wrapped('f("alphabet");g("alphabet",2147483647);g(2147483647,a.length,b.length);');
  assert.ok(
    tokenise(named(hoisted(body, ["length"]))).length < tokenise(named(body, ["length"])).length,
  );
});

test("a constant's value stands where its name stood, and a variable stays one", () => {
  const text = 'var N=-5,T="x",n=1;function f(){return 3-N+T+n}n++;';
  assert.is(constant(text), 'var N=-5,T="x",n=1;function f(){return 3-(-5)+"x"+n}n++;');
});

const changed = ["n=2;", "n+=2;", "--n;", "for(n in o);"];
for (const change of changed) {
  test(`what is changed by ${change} is no constant`, () => {
    const text = `var n=1;${change}f(n);`;
    assert.is(constant(text), text);
  });
}

test("a declaration that stands behind a use, or in a branch, is moved to the front", () => {
  const behind = "function f(b){return g((a=b,a)),a;var a}";
  assert.is(declared(behind), "function f(b){var a;return g((a=b,a)),a;}");
  const branch = "function f(b){if(b){var a=1,c=2;g(a,c)}return a}";
  assert.is(declared(branch), "function f(b){var a;if(b){var a=1,c=2;g(a,c)}return a}");
  const good = "function f(b){var a;for(var i=0;i<b;i++)a=i;return a}";
  assert.is(declared(good), good);
});

test("every variable gets a name of its own, and none that the platform has", () => {
  const text = "function f(x){var print=x}function g(x){print(x,x_2)}";
  assert.is(unique(text), "function f(x){var print_2=x}function g(x_3){print(x_3,x_2)}");
});

/** Aliases of all that the engine must take as it takes the thing itself. */
const ALIASED = `var list=[3,4],octets=new Uint8Array(3),text="abcd";list.push(5);list.push(6);
  octets[1]=7;say(list.length+octets.length+text.length);say(list.indexOf(5)+text.indexOf("c"));
  say(text.charCodeAt(1)+text.charCodeAt(2));say(list.slice(1).length+text.slice(1).length);
  say(text.charAt(1)+text.charAt(2));say(Math.floor(2.5)+Math.floor(3.5)+Math.floor(4.5));
  say(new Uint8Array(octets.buffer,1,1)[0]);say("twice as long");say("twice as long");
  say(list.splice(0,1).length+list.splice(0,1).length+list.length);
  clearTimeout(setTimeout(function(){},1));clearTimeout(setTimeout(function(){},1));
  switch("twice as long"){case"twice as long":say("case");}`;
const KEPT = [
  "length",
  "push",
  "indexOf",
  "charCodeAt",
  "slice",
  "charAt",
  "floor",
  "buffer",
  "splice",
];
const EXPECTED = [
  "11",
  "4",
  "197",
  "6",
  "bc",
  "9",
  "7",
  "twice as long",
  "twice as long",
  "4",
  "case",
  "end",
];

test("what has a variable does the same on the host and on the real interpreter", async () => {
  const text = wrapped(`function say(line){print("#"+line)}${ALIASED}say("end");`);
  const short = named(hoisted(text, KEPT), KEPT);
  assert.match(short, /"length"/);
  assert.not.match(short, /\\.(length|push|slice)|"twice as long".*"twice as long"/);
  const lines = EXPECTED.slice(0, -1);
  assert.equal(runOnHost(short).lines, lines);
  const espruino = need("espruino");
  if (espruino === undefined) return;
  const code = `${short}setInterval(function(){},1000);`;
  assert.equal((await runOnInterpreter(espruino, code)).lines, lines);
});

test.run();
