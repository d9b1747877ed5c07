// Moves the declaration of a variable to the beginning of its function where a use may come before it:
// the minifier puts a `var` behind its uses, and Espruino hoists none [espruino trap 3].

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { declarationsOf, functionAround, isDeclaredAt, parseText, usesOf } from "./var-scope.ts";

/** A declaration that says nothing but the name, with the comma or the statement around it. */
function bareCuts(declaration: ts.VariableDeclaration, file: ts.SourceFile): Cut[] {
  const list = declaration.parent;
  const alone = ts.isVariableDeclarationList(list) && ts.isVariableStatement(list.parent);
  if (!alone || declaration.initializer !== undefined) return [];
  const { declarations } = list;
  const at = declarations.indexOf(declaration);
  if (declarations.length === 1) return [{ from: list.getStart(file), to: list.end, text: "" }];
  if (at > 0) return [{ from: declarations[at - 1].end, to: declaration.end, text: "" }];
  const to = declarations[1].getStart(file);
  return [{ from: declaration.getStart(file), to, text: "" }];
}

export function declareFirst(text: string): Cut[] {
  const { file, checker } = parseText(text);
  const cuts: Cut[] = [];
  const moved = new Map<ts.Block, string[]>();
  for (const nodes of usesOf(file, checker).values()) {
    const declarations = declarationsOf(nodes[0], checker);
    const sure = (node: ts.Node) => declarations.some((one) => isDeclaredAt(one, node));
    if (declarations.length === 0 || nodes.every(sure)) continue;
    const around = functionAround(declarations[0]);
    const body = ts.isSourceFile(around) ? undefined : around.body;
    if (body === undefined || !ts.isBlock(body)) continue;
    moved.set(body, [...(moved.get(body) ?? []), nodes[0].text]);
    cuts.push(...declarations.flatMap((one) => bareCuts(one, file)));
  }
  for (const [body, names] of moved) {
    const from = body.getStart(file) + 1;
    cuts.push({ from, to: from, text: `var ${names.join(",")};` });
  }
  return cuts;
}
