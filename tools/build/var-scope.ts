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

/** The function in which the node stands, or the file. */
export function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | ts.SourceFile {
  let at = node.parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return at as ts.FunctionLikeDeclaration | ts.SourceFile;
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

/** Whether the identifier is a property's name: behind a dot or before a colon. */
export function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

/** Identifiers of a text that are no names of properties, in their order. */
export function variableNodes(file: ts.SourceFile): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isPropertyName(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Identifiers that stand for one variable, its declarations among them. */
export type Uses = Map<ts.Symbol, ts.Identifier[]>;

export function usesOf(file: ts.SourceFile, checker: ts.TypeChecker): Uses {
  const uses: Uses = new Map();
  for (const node of variableNodes(file)) {
    const symbol = checker.getSymbolAtLocation(node);
    const known = symbol === undefined ? undefined : uses.get(symbol);
    if (known !== undefined) known.push(node);
    else if (symbol !== undefined) uses.set(symbol, [node]);
  }
  return uses;
}

/** Whether this place gives the variable another value than its declaration does. */
export function isChanged(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) {
    const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
    return parent.operator === PlusPlusToken || parent.operator === MinusMinusToken;
  }
  if (ts.isVariableDeclaration(parent)) {
    return parent.name === node && ts.isForInStatement(parent.parent.parent);
  }
  if (ts.isForInStatement(parent)) return parent.initializer === node;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
