// Which functions of a bundle can stand where they are called: called once, as a whole statement, and
// with returns that fit there. Only looks; inline-calls.ts writes.

import ts from "typescript";
import { has, isStructured } from "./returns.ts";
import { functionAround, type ParsedText, usesOf } from "./var-scope.ts";

/** A call that is a statement of its own. */
export interface Site {
  call: ts.CallExpression;
  statement: ts.Statement;
  /** What becomes of the value: it is returned, dropped, or put into a variable. */
  use: "return" | "drop" | "assign";
  /** Of "assign": the variable, and whether the statement declares it. */
  target: ts.Identifier | undefined;
  declares: boolean;
}

export interface Plan {
  maker: ts.FunctionDeclaration & { body: ts.Block };
  site: Site;
  /** Its returns stay returns; else they become branches. */
  returns: boolean;
  /** It comes to stand in a loop. */
  loops: boolean;
}

function siteOf(call: ts.CallExpression): Site | undefined {
  const { parent } = call;
  const site = { call, target: undefined, declares: false };
  if (ts.isReturnStatement(parent)) return { ...site, statement: parent, use: "return" };
  if (ts.isExpressionStatement(parent)) return { ...site, statement: parent, use: "drop" };
  const above = parent.parent;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const alone = ts.isVariableDeclarationList(above) && above.declarations.length === 1;
    if (!alone || !ts.isVariableStatement(above.parent)) return undefined;
    return { call, statement: above.parent, use: "assign", target: parent.name, declares: true };
  }
  if (!ts.isBinaryExpression(parent) || !ts.isExpressionStatement(above)) return undefined;
  const { left, operatorToken } = parent;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(left)) return undefined;
  return { call, statement: above, use: "assign", target: left, declares: false };
}

/** Where a function is called, if that is its only use and nothing in it needs a call. */
function onlySiteOf(maker: ts.FunctionDeclaration, nodes: ts.Identifier[]): Site | undefined {
  const use = nodes.find((node) => node.parent !== maker);
  const call = use?.parent;
  if (nodes.length !== 2 || call === undefined || !ts.isCallExpression(call)) return undefined;
  if (call.expression !== use || call.arguments.length !== maker.parameters.length)
    return undefined;
  const inside = call.pos >= maker.pos && call.end <= maker.end;
  const own = (node: ts.Node) =>
    node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === "arguments");
  return inside || has(maker, own) ? undefined : siteOf(call);
}

function inLoop(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isIterationStatement(at, false)) return true;
  }
  return false;
}

/** A variable that is declared without a value: in a loop it would keep that of the round before. */
function isBare(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || node.initializer !== undefined) return false;
  return !ts.isForInStatement(node.parent.parent);
}

/** By function: where it comes to stand, and how. */
export function planCalls({ file, checker }: ParsedText): Map<ts.Node, Plan> {
  const sites = new Map<ts.Node, Site>();
  for (const [symbol, nodes] of usesOf(file, checker)) {
    const [maker, ...others] = symbol.declarations ?? [];
    if (maker === undefined || others.length > 0 || !ts.isFunctionDeclaration(maker)) continue;
    const site = onlySiteOf(maker, nodes);
    if (site !== undefined) sites.set(maker, site);
  }
  const plans = new Map<ts.Node, Plan>();
  const seen = new Set<ts.Node>();

  /** The function around a call comes first: what its returns become, those of the call become. */
  function plan(maker: ts.Node): Plan | undefined {
    const site = sites.get(maker);
    if (seen.has(maker) || site === undefined) return plans.get(maker);
    seen.add(maker);
    const host = functionAround(site.statement);
    // What runs once at the start keeps its variables to itself: outside they would stay for good.
    if (ts.isSourceFile(host) || ts.isSourceFile(functionAround(host))) return undefined;
    const around = plan(host);
    const { body } = maker as Plan["maker"];
    const loops = inLoop(site.statement) || around?.loops === true;
    const returns = site.use === "return" && around?.returns !== false;
    if (!returns && !isStructured(body.statements)) return undefined;
    // A function that is made in it would hold on to all variables of the larger one.
    if (has(body, ts.isFunctionLike, true) || (loops && has(body, isBare))) return undefined;
    const made = { maker: maker as Plan["maker"], site, returns, loops };
    plans.set(maker, made);
    return made;
  }

  for (const maker of sites.keys()) plan(maker);
  return plans;
}
