// Where the values of a program flow, told expression by expression to whoever judges their types.
// Sound by refusing: in syntax that is not named here every value counts as leaked.

import ts from "typescript";
import { createPlaces, isOutside, isWrapping, makerAround } from "./word-places.ts";
import type { Flow, WordTypes } from "./word-types.ts";

const { SyntaxKind } = ts;

/** What an array does with its elements without looking at them; the place of the first one given. */
const MOVERS: Record<string, number> = {
  ...{ indexOf: 0, push: 0, unshift: 0, splice: 2 },
  ...{ pop: 0, shift: 0, slice: 2, reverse: 0 },
};

const COMPARING = [
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
];
const CHOOSING = [
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
];

/** Kinds that pass a value on as it is, or drop it. */
const HARMLESS = [
  ...[SyntaxKind.ParenthesizedExpression, SyntaxKind.NonNullExpression],
  ...[SyntaxKind.SatisfiesExpression, SyntaxKind.ExpressionStatement, SyntaxKind.IfStatement],
  ...[SyntaxKind.WhileStatement, SyntaxKind.DoStatement, SyntaxKind.ForStatement],
  ...[SyntaxKind.CaseClause, SyntaxKind.VoidExpression, SyntaxKind.DeleteExpression],
  ...[SyntaxKind.ObjectLiteralExpression],
  ...[SyntaxKind.FunctionExpression, SyntaxKind.SpreadElement, SyntaxKind.QualifiedName],
];

const JUDGED = "a function says what it is";

/** Children that are expressions with a value. */
function valuesIn(node: ts.Node): ts.Expression[] {
  const found: ts.Expression[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isExpression(child) && !ts.isTypeNode(child)) found.push(child);
  });
  return found;
}

/** A literal that is a value, and what its own place makes of it. */
export interface Spelt {
  node: ts.StringLiteral | ts.NoSubstitutionTemplateLiteral;
  /** Where it is text itself, whatever becomes of the same word elsewhere. */
  text?: Flow;
  /** Some place takes it as a word. */
  isWord: boolean;
}

/** The values that expressions have, and the literals met among them. */
function createValues(typesOf: (node: ts.Expression) => readonly ts.Type[]) {
  const spelt = new Map<ts.Node, Spelt>();
  /** Choices whose two values were followed to where the choice goes. */
  const followed = new Set<ts.Node>();

  /** What the value of the expression is, be it chosen or not. */
  function leavesOf(node: ts.Expression): ts.Expression[] {
    let inner = node;
    while (isWrapping(inner)) inner = inner.expression;
    if (!ts.isConditionalExpression(inner)) return [inner];
    followed.add(inner);
    return [inner.whenTrue, inner.whenFalse].flatMap(leavesOf);
  }

  function speltAt(node: ts.Expression): Spelt | undefined {
    if (!ts.isStringLiteralLike(node)) return undefined;
    const known = spelt.get(node) ?? { node, isWord: false };
    spelt.set(node, known);
    return known;
  }

  /** Each value of the expression: a literal is text here, of others `judge` is asked. */
  function read(node: ts.Expression, why: string, judge: WordTypes["leak"]): void {
    for (const leaf of leavesOf(node)) {
      const literal = speltAt(leaf);
      if (literal !== undefined) literal.text ??= { node: leaf, why };
      else for (const type of typesOf(leaf)) judge(type, { node: leaf, why });
    }
  }

  return { spelt, followed, leavesOf, speltAt, read };
}

/** Tells `types` of every flow in these statements; returns the literals that are values there. */
export function followFlows(
  statements: readonly ts.Statement[],
  checker: ts.TypeChecker,
  types: WordTypes,
): Spelt[] {
  const { symbolAt, typesOf } = createPlaces(statements, checker, types.isVague);
  const { spelt, followed, leavesOf, speltAt, read } = createValues(typesOf);

  function leak(node: ts.Expression, why: string): void {
    read(node, why, types.leak);
  }

  function show(node: ts.Expression, why: string): void {
    read(node, why, types.show);
  }

  function move(node: ts.Expression | undefined, to: ts.Type): void {
    if (node === undefined) return;
    const why = "it is taken as text";
    if (ts.isSpreadElement(node)) leak(node.expression, "it is spread");
    else if (types.holdsText(to)) read(node, why, (type, flow) => types.move(type, to, flow));
    else {
      for (const leaf of leavesOf(node)) {
        const literal = speltAt(leaf);
        if (literal !== undefined) literal.isWord = true;
        for (const type of typesOf(leaf)) types.move(type, to, { node: leaf, why });
      }
    }
  }

  function compare(one: ts.Expression, other: ts.Expression): void {
    const why = "it is compared with text";
    const pair = [one, other].map((side) => ({ types: typesOf(side), literal: speltAt(side) }));
    pair.forEach(({ literal }, at) => {
      const against = pair[1 - at].types;
      if (literal === undefined) return;
      if (against.some(types.holdsText)) literal.text ??= { node: literal.node, why };
      else literal.isWord = true;
    });
    for (const left of pair[0].types) {
      for (const right of pair[1].types) {
        const apart = pair.some(({ literal }) => literal?.text?.why === why);
        if (!apart) types.compare(left, right, { node: one, why });
      }
    }
  }

  function visitBinary(node: ts.BinaryExpression): void {
    const { left, right, operatorToken } = node;
    const { kind } = operatorToken;
    if (kind === SyntaxKind.EqualsToken) {
      const target = symbolAt(left);
      const known = ts.isElementAccessExpression(left) || target !== undefined;
      const foreign = target !== undefined && isOutside(target.declarations?.[0]);
      if (!known || foreign) leak(right, "it is put where the platform sees it");
      else for (const type of typesOf(left)) move(right, type);
    } else if (COMPARING.includes(kind)) {
      compare(left, right);
    } else if (kind === SyntaxKind.CommaToken) {
      move(right, checker.getTypeAtLocation(node));
    } else if (CHOOSING.includes(kind)) {
      if (kind !== SyntaxKind.AmpersandAmpersandToken) move(left, checker.getTypeAtLocation(node));
      move(right, checker.getTypeAtLocation(node));
    } else if (kind === SyntaxKind.InKeyword) {
      leak(left, "it is looked for among keys");
    } else if (kind !== SyntaxKind.InstanceOfKeyword) {
      for (const side of [left, right])
        leak(side, `it is joined or reckoned by ${operatorToken.getText()}`);
    }
  }

  function isArray(type: ts.Type): boolean {
    const parts = type.isUnion() ? type.types : [type];
    return parts.every((part) => checker.isArrayType(part) || checker.isTupleType(part));
  }

  /** Whether the call is one that an array answers without looking into its elements. */
  function visitMover(node: ts.CallExpression): boolean {
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const list = checker.getTypeAtLocation(callee.expression);
    const first = Object.hasOwn(MOVERS, callee.name.text) ? MOVERS[callee.name.text] : undefined;
    const element = checker.getIndexTypeOfType(list, ts.IndexKind.Number);
    if (first === undefined || element === undefined || !isArray(list)) return false;
    for (const given of node.arguments.slice(first)) move(given, element);
    return true;
  }

  function leakCall(node: ts.CallExpression | ts.NewExpression): void {
    for (const given of node.arguments ?? []) leak(given, "it is lent to the platform");
    types.leak(checker.getTypeAtLocation(node), { node, why: "the platform makes it" });
    const callee = node.expression;
    if (ts.isPropertyAccessExpression(callee)) leak(callee.expression, "the platform works on it");
  }

  function visitCall(node: ts.CallExpression | ts.NewExpression): void {
    const resolved = checker.getResolvedSignature(node);
    const declaration = resolved?.getDeclaration();
    if (ts.isCallExpression(node) && visitMover(node)) return;
    if (isOutside(declaration) || declaration === undefined) {
      leakCall(node);
      return;
    }
    // Of a generic function what is declared: the call's own types say nothing of the function's body.
    const declared = checker.getSignatureFromDeclaration(declaration);
    const parameters = declared?.getParameters() ?? [];
    const rest = declaration.parameters.some((one) => one.dotDotDotToken !== undefined);
    const given = node.arguments ?? [];
    const spread = given.some(ts.isSpreadElement);
    given.forEach((one, at) => {
      if (rest || spread || at >= parameters.length)
        leak(one, "nobody declared what is given here");
      else move(one, checker.getTypeOfSymbol(parameters[at]));
    });
    const judged = declared && checker.getTypePredicateOfSignature(declared);
    const one = given[judged?.parameterIndex ?? -1];
    if (judged?.type !== undefined && one !== undefined) {
      for (const type of typesOf(one)) types.move(type, judged.type, { node: one, why: JUDGED });
    }
    if (declared === undefined || declared.getTypeParameters() === undefined) return;
    const flow: Flow = { node, why: "it is taken as text" };
    types.move(declared.getReturnType(), checker.getTypeAtLocation(node), flow);
  }

  function visitAccess(node: ts.PropertyAccessExpression): void {
    show(node.expression, `its .${node.name.text} is asked for`);
    if (ts.isCallExpression(node.parent) && node.parent.expression === node) return;
    const property = symbolAt(node);
    if (node.name.text === "length" || property === undefined) return;
    if (!isOutside(property.declarations?.[0])) return;
    leak(node.expression, "the platform works on it");
    types.leak(checker.getTypeAtLocation(node), { node, why: "the platform makes it" });
  }

  /** Of all functions around it: nobody knows which one's arguments are asked for, or where they go. */
  function leakParameters(node: ts.Node): void {
    for (let at = makerAround(node); at !== undefined; at = makerAround(at)) {
      for (const one of at.parameters) {
        types.leak(checker.getTypeAtLocation(one), {
          node,
          why: "arguments are asked for by place",
        });
      }
    }
  }

  /** A variable of the platform, taken whole. */
  function visitIdentifier(node: ts.Identifier): void {
    const { parent } = node;
    if (node.text === "arguments") leakParameters(node);
    const declaration = symbolAt(node)?.declarations?.[0];
    if (declaration === undefined || !isOutside(declaration)) return;
    const called = ts.isCallExpression(parent) || ts.isNewExpression(parent);
    if (called && parent.expression === node) return;
    if (ts.isPropertyAccessExpression(parent)) return;
    leak(node, "the platform makes it");
  }

  function visitProperty(node: ts.ObjectLiteralElementLike): void {
    const symbol = checker.getSymbolAtLocation(node.name ?? node);
    if (ts.isPropertyAssignment(node) && symbol !== undefined) {
      if (ts.isComputedPropertyName(node.name)) leak(node.name.expression, "it is a key");
      move(node.initializer, checker.getTypeOfSymbol(symbol));
    } else if (ts.isShorthandPropertyAssignment(node) && symbol !== undefined) {
      const value = checker.getShorthandAssignmentValueSymbol(node);
      const flow: Flow = { node, why: "it is taken as text" };
      if (value === undefined) return;
      types.move(checker.getTypeOfSymbol(value), checker.getTypeOfSymbol(symbol), flow);
    } else {
      for (const value of valuesIn(node)) leak(value, "nobody knows what becomes of it here");
    }
  }

  function visitReturn(node: ts.Node, value: ts.Expression | undefined): void {
    const maker = makerAround(value ?? node);
    const signature = maker === undefined ? undefined : checker.getSignatureFromDeclaration(maker);
    if (signature !== undefined) move(value, signature.getReturnType());
  }

  /** What stands in front of a function with several declarations says nothing of its body. */
  function visitFunction(node: ts.FunctionDeclaration | ts.MethodDeclaration): void {
    if (node.body !== undefined) return;
    types.leak(checker.getTypeAtLocation(node), { node, why: "it has several declarations" });
  }

  function visitParameter(node: ts.ParameterDeclaration | ts.VariableDeclaration): void {
    const type = checker.getTypeAtLocation(node);
    if (!ts.isIdentifier(node.name)) types.leak(type, { node, why: "it is taken apart" });
    move(node.initializer, type);
  }

  /** What each kind of node does with the values in it. */
  function listActs(): Partial<Record<ts.SyntaxKind, (node: never) => void>> {
    return {
      [SyntaxKind.BinaryExpression]: visitBinary,
      [SyntaxKind.CallExpression]: visitCall,
      [SyntaxKind.NewExpression]: visitCall,
      [SyntaxKind.PropertyAccessExpression]: visitAccess,
      [SyntaxKind.Identifier]: visitIdentifier,
      [SyntaxKind.PropertyAssignment]: visitProperty,
      [SyntaxKind.ShorthandPropertyAssignment]: visitProperty,
      [SyntaxKind.SpreadAssignment]: visitProperty,
      [SyntaxKind.FunctionDeclaration]: visitFunction,
      [SyntaxKind.MethodDeclaration]: visitFunction,
      [SyntaxKind.Parameter]: visitParameter,
      [SyntaxKind.VariableDeclaration]: visitParameter,
      [SyntaxKind.ReturnStatement]: (node: ts.ReturnStatement) =>
        visitReturn(node, node.expression),
      [SyntaxKind.ArrowFunction]: (node: ts.ArrowFunction) => {
        if (!ts.isBlock(node.body)) visitReturn(node, node.body);
      },
      [SyntaxKind.ElementAccessExpression]: (node: ts.ElementAccessExpression) => {
        show(node.expression, "a sign of it is asked for");
        leak(node.argumentExpression, "it is a key");
      },
      [SyntaxKind.SwitchStatement]: (node: ts.SwitchStatement) => {
        for (const clause of node.caseBlock.clauses) {
          if (ts.isCaseClause(clause)) compare(clause.expression, node.expression);
        }
      },
      [SyntaxKind.ConditionalExpression]: (node: ts.ConditionalExpression) => {
        if (followed.has(node)) return;
        for (const value of [node.whenTrue, node.whenFalse]) {
          move(value, checker.getTypeAtLocation(node));
        }
      },
      [SyntaxKind.ArrayLiteralExpression]: (node: ts.ArrayLiteralExpression) => {
        const element = checker.getIndexTypeOfType(
          checker.getTypeAtLocation(node),
          ts.IndexKind.Number,
        );
        for (const value of node.elements) move(value, element ?? checker.getAnyType());
      },
      [SyntaxKind.PrefixUnaryExpression]: (node: ts.PrefixUnaryExpression) => {
        if (node.operator !== SyntaxKind.ExclamationToken)
          leak(node.operand, "it is reckoned with");
      },
      [SyntaxKind.TypeOfExpression]: (node: ts.TypeOfExpression) => {
        show(node.expression, "its typeof is asked for");
        types.show(checker.getTypeAtLocation(node), { node, why: "typeof says it" });
      },
      [SyntaxKind.AsExpression]: (node: ts.AsExpression) => {
        move(node.expression, checker.getTypeAtLocation(node));
      },
      [SyntaxKind.ForOfStatement]: (node: ts.ForOfStatement) => {
        show(node.expression, "it is gone through");
      },
      [SyntaxKind.ForInStatement]: (node: ts.ForInStatement) => {
        show(node.expression, "it is gone through");
      },
    };
  }

  const acts = listActs();

  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isTypeParameterDeclaration(node)) return;
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isStringLiteralLike(node) && !isName) speltAt(node);
    const act = acts[node.kind];
    if (act !== undefined) act(node as never);
    else if (!HARMLESS.includes(node.kind)) {
      for (const value of valuesIn(node)) leak(value, "nobody knows what becomes of it here");
    }
    ts.forEachChild(node, visit);
  }

  for (const statement of statements) visit(statement);
  for (const { node, text, isWord } of spelt.values()) {
    if (text !== undefined && isWord) types.show(checker.getTypeAtLocation(node), text);
  }
  return [...spelt.values()];
}
