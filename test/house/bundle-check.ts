// What Espruino would refuse or get wrong in a bundle, found in its readable ES5 text.
// Minified text hides the faults of order, so this reads the bundle before minifying.

import ts from "typescript";
import { declarationsOf, isDeclaredAt } from "../../tools/build/var-scope.ts";
import { absentGlobals, absentStatics } from "../../tools/simulator/espruino/absent.ts";
import { orderRules } from "./dialect-order.ts";
import { type DialectRule, isValueUse, valueSymbol } from "./dialect-rule.ts";
import { lineOf, nameOf, type Offence, plantedProgram, walk } from "./program.ts";

const { SyntaxKind } = ts;

/** A rule over a bundle; `planted` are programs that break it. */
type BundleRule = Omit<DialectRule, "reach">;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  allowJs: true,
  noLib: true,
  noResolve: true,
  types: [],
  noEmit: true,
  // Each text is a scope of its own.
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** Syntax that ES5 doesn't have; TypeScript lowers most of it, and what is left is a mistake. */
const NOT_ES5: ts.SyntaxKind[] = [
  SyntaxKind.ArrowFunction,
  SyntaxKind.AsyncKeyword,
  SyntaxKind.AwaitExpression,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.ComputedPropertyName,
  SyntaxKind.ForOfStatement,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.SpreadElement,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.TemplateExpression,
  SyntaxKind.YieldExpression,
  SyntaxKind.ObjectBindingPattern,
  SyntaxKind.ArrayBindingPattern,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.QuestionDotToken,
  SyntaxKind.WithStatement,
  SyntaxKind.MetaProperty,
];

const syntax: BundleRule = {
  name: "ES5",
  instead: "only ES5 may be in a bundle: this was not lowered",
  planted: [
    "var f = () => 1;",
    "let a = 1;",
    "const a = 1;",
    "class A {}",
    "var a = `b`;",
    "var a = [...[]];",
    "for (var x of []) {}",
    "function f(a = 1) {}",
    "function f(...a) {}",
    "var o = { ['a']: 1 };",
    "var o = { f() {} };",
    "var a = 1; var o = { a };",
    "var { a } = {};",
    "async function f() {}",
    "function* f() {}",
    "var a = 2 ** 3;",
    "var o = {}; o?.a;",
    "var o = {}; var p = o ?? 1;",
    "var a = 10n;",
  ],
  finds: (node) =>
    NOT_ES5.includes(node.kind) ||
    (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) !== 0) ||
    (ts.isParameter(node) && (node.initializer ?? node.dotDotDotToken) !== undefined) ||
    (ts.isFunctionDeclaration(node) && node.asteriskToken !== undefined),
};

const label: BundleRule = {
  name: "label",
  instead: "a function of its own, and return: Espruino has no labels",
  planted: ["outer: for (;;) { break outer; }"],
  finds: ts.isLabeledStatement,
};

/** What a bundle may call without defining it: the language's own, and Espruino's. */
const PRESENT = [
  ...[
    "Array",
    "ArrayBuffer",
    "Boolean",
    "DataView",
    "Date",
    "Error",
    "Float32Array",
    "Float64Array",
  ],
  ...["Function", "Infinity", "Int16Array", "Int32Array", "Int8Array", "JSON", "Math", "NaN"],
  ...["Number", "Object", "Promise", "ReferenceError", "RegExp", "String", "SyntaxError"],
  ...["TypeError", "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray", "arguments"],
  ...["atob", "btoa", "decodeURIComponent", "encodeURIComponent", "eval", "globalThis", "isFinite"],
  ...["isNaN", "parseFloat", "parseInt", "undefined"],
  ...[
    "Bluetooth",
    "E",
    "Flash",
    "I2C1",
    "LED1",
    "NRF",
    "Serial1",
    "USB",
    "analogRead",
    "analogWrite",
    "changeInterval",
  ],
  ...["clearInterval", "clearTimeout", "clearWatch", "console", "digitalPulse", "digitalRead"],
  ...[
    "digitalWrite",
    "getSerial",
    "getTime",
    "global",
    "load",
    "pinMode",
    "print",
    "process",
    "quit",
    "require",
  ],
  ...["reset", "setInterval", "setTime", "setTimeout", "setWatch"],
];

function isPin(name: string): boolean {
  return /^D\d{1,2}$/.test(name);
}

const globalName: BundleRule = {
  name: "global",
  instead: "Espruino has no such global name: write it out, or take another way",
  planted: absentGlobals.map((name) => `var a = ${name};`).concat("var a = Buffer;", "fetch('x');"),
  finds(node, checker) {
    if (!isValueUse(node) || PRESENT.includes(node.text) || isPin(node.text)) return false;
    const symbol = valueSymbol(node, checker);
    return symbol === undefined || (symbol.declarations ?? []).length === 0;
  },
};

const STATICS: Record<string, readonly string[]> = {
  ...absentStatics,
  Number: [...absentStatics.Number, "EPSILON", "MAX_SAFE_INTEGER", "MIN_SAFE_INTEGER"],
  Math: [...absentStatics.Math, "round"],
};

function staticExpressions(): string[] {
  return Object.entries(STATICS).flatMap(([owner, names]) =>
    names.map((name) => `var a = ${owner}.${name};`),
  );
}

const staticMember: BundleRule = {
  name: "static",
  instead: "Espruino lacks it, or rounds halves otherwise: write it out",
  planted: staticExpressions().concat("var a = Uint8Array.prototype.slice;"),
  finds(node) {
    if (!ts.isPropertyAccessExpression(node)) return false;
    const owner = node.expression.getText();
    const typed = /^(Ui|I)nt\d+(Clamped)?Array$|^Float\d+Array$/.test(owner);
    if (typed && ["from", "of", "prototype"].includes(node.name.text)) return true;
    return (STATICS[owner] ?? []).includes(node.name.text);
  },
};

/** Absent on every type that would have them, so the type need not be known. */
const ABSENT_METHODS = [
  ...["at", "codePointAt", "copyWithin", "findLast", "findLastIndex", "flat", "flatMap"],
  ...["lastIndexOf", "localeCompare", "matchAll", "normalize", "reduceRight", "search"],
  ...["toExponential", "toPrecision", "toReversed", "toSorted", "toSpliced", "trimEnd"],
  ...["trimStart", "finally"],
];

const method: BundleRule = {
  name: "method",
  instead: "Espruino has no such method (lastIndexOf only on text): write it out",
  planted: ABSENT_METHODS.map((name) => `var a = []; a.${name}();`),
  finds: (node) =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ABSENT_METHODS.includes(node.expression.name.text),
};

/** The value that a name was given where it was declared. */
function initializerOf(node: ts.Expression, checker: ts.TypeChecker): ts.Expression | undefined {
  if (!ts.isIdentifier(node)) return node;
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  const variable = declaration !== undefined && ts.isVariableDeclaration(declaration);
  return variable ? declaration.initializer : undefined;
}

const typedSlice: BundleRule = {
  name: "typed slice",
  instead: "`slice` of a typed array gives a plain Array: copy the octets, or subarray",
  planted: [
    "var a = new Uint8Array(4); var b = a.slice(1);",
    "var b = new Uint8Array(4).slice(1);",
    "var a = new ArrayBuffer(4); var b = a.slice(1);",
    "function f(machine) { var a = machine.bytes(4); return a.slice(0, 1); }",
  ],
  finds(node, checker) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
    if (node.expression.name.text !== "slice") return false;
    const made = initializerOf(node.expression.expression, checker);
    if (made === undefined) return false;
    if (ts.isNewExpression(made)) return /Array(Buffer)?$/.test(made.expression.getText());
    return ts.isCallExpression(made) && /\.bytes$/.test(made.expression.getText());
  },
};

const lengthSet: BundleRule = {
  name: "length",
  instead: "setting `length` throws on Espruino: splice, or a new array",
  planted: ["var a = []; a.length = 0;", "var a = []; a.length--;"],
  finds(node) {
    const target = ts.isBinaryExpression(node)
      ? node.operatorToken.kind === SyntaxKind.EqualsToken && node.left
      : (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && node.operand;
    if (target === false || !ts.isPropertyAccessExpression(target)) return false;
    return target.name.text === "length";
  },
};

const sizedArray: BundleRule = {
  name: "sized array",
  instead: "an empty array and push: the Lua compiler refuses it, and holes go wrong",
  planted: ["var a = new Array(3);", "var a = Array(3);"],
  finds: (node) =>
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    node.expression.getText() === "Array",
};

const regex: BundleRule = {
  name: "regex",
  instead:
    "Espruino's expressions have no {n}, look-ahead, non-greedy or named groups, and fail silently",
  planted: ["var a = /a{2}/;", "var a = /a(?=b)/;", "var a = /a+?/;", "var a = /(?<n>a)/;"],
  finds: (node) => ts.isRegularExpressionLiteral(node) && /\{\d|\(\?|[+*?]\?/.test(node.text),
};

const surelyDeclared: BundleRule = {
  name: "var",
  instead:
    "declare it where every use has passed it: Espruino declares a variable when its `var` runs, and until then writes into an outer name",
  planted: [
    "function f(a) { if (a) { var o = 1; } o = 2; }",
    "function f(a) { a && g(); for (; a; ) { var o = 1; } return o; }",
    "function f(a) { switch (a) { case 1: var o = 1; break; case 2: o = 3; } }",
    "function f(a) { if (a) { var o = 1; } return function () { return o; }; }",
    "function f(a) { try { g(); } catch (e) { var o = 1; } return o; }",
  ],
  finds(node, checker) {
    if (!isValueUse(node)) return false;
    const declarations = declarationsOf(node, checker);
    return declarations.length > 0 && !declarations.some((one) => isDeclaredAt(one, node));
  },
};

export const bundleRules: BundleRule[] = [
  surelyDeclared,
  syntax,
  label,
  ...orderRules,
  globalName,
  staticMember,
  method,
  typedSlice,
  lengthSet,
  sizedArray,
  regex,
];

function offencesOf(file: ts.SourceFile, name: string, checker: ts.TypeChecker): Offence[] {
  const found = new Map<string, Offence>();
  walk(file, (node) => {
    for (const rule of bundleRules) {
      if (!rule.finds(node, checker)) continue;
      const line = lineOf(node);
      const offence = { file: name, line, rule: rule.name, instead: rule.instead };
      found.set(`${rule.name} ${line}`, offence);
    }
  });
  return [...found.values()].sort((a, b) => a.line - b.line);
}

/** All offences of some program texts, in the order of the texts. */
export function bundleOffences(texts: string[], name = "bundle"): Offence[][] {
  const files = texts.map((text, at): [string, string] => [`${name}-${at}.js`, text]);
  const program = plantedProgram(Object.fromEntries(files), options);
  const checker = program.getTypeChecker();
  const read = new Map(program.getSourceFiles().map((file) => [nameOf(file), file]));
  return files.map(([path]) => {
    const file = read.get(path);
    if (file === undefined) throw new Error(`${path} was not read`);
    return offencesOf(file, name, checker);
  });
}
