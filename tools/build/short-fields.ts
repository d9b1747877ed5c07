// Short spellings for the names of the wire's fields: they stand as text in the declarations, and so
// no minifier may shorten them by itself. Text and properties change together, everywhere.

import ts from "typescript";
import type { Cut } from "./cut-text.ts";
import { isPropertyName } from "./var-scope.ts";

/** Where a declaration spells a field's name or its flag's. */
const SPELT_IN = ["name", "flag"];
/** What tells a field's declaration from other objects with a name. */
const OF_FIELD = ["min", "max"];

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function keyOf(property: ts.ObjectLiteralElementLike): string {
  return property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : "";
}

/** The literals in which the declarations of a bundle spell names of fields and flags. */
function speltNames(file: ts.SourceFile): ts.StringLiteral[] {
  const spelt: ts.StringLiteral[] = [];
  walk(file, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return;
    const keys = node.properties.map(keyOf);
    if (!OF_FIELD.every((key) => keys.includes(key))) return;
    for (const property of node.properties) {
      if (!ts.isPropertyAssignment(property) || !SPELT_IN.includes(keyOf(property))) continue;
      const { initializer } = property;
      if (ts.isStringLiteral(initializer) && initializer.text !== "") spelt.push(initializer);
    }
  });
  return spelt;
}

/** Names that nothing in the bundle uses, one for each of these: the most frequent has one sign. */
function freshNames(file: ts.SourceFile, names: string[]): string[] {
  const uses = new Map<string, number>();
  walk(file, (node) => {
    if (!ts.isIdentifier(node) && !ts.isStringLiteral(node)) return;
    uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
  });
  const usesOf = (name: string) => uses.get(name) ?? 0;
  const fresh = new Map<string, string>();
  let place = -1;
  for (const name of [...names].sort((a, b) => usesOf(b) - usesOf(a))) {
    let short = "$";
    while (uses.has(short) || [...fresh.values()].includes(short)) {
      place++;
      short = `$${place.toString(36)}`;
    }
    fresh.set(name, short);
  }
  return names.map((name) => fresh.get(name) ?? name);
}

export interface Shortened {
  cuts: Cut[];
  /** By short name: the field's own, for whoever reads a bundle's faults. */
  fields: Record<string, string>;
}

/** `platform` are names that others read or lend: a field of such a name stays as it is. */
export function shortFields(bundle: string, platform: ReadonlySet<string>): Shortened {
  const file = ts.createSourceFile("bundle.js", bundle, ts.ScriptTarget.ES5, true);
  const spelt = speltNames(file).filter((literal) => !platform.has(literal.text));
  const names = [...new Set(spelt.map((literal) => literal.text))];
  const fresh = freshNames(file, names);
  const shortOf = new Map(names.map((name, at) => [name, fresh[at]]));
  const cuts: Cut[] = spelt.map((literal) => ({
    from: literal.getStart(file),
    to: literal.end,
    text: JSON.stringify(shortOf.get(literal.text)),
  }));
  walk(file, (node) => {
    if (!ts.isIdentifier(node) || !isPropertyName(node)) return;
    const text = shortOf.get(node.text);
    if (text !== undefined) cuts.push({ from: node.getStart(file), to: node.end, text });
  });
  const fields = Object.fromEntries(names.map((name, place) => [fresh[place], name]));
  return { cuts, fields };
}

/** A line that a bundle said, with the fields' own names in the paths of its faults. */
export function withFieldNames(line: string, fields: Record<string, string>): string {
  return line.replace(/\.(\$[0-9a-z]*)/g, (whole, short: string) =>
    fields[short] === undefined ? whole : `.${fields[short]}`,
  );
}
