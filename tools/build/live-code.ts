// Which top-level statements of a program can ever run or be read; the rest makes no flow at all.
// Careful on one side only: what may have an effect of its own counts as live.

import ts from "typescript";

/** An expression that does nothing when it is made: literals, lists and records of them, functions. */
function isInert(node: ts.Node | undefined): boolean {
  if (node === undefined || ts.isFunctionExpression(node) || ts.isArrowFunction(node)) return true;
  if (ts.isLiteralExpression(node) || ts.isIdentifier(node)) return true;
  if (ts.isPrefixUnaryExpression(node)) return ts.isLiteralExpression(node.operand);
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) {
    return isInert(node.expression);
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isInert);
  if (!ts.isObjectLiteralExpression(node)) {
    return [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(node.kind);
  }
  return node.properties.every(
    (one) =>
      ts.isMethodDeclaration(one) || (ts.isPropertyAssignment(one) && isInert(one.initializer)),
  );
}

function isIdle(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isImportDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) {
    return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  }
  return statement.declarationList.declarations.every(
    (one) => ts.isIdentifier(one.name) && isInert(one.initializer),
  );
}

/** The statement of a file in which something is declared; undefined inside of functions. */
function statementOf(declaration: ts.Node): ts.Statement | undefined {
  let at = declaration;
  while (!ts.isSourceFile(at.parent)) {
    if (at !== declaration && ts.isFunctionLike(at)) return undefined;
    at = at.parent;
  }
  return at as ts.Statement;
}

/** Of these files, whatever can run, and whatever that names, in the order of the files. */
export function liveStatements(
  files: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): ts.Statement[] {
  const all = files.flatMap((file) => [...file.statements]);
  const ours = new Set(all);
  const live = new Set(all.filter((statement) => !isIdle(statement)));

  function symbolAt(node: ts.Identifier): ts.Symbol | undefined {
    const shorthand = ts.isShorthandPropertyAssignment(node.parent);
    const symbol = shorthand
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    const imported = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return imported ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node)) return;
    for (const declaration of ts.isIdentifier(node) ? (symbolAt(node)?.declarations ?? []) : []) {
      const statement = ts.isSourceFile(declaration) ? undefined : statementOf(declaration);
      if (statement !== undefined && ours.has(statement)) live.add(statement);
    }
    ts.forEachChild(node, visit);
  }

  // The set grows while it is gone through, and what is new is gone through too.
  for (const statement of live) visit(statement);
  return all.filter((statement) => live.has(statement));
}
