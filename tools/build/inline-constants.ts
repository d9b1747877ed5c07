// Puts the values of a bundle's constants where their names stand: a stored number is seldom longer
// than a name, and each variable less is found sooner. What pays as a variable is hoisted again later.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { isChanged, parseText, usesOf } from "./var-scope.ts";

function isConstant(node: ts.Expression): boolean {
  const minus = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  const literal = minus ? node.operand : node;
  return ts.isNumericLiteral(literal) || ts.isStringLiteral(node);
}

export function inlineConstants(text: string): Cut[] {
  const { file, checker } = parseText(text);
  return [...usesOf(file, checker)].flatMap(([symbol, nodes]) => {
    const [declaration, ...others] = symbol.declarations ?? [];
    if (others.length > 0 || declaration === undefined || nodes.some(isChanged)) return [];
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return [];
    if (!isConstant(declaration.initializer)) return [];
    const value = declaration.initializer.getText(file);
    // In brackets: "-" before it would read as "--".
    const written = value.startsWith("-") ? `(${value})` : value;
    const places = nodes.filter((node) => node.parent !== declaration);
    return places.map((node) => ({ from: node.getStart(file), to: node.end, text: written }));
  });
}
