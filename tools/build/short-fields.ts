// Short spellings for the names of the wire's fields: they stand as text in the declarations, and so
// no minifier may shorten them by itself. Text and properties change together, everywhere.

import ts from "typescript";

/** Where a declaration spells a field's name or its flag's. */
const SPELT_IN = ["name", "flag"];
/** What tells a field's declaration from other objects with a name. */
const OF_FIELD = ["min", "max"];

interface Cut {
  from: number;
  to: number;
  text: string;
}

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

/** Names that nothing in the bundle uses: two signs each, in their order. */
function freshNames(file: ts.SourceFile, count: number): string[] {
  const used = new Set<string>();
  walk(file, (node) => {
    if (ts.isIdentifier(node) || ts.isStringLiteral(node)) used.add(node.text);
  });
  const names: string[] = [];
  for (let i = 0; names.length < count; i++) {
    const name = `$${i.toString(36)}`;
    if (!used.has(name)) names.push(name);
  }
  return names;
}

/** Whether the identifier is a property's name: behind a dot or before a colon. */
function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

export interface Shortened {
  text: string;
  /** By short name: the field's own, for whoever reads a bundle's faults. */
  fields: Record<string, string>;
}

/** `platform` are names that others read or lend: a field of such a name stays as it is. */
export function shortFields(bundle: string, platform: ReadonlySet<string>): Shortened {
  const file = ts.createSourceFile("bundle.js", bundle, ts.ScriptTarget.ES5, true);
  const spelt = speltNames(file).filter((literal) => !platform.has(literal.text));
  const names = [...new Set(spelt.map((literal) => literal.text))];
  const fresh = freshNames(file, names.length);
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
  cuts.sort((a, b) => a.from - b.from);
  let text = "";
  let at = 0;
  for (const cut of cuts) {
    text += bundle.slice(at, cut.from) + cut.text;
    at = cut.to;
  }
  const fields = Object.fromEntries(names.map((name, place) => [fresh[place], name]));
  return { text: text + bundle.slice(at), fields };
}

/** A line that a bundle said, with the fields' own names in the paths of its faults. */
export function withFieldNames(line: string, fields: Record<string, string>): string {
  return line.replace(/\.(\$[0-9a-z]+)/g, (whole, short: string) =>
    fields[short] === undefined ? whole : `.${fields[short]}`,
  );
}
