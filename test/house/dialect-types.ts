// Dialect rules that need types: boolean conditions, and the library that all engines have.

import ts from "typescript";
import { type DialectRule, isOfLibrary, isValueUse, valueSymbol } from "./dialect-rule.ts";
import { walk } from "./program.ts";

const { SyntaxKind } = ts;

function isBoolean(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  return parts.every(
    (part) => (part.flags & (ts.TypeFlags.BooleanLike | ts.TypeFlags.Never)) !== 0,
  );
}

/** The expressions that a node judges as true or false. */
function judged(node: ts.Node): ts.Expression[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    return [node.expression];
  }
  if (ts.isForStatement(node)) return node.condition === undefined ? [] : [node.condition];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === SyntaxKind.ExclamationToken ? [node.operand] : [];
  }
  if (!ts.isBinaryExpression(node)) return [];
  const kind = node.operatorToken.kind;
  const logical = kind === SyntaxKind.BarBarToken || kind === SyntaxKind.AmpersandAmpersandToken;
  return logical ? [node.left, node.right] : [];
}

const condition: DialectRule = {
  name: "condition",
  reach: "shared",
  instead: 'a comparison: 0, "" and NaN are true in Lua (`=== 0`, `!== ""`, `=== undefined`)',
  planted: [
    "export const f = (n: number) => !n;",
    "export const f = (t: string) => t || 'x';",
    "export const f = (n: number) => (n ? 1 : 2);",
    "export function f(n: number) { while (n) return 1; return 2; }",
    "export function f(n?: boolean) { if (n) return 1; return 2; }",
    "export const f = (n: number) => n & 1 && n > 2;",
    "export function f(n: number) { for (let i = n; i; i--) {} }",
    "export const f = (a: object | undefined) => a !== undefined && a;",
  ],
  finds: (node, checker) => judged(node).some((one) => !isBoolean(one, checker)),
};

const JUDGING = ["filter", "some", "every"];

const judge: DialectRule = {
  name: "judging function",
  reach: "shared",
  instead: "filter, some and every take a function that returns a boolean",
  planted: ["export const f = (a: number[]) => a.filter((n) => n & 1);"],
  finds(node, checker) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
    if (!JUDGING.includes(node.expression.name.text) || node.arguments.length === 0) return false;
    const signatures = checker.getTypeAtLocation(node.arguments[0]).getCallSignatures();
    return signatures.some((one) => {
      const returned = checker.getReturnTypeOfSignature(one);
      const parts = returned.isUnion() ? returned.types : [returned];
      return parts.some((part) => (part.flags & ts.TypeFlags.BooleanLike) === 0);
    });
  },
};

const GLOBALS = ["Math", "String", "undefined"];

const globalName: DialectRule = {
  name: "global",
  reach: "shared",
  instead:
    "only Math.floor/min/max/abs and String.fromCharCode are on all engines; time, chance, storage and ciphers are lent by the platform",
  planted: [
    "export const f = () => Date.now();",
    "export const f = (a: object) => JSON.stringify(a);",
    "export const f = () => new Map();",
    "export const f = (a: object) => Object.freeze(a);",
    "export const f = (t: string) => Number(t);",
    "export const f = (n: number) => isNaN(n);",
    "export const a = NaN;",
    "export const f = (n: number) => new Uint8Array(n);",
    "export const f = () => E.hwRand();",
    "export const f = () => Serial1.write('x');",
    "export const f = (g: () => void) => setTimeout(g, 1);",
    "export const f = () => console.log(1);",
    "export const f = () => require('Storage');",
    "export const f = () => process.argv;",
    "export const f = (g: () => void) => setWatch(g, 1);",
    "export const f = () => globalThis;",
  ],
  finds(node, checker) {
    if (!isValueUse(node) || GLOBALS.includes(node.text) || node.text === "arguments") return false;
    const symbol = valueSymbol(node, checker);
    return symbol === undefined || (symbol.declarations ?? []).length === 0 || isOfLibrary(symbol);
  },
};

/** What all engines have of the library, by the type it belongs to. */
const MEMBERS: Record<string, string[]> = {
  Math: ["floor", "min", "max", "abs"],
  StringConstructor: ["fromCharCode"],
  String: [
    "length",
    "charCodeAt",
    "charAt",
    "indexOf",
    "slice",
    "substring",
    "split",
    "toUpperCase",
    "toLowerCase",
    "trim",
  ],
  Array: [
    "length",
    "push",
    "pop",
    "shift",
    "unshift",
    "slice",
    "splice",
    "concat",
    "indexOf",
    "join",
    "map",
    "filter",
    "forEach",
    "some",
    "every",
    "reduce",
    "reverse",
    "sort",
  ],
  ReadonlyArray: [
    "length",
    "slice",
    "concat",
    "indexOf",
    "join",
    "map",
    "filter",
    "forEach",
    "some",
    "every",
    "reduce",
  ],
};

const member: DialectRule = {
  name: "library",
  reach: "shared",
  instead:
    "this member is missing or different on Espruino or Lua: write it out with those that all have",
  planted: [
    "export const f = (a: number[]) => a.lastIndexOf(1);",
    "export const f = (t: string) => t.lastIndexOf('a');",
    "export const f = (a: number[]) => a.reduceRight((b, c) => b + c);",
    "export const f = (n: number) => Math.round(n);",
    "export const f = (n: number) => Math.trunc(n);",
    "export const f = (n: number) => Math.imul(n, n);",
    "export const f = (n: number) => n.toFixed(1);",
    "export const f = (n: number) => n.toString(16);",
    "export const f = (t: string) => t.replace('a', 'b');",
    "export const f = (t: string) => t.padStart(3);",
    "export const f = (a: number[]) => a.at(0);",
    "export const f = (a: number[][]) => a.flat();",
    "export const f = (g: () => void) => g.call(undefined);",
    "export const f = (a: object) => a.hasOwnProperty('x');",
  ],
  finds(node, checker) {
    if (!ts.isPropertyAccessExpression(node)) return false;
    const symbol = checker.getSymbolAtLocation(node.name);
    if (symbol === undefined) return true;
    if (!isOfLibrary(symbol)) return false;
    const owner = symbol.declarations?.[0].parent;
    const ownerName =
      owner !== undefined && ts.isInterfaceDeclaration(owner) ? owner.name.text : "";
    return !(MEMBERS[ownerName] ?? []).includes(node.name.text);
  },
};

const CHANGING = ["push", "pop", "shift", "unshift", "splice", "sort", "reverse"];

/** Whether this expression may change the array of that name: by a method, or by handing it on. */
function changesArray(expression: ts.Node, list: string): boolean {
  let changes = false;
  walk(expression, (node) => {
    if (!ts.isCallExpression(node)) return;
    if (node.arguments.some((argument) => argument.getText() === list)) changes = true;
    const called = node.expression;
    if (!ts.isPropertyAccessExpression(called)) return;
    if (called.expression.getText() === list && CHANGING.includes(called.name.text)) changes = true;
  });
  return changes;
}

const sorting: DialectRule = {
  name: "sort",
  reach: "firmware",
  instead: "sort with an explicit comparison: without one it is by text here and by number in Lua",
  planted: ["export const f = (a: number[]) => a.sort();"],
  finds: (node) =>
    ts.isCallExpression(node) &&
    node.arguments.length === 0 &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "sort",
};

const pushOrder: DialectRule = {
  name: "push order",
  reach: "shared",
  instead:
    "take the value into a constant first: Lua finds the end of the array before it makes the value",
  planted: [
    "export function f(a: number[]) { a.push(a.shift() as number); }",
    "export function f(s: { a: number[] }, g: (a: number[]) => number) { s.a.push(g(s.a)); }",
    "export function f(a: number[]) { a[a.length] = a.pop() as number; }",
  ],
  finds(node) {
    const assigned =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === SyntaxKind.EqualsToken &&
      ts.isElementAccessExpression(node.left);
    if (assigned) return changesArray(node.right, node.left.expression.getText());
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
    if (node.expression.name.text !== "push") return false;
    const list = node.expression.expression.getText();
    return node.arguments.some((argument) => changesArray(argument, list));
  },
};

const textWalk: DialectRule = {
  name: "walk over text",
  reach: "shared",
  instead: "a loop over charCodeAt: for-of over text goes by characters here and by octets in Lua",
  planted: ["export function f(t: string) { for (const c of t) return c; return ''; }"],
  finds: (node, checker) =>
    ts.isForOfStatement(node) &&
    (checker.getTypeAtLocation(node.expression).flags & ts.TypeFlags.StringLike) !== 0,
};

function partsOf(node: ts.Expression, checker: ts.TypeChecker): ts.Type[] {
  const type = checker.getTypeAtLocation(node);
  return type.isUnion() ? type.types : [type];
}

const joinedText: DialectRule = {
  name: "joined text",
  reach: "shared",
  instead: "say what stands for an absent value: it joins as `undefined` here and as `nil` on Lua",
  planted: [
    "export const f = (a: { n?: number }) => 'n=' + a.n;",
    "export const f = (a: number[]) => 'a=' + a;",
  ],
  finds(node, checker) {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.PlusToken)
      return false;
    const operands = [partsOf(node.left, checker), partsOf(node.right, checker)];
    const hasText = operands.some((parts) =>
      parts.some((part) => (part.flags & ts.TypeFlags.StringLike) !== 0),
    );
    const plain = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike;
    return hasText && operands.some((parts) => parts.some((part) => (part.flags & plain) === 0));
  },
};

export const typeRules: DialectRule[] = [
  condition,
  judge,
  globalName,
  member,
  sorting,
  textWalk,
  pushOrder,
  joinedText,
];
