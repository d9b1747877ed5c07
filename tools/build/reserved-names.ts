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

/** Types of the language that every program has values of without ever naming them. */
const UNNAMED = ["Array", "ArrayBuffer", "Boolean", "Function", "Number", "Object", "String"];

/** Objects of the language that there is one of each: of them only what is asked for counts. */
const SINGLE = ["Math", "JSON"];

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

/** What a bundle shows of the language: interfaces, and members of what there is one of. */
interface Shown {
  types: Set<string>;
  members: Set<string>;
}

function shownIn(file: ts.SourceFile, platform: string): Shown {
  const types = new Set(UNNAMED);
  const members = new Set<string>();
  if (/\bPromise\b/.test(platform)) types.add("Promise");
  walk(file, (node) => {
    if (ts.isCatchClause(node)) types.add("Error");
    if (ts.isRegularExpressionLiteral(node)) types.add("RegExp");
    if (!ts.isIdentifier(node)) return;
    const access = ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node;
    if (access && ["global", ...SINGLE].includes(node.text)) {
      members.add((node.parent as ts.PropertyAccessExpression).name.text);
    } else {
      types.add(node.text).add(`${node.text}Constructor`);
    }
  });
  return { types, members };
}

/** What the platform and the language call their own, and what is put on `global` for others. */
export function platformNames(bundle: string): Set<string> {
  const platform = readFileSync(PLATFORM, "utf8");
  const { types, members } = shownIn(parse("bundle.js", bundle), platform);
  const names = new Set(members);
  const reserve = (node: ts.InterfaceDeclaration | ts.TypeLiteralNode) => {
    for (const name of memberNames(node)) names.add(name);
  };
  walk(parse(PLATFORM, platform), (node) => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) reserve(node);
  });
  walk(parse(LANGUAGE, readFileSync(LANGUAGE, "utf8")), (node) => {
    const named = ts.isInterfaceDeclaration(node);
    if (named && types.has(node.name.text)) reserve(node);
  });
  return names;
}
