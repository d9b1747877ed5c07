// Rules about order and scope: Espruino hoists nothing, and a loop's variable is one for all rounds.
// They hold for the sources and, unchanged, for the bundle made of them.

import ts from "typescript";
import { type DialectRule, isLoop, isValueUse, valueSymbol } from "./dialect-rule.ts";

/** The declaration of a local name, when it is a function or a variable of this very file. */
function localDeclaration(
  node: ts.Identifier,
  checker: ts.TypeChecker,
): ts.FunctionDeclaration | ts.VariableDeclaration | undefined {
  const declarations = valueSymbol(node, checker)?.declarations ?? [];
  // A `var` may be declared twice: the first one counts.
  const first = declarations.find(
    (one) => ts.isFunctionDeclaration(one) || ts.isVariableDeclaration(one),
  );
  if (first === undefined || first.getSourceFile() !== node.getSourceFile()) return undefined;
  return first as ts.FunctionDeclaration | ts.VariableDeclaration;
}

export const order: DialectRule = {
  name: "order",
  reach: "firmware",
  instead: "define it above its first use: Espruino hoists neither functions nor variables",
  planted: [
    "export function f() { return g(); } function g() { return 1; }",
    "export const a = () => b; const b = 1;",
    "export function f() { return g(); function g() { return 1; } }",
    "export function f() { h = 1; var h: number; return h; }",
    "export function f(n: number) { const run = () => later(n); run(); const later = (m: number) => m; }",
    "export const r = { run: run }; function run() {}",
    "export const r = () => ({ late }); const late = 1;",
  ],
  finds(node, checker) {
    if (!isValueUse(node)) return false;
    const declaration = localDeclaration(node, checker);
    return declaration !== undefined && node.pos < declaration.pos;
  },
};

function enclosingLoop(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at !== undefined && !ts.isFunctionLike(at); at = at.parent) {
    if (isLoop(at)) return at;
  }
  return undefined;
}

/** Loops around this node that begin inside the nearest function around it. */
function loopsAround(node: ts.Node): ts.Node[] {
  const loops: ts.Node[] = [];
  for (let at = enclosingLoop(node); at !== undefined; at = enclosingLoop(at)) loops.push(at);
  return loops;
}

function functionsAround(node: ts.Node): ts.Node[] {
  const functions: ts.Node[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionLike(at)) functions.push(at);
  }
  return functions;
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

export const loopClosure: DialectRule = {
  name: "loop closure",
  reach: "firmware",
  instead:
    "a function made in a loop keeps no variable of it (3, 3, 3 on Espruino): call a function that takes it as a parameter",
  planted: [
    "export function f(a: (() => number)[]) { for (let i = 0; i < 3; i++) a.push(() => i); }",
    "export function f(a: (() => number)[], b: number[]) { for (const x of b) a.push(function () { return x; }); }",
    "export function f(a: (() => number)[]) { let i = 0; while (i < 3) { const j = i; a.push(() => j); i++; } }",
  ],
  finds(node, checker) {
    if (!isValueUse(node)) return false;
    const declaration = localDeclaration(node, checker);
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
    return functionsAround(node).some((around) =>
      loopsAround(around).some(
        (loop) => contains(loop, declaration) && !contains(around, declaration),
      ),
    );
  },
};

export const orderRules: DialectRule[] = [order, loopClosure];
