// Takes fields out of a bundle that no line of it reads: units and texts that only documents need.
// A field stays where its name is read anywhere, stands as text, or belongs to the platform.

import ts from "typescript";

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

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

function readNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  walk(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    if (ts.isStringLiteral(node)) names.add(node.text);
  });
  return names;
}

/** `reserved` are the platform's names, which are read outside the bundle. */
export function dropUnread(bundle: string, reserved: string[]): string {
  const file = ts.createSourceFile("bundle.js", bundle, ts.ScriptTarget.ES5, true);
  const kept = readNames(file);
  for (const name of reserved) kept.add(name);
  const cuts: { from: number; to: number }[] = [];
  walk(file, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return;
    node.properties.forEach((property, at) => {
      if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return;
      if (kept.has(property.name.text) || !isInert(property.initializer)) return;
      const next = node.properties[at + 1];
      // With the comma behind it: a comma alone would be no ES5.
      cuts.push({ from: property.getFullStart(), to: next?.getFullStart() ?? node.properties.end });
    });
  });
  let text = "";
  let at = 0;
  for (const cut of cuts) {
    if (cut.from < at) continue; // inside a field that went already
    text += bundle.slice(at, cut.from);
    at = cut.to;
  }
  return text + bundle.slice(at);
}
