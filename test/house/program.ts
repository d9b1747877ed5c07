// The TypeScript compiler as the house checks use it: real files, planted files, positions.
// Reads only; nothing is emitted.

import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { projectFolder } from "../../tools/build/project.ts";

/** Something that a house rule refuses, where it stands, and what to write instead. */
export interface Offence {
  file: string;
  line: number;
  rule: string;
  instead: string;
}

export function showOffence(offence: Offence): string {
  return `${offence.file}:${offence.line} [${offence.rule}] ${offence.instead}`;
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** Paths from the project's folder of all files under these folders with one of these endings. */
export function listFiles(folders: string[], endings: string[]): string[] {
  const found: string[] = [];
  for (const folder of folders) {
    for (const path of readdirSync(join(projectFolder, folder), {
      recursive: true,
      encoding: "utf8",
    })) {
      if (/(^|\/)(node_modules|dist)\//.test(path)) continue;
      if (endings.some((ending) => path.endsWith(ending))) found.push(`${folder}/${path}`);
    }
  }
  return found.sort();
}

/** Language of the shared dialect: ES5 library, no platform. */
export const dialectOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es5.d.ts"],
  types: [],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

export function programOf(paths: string[], options: ts.CompilerOptions): ts.Program {
  return ts.createProgram(
    paths.map((path) => join(projectFolder, path)),
    options,
  );
}

const PLANTED = "planted";

/** A program of files that exist only as text; names are relative to a folder of their own. */
export function plantedProgram(
  files: Record<string, string>,
  options: ts.CompilerOptions,
): ts.Program {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [join(projectFolder, PLANTED, name), text]),
  );
  const host = ts.createCompilerHost(options);
  const real = { getSourceFile: host.getSourceFile, fileExists: host.fileExists };
  host.fileExists = (path) => texts.has(path) || real.fileExists(path);
  host.directoryExists = () => true;
  host.readFile = (path) => texts.get(path) ?? ts.sys.readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = texts.get(path);
    if (text === undefined) return real.getSourceFile(path, language, ...rest);
    return ts.createSourceFile(path, text, language, true);
  };
  return ts.createProgram([...texts.keys()], options, host);
}

/** Path of a source file from the project's folder; planted files by their own name. */
export function nameOf(file: ts.SourceFile): string {
  return relative(projectFolder, file.fileName).replace(`${PLANTED}/`, "");
}

/** Calls `visit` for every node of the file, outer ones first. */
export function walk(root: ts.Node, visit: (node: ts.Node) => void): void {
  visit(root);
  ts.forEachChild(root, (child) => walk(child, visit));
}
