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

/** Whether `child` may be left out when `parent` runs. A `do` runs its body at least once. */
function isGuarded(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isIfStatement(parent)) return child !== parent.expression;
  if (ts.isConditionalExpression(parent)) return child !== parent.condition;
  if (ts.isWhileStatement(parent)) return child !== parent.expression;
  if (ts.isForInStatement(parent)) return child === parent.statement;
  if (ts.isForStatement(parent)) {
    return child === parent.statement || child === parent.incrementor;
  }
  return isRight(parent, child) || ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent);
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
  for (let at: ts.Node = declaration; at.parent !== end && at !== end; at = at.parent) {
    if (isGuarded(at.parent, at) && !isInside(at, node)) return false;
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
