// A program that asks an engine for everything the Espruino host claims to copy.
// Plain ES5 text without hoisting: it must run on the interpreter as it stands.

import {
  absentGlobals,
  absentMethods,
  absentStatics,
} from "../../tools/simulator/espruino/absent.ts";

/** Expressions whose JSON, or error message, must be the same on the host and the interpreter. */
const BEHAVIOUR: Record<string, string> = {
  "typed slice gives a plain Array": "Array.isArray(octets([1, 2, 3]).slice(0, 2))",
  "subarray is a view": "view([1, 2, 3])",
  "halves round away from zero": "[Math.round(-2.5), Math.round(2.5), Math.round(-0.4)]",
  "characters are octets": "String.fromCharCode(300).charCodeAt(0)",
  "only Error is an Error":
    "[new TypeError('x') instanceof Error, new Error('x') instanceof Error]",
  "errors as text": "'' + new TypeError('x')",
  "sort is by text": "[10, 9, 1].sort()",
  "CBC honours its iv": "hex(A.encrypt(zeros(16), key(), { mode: 'CBC', iv: octets16(7) }))",
  "CBC of a broken block is nothing": "A.encrypt(zeros(20), key(), { mode: 'CBC', iv: zeros(16) })",
  "CBC without an iv": "hex(A.encrypt(zeros(32), key(), { mode: 'CBC' }))",
  "ECB leaves a tail zero": "hex(A.encrypt(zeros(20), key(), { mode: 'ECB' }))",
  "ECB of text": "hex(A.encrypt('0123456789abcdef', key(), { mode: 'ECB' }))",
  "CTR ignores its iv": "hex(A.encrypt(zeros(20), key(), { mode: 'CTR', iv: octets16(9) }))",
  "OFB is not there": "A.encrypt(zeros(16), key(), { mode: 'OFB', iv: zeros(16) })",
  "a wrong key length is nothing": "A.encrypt(zeros(16), zeros(5), { mode: 'ECB' })",
  "an unknown mode throws": "A.encrypt(zeros(16), key(), { mode: 'XYZ' })",
  "ECB back":
    "hex(A.decrypt(A.encrypt(zeros(16), key(), { mode: 'ECB' }), key(), { mode: 'ECB' }))",
  SHA256: "hex(require('crypto').SHA256('abc'))",
  "CRC32 of text and octets": "[E.CRC32('abc'), E.CRC32(octets([97, 98, 99]))]",
  "octets of anything": "hex(E.toUint8Array('A\\xff', [1, 2], 3).buffer)",
  "text of octets": "E.toString(octets([65, 200, 255])).length",
  "a part of a file": "S.write('a', 'abcd', 0, 12)",
  "unwritten octets are 255": "S.read('a').charCodeAt(4)",
  "the next part": "S.write('a', 'efgh', 4)",
  "the same part again": "S.write('a', 'efgh', 4)",
  "another part over it": "S.write('a', 'EFGH', 4)",
  "a part beyond the end": "S.write('a', 'zzzz', 10)",
  "a part of no file": "S.write('b', 'zzzz', 10)",
  "a slice of a file": "S.read('a', 2, 4)",
  "octets of a file": "hex(S.readArrayBuffer('a'))",
  "no file": "[S.read('none'), S.readArrayBuffer('none')]",
  "an empty file": "S.write('c', '')",
  "octets into a file": "S.write('d', octets([1, 2, 255, 0]))",
  "long names are cut": "S.write('123456789012345678901234567890', 'x')",
  "the list of names": "S.list()",
  erase: "S.erase('d')",
  "erase of nothing": "S.erase('d')",
  "a file anew from 0": "[S.write('a', 'new', 0, 5), S.read('a').length]",
  "clearTimeout of undefined": "clearTimeout(undefined)",
  "clearWatch of undefined": "clearWatch(undefined)",
  "clearTimeout of an unknown timer": "clearTimeout(99)",
  "timers are numbers": "typeof setTimeout(function () {}, 1)",
  "an unknown module": "require('nosuch')",
  "nothing to read": "[Serial1.read(), Serial1.available()]",
  "time is a number": "typeof getTime()",
  "pins above 32": "[typeof D32 === 'undefined', typeof D33]",
};

const HEAD = `
var A = require("crypto").AES;
var S = require("Storage");
function octets(list) { return new Uint8Array(list); }
function zeros(n) { return new Uint8Array(n); }
function octets16(n) { var o = new Uint8Array(16); for (var i = 0; i < 16; i++) o[i] = n; return o; }
function key() { return octets16(42); }
function view(list) { var o = new Uint8Array(list); o.subarray(1)[0] = 9; return o[1]; }
function hex(buffer) {
  var o = new Uint8Array(buffer);
  var text = "";
  for (var i = 0; i < o.length; i++) text += (o[i] + 256).toString(16).substr(1);
  return text;
}
function say(name, run) {
  var answer;
  try {
    answer = run();
    answer = answer === undefined ? "undefined" : JSON.stringify(answer);
  } catch (e) {
    answer = "throws " + e.message;
  }
  print("#" + name + " = " + answer);
}
`;

function ask(name: string, expression: string): string {
  return `say(${JSON.stringify(name)}, function () { return ${expression}; });`;
}

/** The program; its last line is "#end". */
export function probeProgram(): string {
  const lines = absentGlobals.map((name) => ask(name, `typeof ${name}`));
  for (const [owner, names] of Object.entries(absentStatics)) {
    lines.push(...names.map((name) => ask(`${owner}.${name}`, `typeof ${owner}.${name}`)));
  }
  for (const [instance, names] of Object.entries(absentMethods)) {
    const absent = (name: string) => `(${instance}).${name} === undefined`;
    lines.push(...names.map((name) => ask(`${instance} ${name}`, absent(name))));
  }
  lines.push(...Object.entries(BEHAVIOUR).map(([name, expression]) => ask(name, expression)));
  return `${HEAD}${lines.join("\n")}\nprint("#end");\n`;
}

/** What the absences must say; the behaviour is compared between the engines. */
export function absenceLines(): string[] {
  const lines = absentGlobals.map((name) => `${name} = "undefined"`);
  for (const [owner, names] of Object.entries(absentStatics)) {
    lines.push(...names.map((name) => `${owner}.${name} = "undefined"`));
  }
  for (const [instance, names] of Object.entries(absentMethods)) {
    lines.push(...names.map((name) => `${instance} ${name} = true`));
  }
  return lines;
}
