// Words as numbers: the literals of a program that are only told apart, never read as text, and the
// number that stands for each. Changes no file: it says what to write where.

import { join, relative } from "node:path";
import ts from "typescript";
import { liveStatements } from "./live-code.ts";
import { projectFolder } from "./project.ts";
import { followFlows, type Spelt } from "./word-flows.ts";
import { createWordTypes, type Flow } from "./word-types.ts";

/** A literal that stays text, and the flow that forces it. */
export interface KeptWord {
  word: string;
  /** How often the sources spell it as text. */
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

/** Of each text the flow that keeps it, wherever it stands; else the first place where it is text. */
function keptWords(flows: Map<string, Flow>, texts: readonly Spelt[]): KeptWord[] {
  const kept = new Map<string, KeptWord>();
  for (const { node, text } of texts) {
    const known = kept.get(node.text);
    const flow = flows.get(node.text) ?? text;
    if (known !== undefined) known.count++;
    else if (flow !== undefined) {
      kept.set(node.text, { word: node.text, count: 1, why: flow.why, where: whereOf(flow) });
    }
  }
  const cost = ({ word, count }: KeptWord) => count * (word.length + 1);
  return [...kept.values()].sort((a, b) => cost(b) - cost(a) || (a.word < b.word ? -1 : 1));
}

/** "" is 0, so that it stays as false as it was; of the others the most frequent come first. */
function numbersOf(words: [word: string, count: number][]): Record<string, number> {
  const others = words.filter(([word]) => word !== "");
  others.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const numbers = Object.fromEntries(others.map(([word], at) => [word, at + 1]));
  return others.length < words.length ? { "": 0, ...numbers } : numbers;
}

/** The number, and the word beside it for whoever reads the bundle. */
function spelling(word: string, number: number): string {
  const said = /^[\w -]*$/.test(word) ? ` /* ${word} */` : "";
  return ` ${number}${said}`;
}

/** What can be a number in a program, and what can't be and why; with an error in it nothing can. */
export function findWords(program: ts.Program): Words {
  const files = program.getSourceFiles().filter((file) => !file.isDeclarationFile);
  const checker = program.getTypeChecker();
  const types = createWordTypes(program);
  const all = followFlows(liveStatements(files, checker), checker, types);
  types.settle();
  const error = firstError(program);
  const flows =
    error === undefined ? types.kept : new Map(all.map(({ node }) => [node.text, error]));
  const isWord = ({ node, text }: Spelt) => text === undefined && !flows.has(node.text);
  const counts = new Map<string, number>();
  for (const { node } of all.filter(isWord)) {
    counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
  }
  const numbers = numbersOf([...counts]);
  const cuts: Words["cuts"] = new Map();
  for (const { node } of all.filter(isWord)) {
    const file = node.getSourceFile();
    const list = cuts.get(file.fileName) ?? [];
    const text = spelling(node.text, numbers[node.text]);
    list.push({ from: node.getStart(file), to: node.end, text });
    cuts.set(file.fileName, list);
  }
  const texts = all.filter((one) => !isWord(one));
  return { cuts, numbers, kept: keptWords(flows, texts) };
}

/** The words of a bundle: paths from the project's folder. */
export function wordsOf(entry: string, platform: string): Words {
  return findWords(programOf([entry, platform].map((path) => join(projectFolder, path))));
}
