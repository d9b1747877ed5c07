// What a value can be in the place where it is read, whatever the compiler saw in it last; and which
// places belong to somebody else than the program. Only asks.

import ts from "typescript";

/** Declared for something that is not part of the program: by a `.d.ts`, or behind `declare`. */
export function isOutside(declaration: ts.Node | undefined): boolean {
  if (declaration === undefined || declaration.getSourceFile().isDeclarationFile) return true;
  for (let at = declaration; !ts.isSourceFile(at); at = at.parent) {
    const words = ts.canHaveModifiers(at) ? (ts.getModifiers(at) ?? []) : [];
    if (words.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) return true;
  }
  return false;
}

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The function in which the node stands. */
export function makerAround(node: ts.Node): ts.SignatureDeclaration | undefined {
  let at = node.parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return ts.isSourceFile(at) ? undefined : at;
}

/** What passes a value on as it is. */
export function isWrapping(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.NonNullExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

export interface Places {
  /** The variable, function or property that the node names, wherever it was imported from. */
  symbolAt(node: ts.Node): ts.Symbol | undefined;
  /**
   * The type of the value, and those that its place is declared with: the compiler narrows a place by
   * what was last seen in it, and overlooks what a call in between puts there.
   */
  typesOf(node: ts.Expression): ts.Type[];
}

/** `isVague` says of a type that it holds text, or what nobody knows. */
export function createPlaces(
  statements: readonly ts.Statement[],
  checker: ts.TypeChecker,
  isVague: (type: ts.Type) => boolean,
): Places {
  const changed = new Set<ts.Symbol>();

  function symbolAt(node: ts.Node): ts.Symbol | undefined {
    const named = ts.isPropertyAccessExpression(node) ? node.name : node;
    const symbol = checker.getSymbolAtLocation(named);
    const imported = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return imported ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function noteChanges(node: ts.Node): void {
    const symbol = isAssignment(node) ? symbolAt(node.left) : undefined;
    if (symbol !== undefined) changed.add(symbol);
    ts.forEachChild(node, noteChanges);
  }

  function elementTypes({ expression, argumentExpression }: ts.ElementAccessExpression): ts.Type[] {
    const type = checker.getApparentType(checker.getTypeAtLocation(expression));
    const key = ts.isStringLiteralLike(argumentExpression) ? argumentExpression.text : undefined;
    const property = key === undefined ? undefined : checker.getPropertyOfType(type, key);
    const listed = checker.getIndexInfosOfType(type).map((one) => one.type);
    return property === undefined ? listed : [checker.getTypeOfSymbol(property), ...listed];
  }

  function typesOf(node: ts.Expression): ts.Type[] {
    let inner = node;
    while (isWrapping(inner)) inner = inner.expression;
    const own = checker.getTypeAtLocation(inner);
    if (ts.isElementAccessExpression(inner)) return [own, ...elementTypes(inner)];
    const isMember = ts.isPropertyAccessExpression(inner);
    const place = isMember || ts.isIdentifier(inner) ? symbolAt(inner) : undefined;
    if (place === undefined) return [own];
    if (isMember && isOutside(place.valueDeclaration)) return [own];
    const declared = checker.getTypeOfSymbol(place);
    // Text that was found equal to a word is text all the same.
    return isMember || changed.has(place) || isVague(declared) ? [own, declared] : [own];
  }

  for (const statement of statements) noteChanges(statement);
  return { symbolAt, typesOf };
}
