// Takes fields out of a bundle that no line of it reads: units and texts that only documents need.
// A field stays where its name is read anywhere, stands as text, or belongs to the platform.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";

/** A value that is made without calling or changing anything. */
function isInert(node: ts.Node): boolean {
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isDeleteExpression(node)) {
    return false;
  }
  if (ts.isPostfixUnaryExpression(node)) return false;
  if (ts.isPrefixUnaryExpression(node)) {
    const { operator } = node;
    const counts =
      operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    if (counts) return false;
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    if (assigns) return false;
  }
  // The body of a function does nothing before it is called.
  if (ts.isFunctionExpression(node)) return true;
  return ts.forEachChild(node, (child) => !isInert(child) || undefined) === undefined;
}

type Field = ts.PropertyAssignment & { name: ts.Identifier };

/** A field that can go if nobody reads it. */
function isField(node: ts.Node): node is Field {
  return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && isInert(node.initializer);
}

interface Reading {
  name: string;
  /** Fields in whose values it stands: where one of them goes, nothing is read. */
  inside: string[];
}

function readingsOf(file: ts.SourceFile): Reading[] {
  const readings: Reading[] = [];
  const visit = (node: ts.Node, inside: string[]): void => {
    if (ts.isPropertyAccessExpression(node)) readings.push({ name: node.name.text, inside });
    if (ts.isStringLiteral(node)) readings.push({ name: node.text, inside });
    const within = isField(node) ? [...inside, node.name.text] : inside;
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(file, []);
  return readings;
}

/** Names that are read for more than to fill a field that nobody reads. */
function readNames(file: ts.SourceFile, reserved: string[]): Set<string> {
  const names = new Set(reserved);
  let left = readingsOf(file);
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const { name, inside } of left) if (inside.every((one) => names.has(one))) names.add(name);
    left = left.filter(({ name }) => !names.has(name));
  }
  return names;
}

/** `reserved` are the platform's names, which are read outside the bundle. */
export function dropUnread(bundle: string, reserved: string[]): Cut[] {
  const file = ts.createSourceFile("bundle.js", bundle, ts.ScriptTarget.ES5, true);
  const kept = readNames(file, reserved);
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      node.properties.forEach((property, at) => {
        if (!isField(property) || kept.has(property.name.text)) return;
        const next = node.properties[at + 1];
        // With the comma behind it: a comma alone would be no ES5.
        const to = next?.getFullStart() ?? node.properties.end;
        cuts.push({ from: property.getFullStart(), to, text: "" });
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return cuts;
}
