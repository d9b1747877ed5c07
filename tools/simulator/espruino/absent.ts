// What Espruino 2v29 lacks of the language library, as tables, and a realm without it.
// A test asks the host and, where there is one, the real interpreter for every row.

import { type Context, runInContext } from "node:vm";

export const absentGlobals: readonly string[] = [
  ...["AggregateError", "Atomics", "BigInt", "BigInt64Array", "BigUint64Array", "EvalError"],
  ...["FinalizationRegistry", "Intl", "Map", "Proxy", "RangeError", "Reflect", "Set"],
  ...["SharedArrayBuffer", "Symbol", "URIError", "WeakMap", "WeakRef", "WeakSet", "WebAssembly"],
  ...["TextDecoder", "TextEncoder", "decodeURI", "encodeURI", "escape", "unescape"],
  ...["queueMicrotask", "setImmediate", "structuredClone"],
];

/** Functions that stand on a constructor or a namespace. */
export const absentStatics: Readonly<Record<string, readonly string[]>> = {
  Array: ["from", "of"],
  ArrayBuffer: ["isView"],
  Error: ["captureStackTrace"],
  Date: ["UTC"],
  Math: [
    ...["acosh", "asinh", "atanh", "cbrt", "clz32", "cosh", "expm1", "fround", "hypot", "imul"],
    ...["log10", "log1p", "log2", "sinh", "tanh", "trunc"],
  ],
  // EPSILON and the two safe integers are absent too, but no engine lets go of them.
  Number: ["isFinite", "isInteger", "isNaN", "isSafeInteger", "parseFloat", "parseInt"],
  Object: [
    ...["freeze", "getOwnPropertySymbols", "hasOwn", "is", "isExtensible", "isFrozen", "isSealed"],
    ...["preventExtensions", "seal"],
  ],
  Promise: ["allSettled", "any", "race"],
  String: ["fromCodePoint", "raw"],
  Uint8Array: ["from", "of"],
};

/** Methods, by an expression that makes something that would have them. */
export const absentMethods: Readonly<Record<string, readonly string[]>> = {
  "[]": [
    ...["at", "copyWithin", "entries", "findLast", "findLastIndex", "flat", "flatMap", "keys"],
    ...["lastIndexOf", "reduceRight", "toReversed", "toSorted", "toSpliced", "values", "with"],
  ],
  "''": [
    ...["at", "codePointAt", "isWellFormed", "localeCompare", "matchAll", "normalize", "search"],
    ...["toLocaleLowerCase", "toLocaleUpperCase", "toWellFormed", "trimEnd", "trimStart"],
  ],
  "(5)": ["toExponential", "toPrecision"],
  "({})": ["isPrototypeOf", "propertyIsEnumerable", "toLocaleString"],
  "new Uint8Array(1)": [
    ...["at", "copyWithin", "entries", "findLast", "findLastIndex", "keys", "lastIndexOf"],
    ...["reduceRight", "toReversed", "toSorted", "values", "with"],
  ],
  "new ArrayBuffer(1)": ["resizable", "resize", "slice"],
  "new Date(0)": [
    ...["setUTCDate", "setUTCFullYear", "setUTCHours", "setUTCMilliseconds", "setUTCMinutes"],
    ...["setUTCMonth", "setUTCSeconds", "toDateString", "toTimeString"],
  ],
};

/** Program text that takes all of that away from the realm it runs in. */
function removal(): string {
  const lines = absentGlobals.map((name) => `delete globalThis.${name};`);
  for (const [owner, names] of Object.entries(absentStatics)) {
    // `from` and `of` of typed arrays stand on the constructor that all of them share.
    const target = owner === "Uint8Array" ? "Object.getPrototypeOf(Uint8Array)" : owner;
    lines.push(...names.map((name) => `delete ${target}.${name};`));
  }
  for (const [instance, names] of Object.entries(absentMethods)) {
    const shared = instance.includes("Uint8Array") ? "Object.getPrototypeOf" : "";
    const target = `${shared}(Object.getPrototypeOf(${instance}))`;
    lines.push(...names.map((name) => `delete ${target}.${name};`));
  }
  return lines.join("\n");
}

/**
 * What is there but behaves otherwise: typed `slice` gives a plain Array, halves round away from
 * zero, characters are octets, and only `Error` itself makes an `instanceof Error`.
 */
const FAULTS = `
(function () {
  var sliceArray = Array.prototype.slice;
  Object.getPrototypeOf(Uint8Array.prototype).slice = function (from, to) {
    return sliceArray.call(this, from, to);
  };
  Math.round = function (x) { return x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5); };
  var fromCharCode = String.fromCharCode;
  String.fromCharCode = function () {
    var text = "";
    for (var i = 0; i < arguments.length; i++) text += fromCharCode(arguments[i] & 255);
    return text;
  };
  var kinds = [TypeError, SyntaxError, ReferenceError];
  for (var i = 0; i < kinds.length; i++) {
    kinds[i].prototype.toString = Error.prototype.toString;
    Object.setPrototypeOf(kinds[i].prototype, Object.prototype);
  }
})();
`;

export function makeLikeEspruino(context: Context): void {
  runInContext(removal() + FAULTS, context);
}
