// What a rule of the dialect is, and small questions that several rules ask of a node.

import ts from "typescript";

/** Where a rule holds: everywhere in firmware, or only where the same source becomes Lua too. */
export type Reach = "shared" | "firmware";

export interface DialectRule {
  name: string;
  /** What is refused, and what to write instead. */
  instead: string;
  reach: Reach;
  /** Files that break the rule; the test proves that each is caught. */
  planted: string[];
  finds(node: ts.Node, checker: ts.TypeChecker): boolean;
}

/** Rules of one shape: a ban on kinds of syntax. */
export function banKinds(
  name: string,
  kinds: ts.SyntaxKind[],
  reach: Reach,
  instead: string,
  planted: string[],
): DialectRule {
  return { name, instead, reach, planted, finds: (node) => kinds.includes(node.kind) };
}

/** Rules of one shape: a ban on operators between two operands. */
export function banOperators(
  name: string,
  operators: ts.SyntaxKind[],
  reach: Reach,
  instead: string,
  planted: string[],
): DialectRule {
  const finds = (node: ts.Node) =>
    ts.isBinaryExpression(node) && operators.includes(node.operatorToken.kind);
  return { name, instead, reach, planted, finds };
}

export function isLoop(node: ts.Node): node is ts.IterationStatement {
  return ts.isIterationStatement(node, false);
}

/** True for a name that stands for a value here: not a property, not a declaration, not a type. */
export function isValueUse(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node) || ts.isPartOfTypeNode(node)) return false;
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isTypeElement(parent) || ts.isTypePredicateNode(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) return false;
  return !("name" in parent && parent.name === node);
}

/** The symbol that a value use stands for. */
export function valueSymbol(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  return ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
}

/** Every declaration stands in the compiler's own library files. */
export function isOfLibrary(symbol: ts.Symbol): boolean {
  const declarations = symbol.declarations ?? [];
  return (
    declarations.length > 0 &&
    declarations.every((one) => /\/lib\.[^/]*\.d\.ts$/.test(one.getSourceFile().fileName))
  );
}
