// Property names that must keep their spelling when a bundle is minified: the platform's, the
// language's, those that also stand as text (tables name their fields), and those put on `global`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { projectFolder } from "./project.ts";

const compiler = dirname(createRequire(import.meta.url).resolve("typescript"));

const PLATFORM = join(projectFolder, "firmware/espruino/globals.d.ts");
const LANGUAGE = join(compiler, "lib.es5.d.ts");

/** Types of the language that a program has values of without ever naming them. */
const UNNAMED = [
  ...["Array", "ArrayBuffer", "Boolean", "Error", "Function", "Number", "Object", "Promise"],
  ...["RegExp", "String"],
];

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Names of the members of an interface; those of parameters and types may be shortened. */
function memberNames(node: ts.InterfaceDeclaration | ts.TypeLiteralNode): string[] {
  return node.members.flatMap((one) =>
    one.name !== undefined && ts.isIdentifier(one.name) ? [one.name.text] : [],
  );
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
}

/** Sorted, so that the same bundle gives the same names in the same order. */
export function reservedNames(bundle: string): string[] {
  const names = platformNames(bundle);
  walk(parse("bundle.js", bundle), (node) => {
    if (ts.isStringLiteral(node)) names.add(node.text);
  });
  return [...names].sort();
}

/** What the platform and the language call their own, and what is put on `global` for others. */
export function platformNames(bundle: string): Set<string> {
  const names = new Set<string>();
  const words = new Set(UNNAMED);
  walk(parse("bundle.js", bundle), (node) => {
    if (ts.isIdentifier(node)) words.add(node.text);
    const access = ts.isPropertyAccessExpression(node);
    if (access && node.expression.getText() === "global") names.add(node.name.text);
  });
  const reserve = (node: ts.InterfaceDeclaration | ts.TypeLiteralNode) => {
    for (const name of memberNames(node)) names.add(name);
  };
  walk(parse(PLATFORM, readFileSync(PLATFORM, "utf8")), (node) => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) reserve(node);
  });
  walk(parse(LANGUAGE, readFileSync(LANGUAGE, "utf8")), (node) => {
    const named = ts.isInterfaceDeclaration(node);
    if (named && words.has(node.name.text.replace(/Constructor$/, ""))) reserve(node);
  });
  return names;
}
