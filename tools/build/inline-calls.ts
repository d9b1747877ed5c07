// Puts the body of a function that is called in one place where that call stands, as statements: the
// minifier would leave a function there that is made, called and forgotten each time.

import ts from "typescript";
import { type Plan, planCalls, type Site } from "./call-sites.ts";
import { type Cut, type Part, partsOf } from "./cut-text.ts";
import { armsOf, exits, hasReturn } from "./returns.ts";
import { isChanged, isPropertyName, parseText, usesOf } from "./var-scope.ts";

/** What a `return` becomes: it stays, or the value is dropped or put into a variable. */
type Delivery = "return" | "drop" | { readonly target: readonly Part[] };

/** What stands for a parameter: a value that is the same wherever it is read. */
type Names = ReadonlyMap<ts.Symbol, readonly Part[]>;

/** `text` gives each variable a name of its own. */
export function inlineCalls(text: string): Part[] {
  const { file, checker } = parseText(text);
  const plans = planCalls({ file, checker });
  const bySite = new Map<ts.Node, Plan>(
    [...plans.values()].map((one) => [one.site.statement, one]),
  );
  const changed = new Set<ts.Symbol>();
  for (const [symbol, nodes] of usesOf(file, checker))
    if (nodes.some(isChanged)) changed.add(symbol);

  /** Whether the expression has one value from here on: what is given can stand for what is taken. */
  function isSteady(node: ts.Expression): boolean {
    if (ts.isNumericLiteral(node) || ts.isStringLiteral(node)) return true;
    if (!ts.isIdentifier(node)) return false;
    const symbol = checker.getSymbolAtLocation(node);
    const [declaration, ...others] = symbol?.declarations ?? [];
    if (symbol === undefined || declaration === undefined || others.length > 0) return false;
    const late = ts.isVariableDeclaration(declaration) && declaration.initializer === undefined;
    return !late && !changed.has(symbol);
  }

  /** The node as it stands, with what is inlined in it. */
  function copy(node: ts.Node, names: Names, delivery: Delivery): Part[] {
    const own = instead(node, names, delivery);
    if (own !== undefined) return [...own];
    const cuts: Cut[] = [];
    const visit = (child: ts.Node): void => {
      const parts = instead(child, names, delivery);
      if (parts === undefined) ts.forEachChild(child, visit);
      else cuts.push({ from: child.getStart(file), to: child.end, text: parts });
    };
    ts.forEachChild(node, visit);
    return partsOf(node.getStart(file), node.end, cuts);
  }

  /** What stands in place of the node; undefined where only parts of it change. */
  function instead(node: ts.Node, names: Names, delivery: Delivery): readonly Part[] | undefined {
    if (ts.isIdentifier(node)) {
      if (names.size === 0 || isPropertyName(node)) return undefined;
      const symbol = checker.getSymbolAtLocation(node);
      return symbol === undefined ? undefined : names.get(symbol);
    }
    if (plans.has(node)) return [];
    const plan = bySite.get(node);
    if (plan !== undefined) {
      const { parent } = node;
      const listed = ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent);
      const parts = inline(plan, names, delivery);
      return listed ? parts : ["{", ...parts, "}"];
    }
    // Its own returns are its own.
    if (ts.isFunctionLike(node) && delivery !== "return") return copy(node, names, "return");
    return undefined;
  }

  /** A list whose returns become branches. */
  function branch(list: readonly ts.Statement[], names: Names, delivery: Delivery): Part[] {
    const at = list.findIndex(hasReturn);
    const straight = at < 0 ? list : list.slice(0, at);
    const parts = straight.flatMap((one) => [...copy(one, names, delivery), "\n"]);
    const statement = list[at];
    if (statement === undefined) return [...parts, ...deliver(undefined, names, delivery)];
    const rest = list.slice(at + 1);
    if (ts.isReturnStatement(statement)) {
      const plan = bySite.get(statement);
      const last =
        plan === undefined
          ? deliver(statement.expression, names, delivery)
          : inline(plan, names, delivery);
      return [...parts, ...last];
    }
    if (ts.isBlock(statement)) {
      return [...parts, ...branch([...statement.statements, ...rest], names, delivery)];
    }
    const { expression } = statement as ts.IfStatement;
    const { yes, no } = armsOf(statement as ts.IfStatement, rest);
    const condition = copy(expression, names, delivery);
    const arms = [yes, no].map((arm) => ["{", ...branch(arm, names, delivery), "}"]);
    return [...parts, "if (", ...condition, ")", ...arms[0], "else ", ...arms[1]];
  }

  function deliver(value: ts.Expression | undefined, names: Names, delivery: Delivery): Part[] {
    const parts = value === undefined ? [] : copy(value, names, delivery);
    if (typeof delivery === "object") {
      return [...delivery.target, " = ", ...(value === undefined ? ["void 0"] : parts), ";"];
    }
    return value === undefined ? [] : [...parts, ";"];
  }

  function deliveryOf(site: Site, names: Names, outer: Delivery): Delivery {
    if (site.target === undefined) return site.use === "return" ? outer : "drop";
    return { target: copy(site.target, names, outer) };
  }

  function inline({ maker, site, returns }: Plan, outer: Names, around: Delivery): Part[] {
    const names = new Map(outer);
    const parts: Part[] = [];
    maker.parameters.forEach((parameter, at) => {
      const given = site.call.arguments[at];
      const value = copy(given, outer, around);
      const symbol = checker.getSymbolAtLocation(parameter.name);
      if (symbol !== undefined && isSteady(given) && !changed.has(symbol)) names.set(symbol, value);
      else parts.push("var ", ...copy(parameter.name, outer, around), " = ", ...value, ";\n");
    });
    const { statements } = maker.body;
    if (returns) {
      parts.push(...statements.flatMap((one) => [...copy(one, names, "return"), "\n"]));
      return exits(statements) ? parts : [...parts, "return;"];
    }
    const delivery = deliveryOf(site, outer, around);
    const declared = site.declares && typeof delivery === "object";
    if (declared) parts.unshift("var ", ...delivery.target, ";\n");
    return [...parts, ...branch(statements, names, delivery)];
  }

  return copy(file, new Map(), "return");
}
