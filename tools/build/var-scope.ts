// Where a `var` of an ES5 text has surely been declared, on an engine that does not hoist.
// Espruino declares a variable when its `var` runs: an assignment before it, or past a branch that
// was not taken, writes into whatever outer name is spelled the same [espruino trap 3].

import ts from "typescript";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  allowJs: true,
  noLib: true,
  noResolve: true,
  types: [],
  moduleDetection: ts.ModuleDetectionKind.Force,
};

export interface ParsedText {
  file: ts.SourceFile;
  checker: ts.TypeChecker;
}

/** A text with its names resolved. */
export function parseText(text: string): ParsedText {
  const name = "text.js";
  const { JS } = ts.ScriptKind;
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true, JS);
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (path) => (path.endsWith(name) ? file : undefined);
  host.fileExists = (path) => path.endsWith(name);
  const program = ts.createProgram([name], options, host);
  return { file, checker: program.getTypeChecker() };
}

function isRight(parent: ts.Node, child: ts.Node): boolean {
  if (!ts.isBinaryExpression(parent) || parent.right !== child) return false;
  const { kind } = parent.operatorToken;
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

/** What may be left out as one when `parent` runs, if `child` is part of that. */
function guardedPart(parent: ts.Node, child: ts.Node): ts.Node | undefined {
  if (ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent)) return parent;
  if (ts.isIfStatement(parent) && child !== parent.expression) return child;
  if (ts.isConditionalExpression(parent) && child !== parent.condition) return child;
  if (ts.isWhileStatement(parent) && child !== parent.expression) return child;
  if (ts.isForInStatement(parent) && child === parent.statement) return child;
  // A `do` runs its body at least once; the first part of a `for` runs always.
  const later = ts.isForStatement(parent) && child !== parent.initializer;
  if (later && child !== parent.condition) return child;
  return isRight(parent, child) ? child : undefined;
}

function functionAround(node: ts.Node): ts.Node {
  let at = node.parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return at;
}

function isInside(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

/** Whether the `var` has run wherever the node runs. */
export function isDeclaredAt(declaration: ts.VariableDeclaration, node: ts.Node): boolean {
  if (declaration.pos > node.pos) return false;
  const end = functionAround(declaration);
  for (let at: ts.Node = declaration; at !== end; at = at.parent) {
    const part = guardedPart(at.parent, at);
    if (part !== undefined && !isInside(part, node)) return false;
  }
  return true;
}

/** Every `var` of the name that this identifier stands for; empty for anything but a variable. */
export function declarationsOf(
  node: ts.Identifier,
  checker: ts.TypeChecker,
): ts.VariableDeclaration[] {
  const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
  return declarations.every(ts.isVariableDeclaration) ? declarations : [];
}
