// Gives variables of sibling blocks names of their own in a lowered text.
// `let x` in two branches becomes `var x` twice; the minifier drops the second `var`, and on an
// engine that does not hoist the second branch then writes into an outer name.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { declarationsOf, isDeclaredAt, parseText, usesOf } from "./var-scope.ts";

/** The block that the variable had before lowering. */
function blockOf(declaration: ts.VariableDeclaration): ts.Node {
  let at: ts.Node = declaration.parent;
  while (!ts.isBlock(at) && !ts.isForStatement(at) && !ts.isForInStatement(at)) {
    if (ts.isCaseBlock(at) || ts.isSourceFile(at)) return at;
    at = at.parent;
  }
  return at;
}

/** New names for those declarations that no earlier one of the same name stands before. */
function renamingsOf(nodes: ts.Identifier[], declarations: ts.VariableDeclaration[]): Cut[] {
  return declarations.flatMap((declaration, place) => {
    const before = declarations.slice(0, place);
    if (place === 0 || before.some((one) => isDeclaredAt(one, declaration))) return [];
    const block = blockOf(declaration);
    const inside = nodes.filter((node) => node.pos >= block.pos && node.end <= block.end);
    return inside.map((node) => {
      const text = `${node.text}__${place + 1}`;
      return { from: node.getStart(), to: node.end, text };
    });
  });
}

export function uniqueVars(text: string): Cut[] {
  const { file, checker } = parseText(text);
  return [...usesOf(file, checker).values()].flatMap((nodes) => {
    const declarations = declarationsOf(nodes[0], checker);
    return declarations.length > 1 ? renamingsOf(nodes, declarations) : [];
  });
}
