// Words as numbers: the literals of a program that are only told apart, never read as text, and the
// number that stands for each. Changes no file: it says what to write where.

import { join, relative } from "node:path";
import ts from "typescript";
import { liveStatements } from "./live-code.ts";
import { projectFolder } from "./project.ts";
import { followFlows, type Literal } from "./word-flows.ts";
import { createWordTypes, type Flow } from "./word-types.ts";

/** A literal that stays text, and the flow that forces it. */
export interface KeptWord {
  word: string;
  /** How often the sources spell it. */
  count: number;
  why: string;
  /** "folder/file.ts:12" */
  where: string;
}

export interface Words {
  /** What to write instead, by path of the file, in the order of the text. */
  cuts: Map<string, { from: number; to: number; text: string }[]>;
  numbers: Record<string, number>;
  /** Those that cost most first. */
  kept: KeptWord[];
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es5.d.ts"],
  types: [],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
};

/** The program of an entry file; `texts` stand for files that nobody wrote to disk. */
export function programOf(paths: string[], texts: Record<string, string> = {}): ts.Program {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts[path] !== undefined || fileExists(path);
  host.readFile = (path) => texts[path] ?? readFile(path);
  host.directoryExists = () => true;
  return ts.createProgram(paths, options, host);
}

function firstError(program: ts.Program): Flow | undefined {
  const found = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
  const [first] = found.filter((one) => one.category === ts.DiagnosticCategory.Error);
  if (first === undefined) return undefined;
  const words = ts.flattenDiagnosticMessageText(first.messageText, " ");
  const node = first.file ?? program.getSourceFiles()[0];
  return { node, why: `the sources have an error: ${words}` };
}

function whereOf({ node }: Flow): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return `${relative(projectFolder, file.fileName)}:${line + 1}`;
}

function keptWords(flows: Map<string, Flow>, counts: Map<string, number>): KeptWord[] {
  const kept = [...counts].flatMap(([word, count]) => {
    const flow = flows.get(word);
    return flow === undefined ? [] : [{ word, count, why: flow.why, where: whereOf(flow) }];
  });
  const cost = ({ word, count }: KeptWord) => count * (word.length + 1);
  return kept.sort((a, b) => cost(b) - cost(a) || (a.word < b.word ? -1 : 1));
}

/** "" is 0, so that it stays as false as it was; of the others the most frequent come first. */
function numbersOf(words: [word: string, count: number][]): Record<string, number> {
  const others = words.filter(([word]) => word !== "");
  others.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const numbers = Object.fromEntries(others.map(([word], at) => [word, at + 1]));
  return others.length < words.length ? { "": 0, ...numbers } : numbers;
}

/** The number, and the word beside it for whoever reads the bundle. */
function spelling(literal: Literal, number: number): string {
  const said = /^[\w -]*$/.test(literal.text) ? ` /* ${literal.text} */` : "";
  return ` ${number}${said}`;
}

/** What can be a number in a program, and what can't be and why; with an error in it nothing can. */
export function findWords(program: ts.Program): Words {
  const files = program.getSourceFiles().filter((file) => !file.isDeclarationFile);
  const checker = program.getTypeChecker();
  const types = createWordTypes(program);
  const literals = followFlows(liveStatements(files, checker), checker, types);
  types.settle();
  const counts = new Map<string, number>();
  for (const { text } of literals) counts.set(text, (counts.get(text) ?? 0) + 1);
  const error = firstError(program);
  const flows =
    error === undefined ? types.kept : new Map([...counts.keys()].map((k) => [k, error]));
  const numbers = numbersOf([...counts].filter(([word]) => !flows.has(word)));
  const cuts: Words["cuts"] = new Map();
  for (const literal of literals) {
    const number = numbers[literal.text];
    if (number === undefined) continue;
    const file = literal.getSourceFile();
    const list = cuts.get(file.fileName) ?? [];
    list.push({ from: literal.getStart(file), to: literal.end, text: spelling(literal, number) });
    cuts.set(file.fileName, list);
  }
  return { cuts, numbers, kept: keptWords(flows, counts) };
}

/** The words of a bundle: paths from the project's folder. */
export function wordsOf(entry: string, platform: string): Words {
  return findWords(programOf([entry, platform].map((path) => join(projectFolder, path))));
}
