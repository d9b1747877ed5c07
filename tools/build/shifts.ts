// Puts a shift where a bundle divides by a power of two that it spells out: sources can't say one,
// because Lua's shift keeps no sign, and a call is the dearest thing that the interpreter knows.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";

/** Of `protocol/bytes.ts`: floor of a value that is not negative, by a power of two. */
const DIVIDER = "shiftDown";
const BITS_MAX = 30;

/** The bits of a power of two that is written as a number; -1 for all else. */
function bitsOf(node: ts.Expression): number {
  if (!ts.isNumericLiteral(node)) return -1;
  const bits = Math.log2(Number(node.text));
  return Number.isInteger(bits) && bits <= BITS_MAX ? bits : -1;
}

export function shifts(text: string): Cut[] {
  const file = ts.createSourceFile("bundle.js", text, ts.ScriptTarget.ES5, true);
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
    const [value, unit] = node.arguments;
    if (node.expression.text !== DIVIDER || bitsOf(unit) < 0) return;
    cuts.push({ from: node.getStart(file), to: value.getStart(file), text: "((" });
    cuts.push({ from: value.end, to: node.end, text: `) >> ${bitsOf(unit)})` });
  };
  visit(file);
  return cuts;
}
