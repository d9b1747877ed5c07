// Gives the most frequent names of a minified text the shortest spellings: variables by what is seen
// where, properties over all. Never touches a reserved name; what is only text is no name.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { isPropertyName, parseText } from "./var-scope.ts";

const FIRST = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$";
const NEXT = `${FIRST}0123456789`;

/** The interpreter's own words, what it reads as one of its pins, and a method that it lacks. */
const UNFIT = /^(do|if|in|of|as|at|[A-H]\d+)$/;

/** The name at this place of the list of all names, the shortest first. */
function nameAt(place: number): string {
  if (place < FIRST.length) return FIRST[place];
  const rest = place - FIRST.length;
  return nameAt(Math.floor(rest / NEXT.length)) + NEXT[rest % NEXT.length];
}

type Scope = ts.FunctionLikeDeclaration | ts.SourceFile;

interface Variable {
  nodes: ts.Identifier[];
  /** Undefined for a name of the platform, which keeps its spelling. */
  scope: Scope | undefined;
  name: string;
}

function scopeOf(node: ts.Node): Scope {
  let at = node;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return at as Scope;
}

/** Where an identifier looks for its variable first. */
function scopeAt(node: ts.Identifier): Scope {
  const { parent } = node;
  const declares = ts.isFunctionDeclaration(parent) && parent.name === node;
  return scopeOf(declares ? parent.parent : parent);
}

function declaringScope(symbol: ts.Symbol): Scope {
  const declaration = symbol.declarations?.[0] as ts.Declaration;
  return scopeOf(ts.isFunctionDeclaration(declaration) ? declaration.parent : declaration);
}

function identifiersOf(file: ts.SourceFile): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function variablesOf(nodes: ts.Identifier[], checker: ts.TypeChecker): Variable[] {
  const variables = new Map<ts.Symbol | string, Variable>();
  for (const node of nodes) {
    const symbol = checker.getSymbolAtLocation(node);
    const ours = symbol !== undefined && (symbol.declarations ?? []).length > 0;
    const key = ours ? symbol : node.text;
    const known = variables.get(key);
    if (known !== undefined) known.nodes.push(node);
    else {
      const scope = ours ? declaringScope(symbol) : undefined;
      variables.set(key, { nodes: [node], scope, name: ours ? "" : node.text });
    }
  }
  return [...variables.values()];
}

/** For each scope the variables that it, or a function inside, speaks of; its own among them. */
function spokenOf(variables: Variable[]): Map<Scope, Set<Variable>> {
  const spoken = new Map<Scope, Set<Variable>>();
  for (const variable of variables) {
    for (const node of variable.nodes) {
      for (let at = scopeAt(node); ; at = scopeOf(at.parent)) {
        const here = spoken.get(at) ?? new Set();
        spoken.set(at, here.add(variable));
        if (at === variable.scope || ts.isSourceFile(at)) break;
      }
    }
  }
  return spoken;
}

/** Two variables may share a name unless one would hide the other where that is spoken of. */
function rivalsOf(variables: Variable[]): Map<Variable, Set<Variable>> {
  const rivals = new Map(variables.map((one) => [one, new Set<Variable>()]));
  const spoken = spokenOf(variables);
  for (const one of variables) {
    if (one.scope === undefined) continue;
    for (const other of spoken.get(one.scope) ?? []) {
      if (other === one) continue;
      rivals.get(one)?.add(other);
      rivals.get(other)?.add(one);
    }
  }
  return rivals;
}

function nameVariables(variables: Variable[]): void {
  const rivals = rivalsOf(variables);
  const byCount = variables.filter(({ scope }) => scope !== undefined);
  byCount.sort((a, b) => b.nodes.length - a.nodes.length);
  for (const variable of byCount) {
    const taken = new Set([...(rivals.get(variable) ?? [])].map(({ name }) => name));
    let place = 0;
    while (taken.has(nameAt(place)) || UNFIT.test(nameAt(place))) place++;
    variable.name = nameAt(place);
  }
}

/** New spellings of properties, the most frequent first. */
function propertyNames(nodes: ts.Identifier[], reserved: ReadonlySet<string>): Map<string, string> {
  const counts = new Map<string, number>();
  for (const { text } of nodes) {
    if (!reserved.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const names = new Map<string, string>();
  let place = 0;
  for (const [name] of [...counts].sort((a, b) => b[1] - a[1])) {
    while (reserved.has(nameAt(place)) || UNFIT.test(nameAt(place))) place++;
    names.set(name, nameAt(place++));
  }
  return names;
}

/** `reserved` are names of properties that others read, or that stand as text. */
export function shortNames(text: string, reserved: ReadonlySet<string>): Cut[] {
  const { file, checker } = parseText(text);
  const nodes = identifiersOf(file);
  const variables = variablesOf(
    nodes.filter((node) => !isPropertyName(node)),
    checker,
  );
  nameVariables(variables);
  const spelling = new Map(variables.flatMap((one) => one.nodes.map((node) => [node, one.name])));
  const properties = propertyNames(nodes.filter(isPropertyName), reserved);
  return nodes.map((node) => {
    const name = isPropertyName(node) ? properties.get(node.text) : spelling.get(node);
    return { from: node.getStart(file), to: node.end, text: name ?? node.text };
  });
}
