// Gives every variable of a text a name that no other has, so that text can move to where other names
// are seen. The minifier shortens them all again.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { parseText, usesOf, variableNodes } from "./var-scope.ts";

function isVariable(declaration: ts.Declaration): boolean {
  return (
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isFunctionDeclaration(declaration) ||
    ts.isFunctionExpression(declaration)
  );
}

/** Names in the text, and those of them that nothing in it declares. */
function namesOf(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
): { all: Set<string>; free: Set<string> } {
  const all = new Set<string>();
  const free = new Set<string>();
  for (const node of variableNodes(file)) {
    all.add(node.text);
    const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
    if (declarations.length === 0) free.add(node.text);
  }
  return { all, free };
}

export function uniqueNames(text: string): Cut[] {
  const { file, checker } = parseText(text);
  const { all, free: given } = namesOf(file, checker);
  const cuts: Cut[] = [];
  for (const [symbol, nodes] of usesOf(file, checker)) {
    if (!(symbol.declarations ?? []).some(isVariable)) continue;
    let name = symbol.name;
    for (let count = 2; given.has(name) || (count > 2 && all.has(name)); count++) {
      name = `${symbol.name}_${count}`;
    }
    given.add(name);
    if (name === symbol.name) continue;
    for (const node of nodes) cuts.push({ from: node.getStart(file), to: node.end, text: name });
  }
  return cuts;
}
