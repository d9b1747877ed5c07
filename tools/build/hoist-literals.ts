// Gives a variable to what a minified text spells out again and again: long numbers and texts, names
// of the platform, names of properties that must stay long. Only where the stored form gets shorter.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { storedNumber, storedString } from "./tokenise.ts";
import {
  functionAround,
  isChanged,
  type ParsedText,
  parseText,
  usesOf,
  variableNodes,
} from "./var-scope.ts";

/** How many variables can have a name of one sign. */
const SHORT_NAMES = 54;
/** Names that mean another thing in each place, or that nobody may take whole. */
const UNFIT = ["undefined", "arguments", "global"];
/** Shorter literals are read as fast as a variable is found. */
const OCTETS_MIN = 3;

interface Repeated {
  /** As it stands in the text, or would stand there. */
  value: string;
  /** Octets as stored. */
  octets: number;
  /** The places: a literal, a name, or a property behind its dot. */
  nodes: ts.Node[];
}

function isBehindDot(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** Names of the platform that may be missing, as somebody asks first, or that get another value. */
function unfitNames(nodes: ts.Identifier[]): Set<string> {
  const unfit = nodes.filter((node) => ts.isTypeOfExpression(node.parent) || isChanged(node));
  return new Set([...UNFIT, ...unfit.map(({ text }) => text)]);
}

/** `names` are properties that keep their spelling. */
function repeatsOf({ file, checker }: ParsedText, names: ReadonlySet<string>): Repeated[] {
  const repeats = new Map<string, Repeated>();
  const variables = variableNodes(file);
  const unfit = unfitNames(variables);
  const platform = new Set(variables.filter((node) => !unfit.has(node.text) && isFree(node)));

  function isFree(node: ts.Identifier): boolean {
    return (checker.getSymbolAtLocation(node)?.declarations ?? []).length === 0;
  }

  function note(value: string, octets: number, node: ts.Node): void {
    const known = repeats.get(value) ?? { value, octets, nodes: [] };
    known.nodes.push(node);
    repeats.set(value, known);
  }

  function noteText(text: string, node: ts.Node): void {
    const value = JSON.stringify(text);
    const stored = storedString(value, text);
    note(value, Buffer.byteLength(stored, stored === value ? "utf8" : "latin1"), node);
  }

  function visit(node: ts.Node): void {
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isNumericLiteral(node)) {
      const text = node.getText(file);
      note(text, storedNumber(text).length, node);
    } else if (ts.isStringLiteral(node) && !isKey) noteText(node.text, node);
    else if (ts.isIdentifier(node) && isBehindDot(node) && names.has(node.text)) {
      noteText(node.text, node);
    } else if (ts.isIdentifier(node) && platform.has(node)) {
      note(node.text, node.text.length, node);
    }
    ts.forEachChild(node, visit);
  }

  ts.forEachChild(file, visit);
  return [...repeats.values()];
}

/** What a place costs as stored now, and what is left of it when a name comes there. */
function placeOctets(node: ts.Node, octets: number): { now: number; left: number } {
  if (!ts.isIdentifier(node) || !isBehindDot(node)) return { now: octets, left: 0 };
  return { now: node.text.length + 1, left: 2 };
}

/** Octets that a variable saves; a name of one sign is taken from one that is used `lastUses` times. */
function savingOf({ value, nodes, octets }: Repeated, lastUses: number): number {
  if (octets < OCTETS_MIN && value !== '""') return 0;
  const places = nodes.map((node) => placeOctets(node, octets));
  const saved = places.reduce((sum, { now, left }) => sum + now - left, 0);
  const uses = nodes.length + 1;
  return saved - octets - 2 - uses - Math.min(uses, lastUses);
}

/** The body of the one function that a bundle is. */
function bodyOf(file: ts.SourceFile): ts.Block | undefined {
  const find = (node: ts.Node): ts.Block | undefined =>
    ts.isFunctionExpression(node) ? node.body : ts.forEachChild(node, find);
  return ts.forEachChild(file, find);
}

/** How often the last of the variables is used that would get a name of one sign. */
function lastUsesOf(file: ts.SourceFile, checker: ts.TypeChecker, body: ts.Block): number {
  const counts = [...usesOf(file, checker)].flatMap(([symbol, nodes]) => {
    const declaration = symbol.declarations?.[0];
    if (declaration === undefined || ts.isParameter(declaration)) return [];
    return functionAround(declaration) === body.parent ? [nodes.length] : [];
  });
  return counts.sort((a, b) => b - a)[SHORT_NAMES - 1] ?? 0;
}

function replaced(file: ts.SourceFile, node: ts.Node, name: string): Cut {
  const access = node.parent;
  if (ts.isPropertyAccessExpression(access) && access.name === node) {
    return { from: access.expression.end, to: node.end, text: `[${name}]` };
  }
  const from = node.getStart(file);
  const before = /[\w$]/.test(file.text[from - 1] ?? "") ? " " : "";
  const after = /[\w$]/.test(file.text[node.end] ?? "") ? " " : "";
  return { from, to: node.end, text: before + name + after };
}

/** `names` are the properties that must keep their spelling. */
export function hoistLiterals(text: string, names: ReadonlySet<string>): Cut[] {
  const { file, checker } = parseText(text);
  const body = bodyOf(file);
  if (body === undefined) return [];
  const lastUses = lastUsesOf(file, checker, body);
  const repeats = repeatsOf({ file, checker }, names);
  const worth = repeats.filter((one) => savingOf(one, lastUses) > 0);
  // Those used most stand first: the interpreter looks for a name from the first variable on.
  worth.sort((a, b) => b.nodes.length - a.nodes.length);
  if (worth.length === 0) return [];
  const cuts = worth.flatMap(({ nodes }, at) =>
    nodes.map((node) => replaced(file, node, `lit__${at}`)),
  );
  const from = body.getStart(file) + 1;
  const declared = worth.map(({ value }, at) => `lit__${at}=${value}`).join(",");
  cuts.push({ from, to: from, text: `var ${declared};` });
  return cuts;
}
