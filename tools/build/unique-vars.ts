// Gives variables of sibling blocks names of their own in a lowered text.
// `let x` in two branches becomes `var x` twice; the minifier drops the second `var`, and on an
// engine that does not hoist the second branch then writes into an outer name.

import ts from "typescript";
import { declarationsOf, isDeclaredAt, parseText } from "./var-scope.ts";

/** The block that the variable had before lowering. */
function blockOf(declaration: ts.VariableDeclaration): ts.Node {
  let at: ts.Node = declaration.parent;
  while (!ts.isBlock(at) && !ts.isForStatement(at) && !ts.isForInStatement(at)) {
    if (ts.isCaseBlock(at) || ts.isSourceFile(at)) return at;
    at = at.parent;
  }
  return at;
}

/** Identifiers that stand for one variable, its declarations among them. */
type Uses = Map<ts.Symbol, ts.Identifier[]>;

function usesOf(file: ts.SourceFile, checker: ts.TypeChecker): Uses {
  const uses: Uses = new Map();
  const visit = (node: ts.Node): void => {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined && ts.isIdentifier(node)) {
      uses.set(symbol, [...(uses.get(symbol) ?? []), node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

interface Renaming {
  at: number;
  length: number;
  name: string;
}

/** New names for those declarations that no earlier one of the same name stands before. */
function renamingsOf(nodes: ts.Identifier[], declarations: ts.VariableDeclaration[]): Renaming[] {
  return declarations.flatMap((declaration, place) => {
    const before = declarations.slice(0, place);
    if (place === 0 || before.some((one) => isDeclaredAt(one, declaration))) return [];
    const block = blockOf(declaration);
    const inside = nodes.filter((node) => node.pos >= block.pos && node.end <= block.end);
    return inside.map((node) => {
      const at = node.getStart();
      return { at, length: node.text.length, name: `${node.text}__${place + 1}` };
    });
  });
}

export function uniqueVars(text: string): string {
  const { file, checker } = parseText(text);
  const renamings: Renaming[] = [];
  for (const nodes of usesOf(file, checker).values()) {
    const declarations = declarationsOf(nodes[0], checker);
    if (declarations.length > 1) renamings.push(...renamingsOf(nodes, declarations));
  }
  renamings.sort((a, b) => a.at - b.at);
  let result = "";
  let at = 0;
  for (const one of renamings) {
    result += text.slice(at, one.at) + one.name;
    at = one.at + one.length;
  }
  return result + text.slice(at);
}
