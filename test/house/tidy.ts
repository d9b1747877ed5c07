// House rules over every source file that no other program checks: size, first line, throws, sleeps.
// Pure: a parsed file in, offences out.

import ts from "typescript";
import { lineOf, type Offence, walk } from "./program.ts";

const LINES_MAX = 400;
const FUNCTION_LINES_MAX = 60;
const COLUMNS_MAX = 120;

export interface TidyRule {
  name: string;
  instead: string;
  /** Files by path that break the rule; the test proves that each is caught. */
  planted: Record<string, string>;
  /** Line numbers of what breaks it. */
  finds(file: ts.SourceFile, path: string): number[];
}

function linesWhere(file: ts.SourceFile, finds: (node: ts.Node) => boolean): number[] {
  const lines: number[] = [];
  walk(file, (node) => {
    if (finds(node)) lines.push(lineOf(node));
  });
  return lines;
}

const isTest = (path: string) => path.endsWith(".test.ts");
const inTest = (path: string) => path.startsWith("test/");

const firstLine: TidyRule = {
  name: "first line",
  instead: "the first line is a comment with the file's subject: // What it is, in a sentence.",
  planted: {
    "sdk/a.ts": "export const a = 1;\n",
    "sdk/b.ts": "// ab\nexport const a = 1;\n",
    "sdk/c.ts": "/* A block about the subject */\nexport const a = 1;\n",
  },
  finds(file) {
    const lines = file.text.split("\n");
    const first = lines[0].startsWith("#!") ? lines[1] : lines[0];
    return /^\/\/ [A-Z`0-9].{10,}/.test(first) ? [] : [1];
  },
};

/** Declared data and its types: it may be as long as what there is to declare. */
function isTable(file: ts.SourceFile): boolean {
  const isData = (node: ts.Node) =>
    ts.isImportDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isVariableStatement(node);
  const acts = (node: ts.Node) => ts.isFunctionLike(node) || ts.isCallExpression(node);
  return file.statements.every(isData) && linesWhere(file, acts).length === 0;
}

const fileLength: TidyRule = {
  name: "file length",
  instead: `a file has one subject and at most ${LINES_MAX} lines, tables excepted: cut it by subject`,
  planted: {
    "sdk/a.ts": `// A subject long enough\n${"f();\n".repeat(LINES_MAX)}`,
    "sdk/b.ts": `// Data and one act\n${"const a = 1;\n".repeat(LINES_MAX)}const b = f();\n`,
  },
  finds: (file) => {
    const lines = file.text.trimEnd().split("\n").length;
    return lines > LINES_MAX && !isTable(file) ? [LINES_MAX] : [];
  },
};

type Body = ts.FunctionLikeDeclaration & { body: ts.Node };

function isFunction(node: ts.Node): node is Body {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

function linesOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(node);
}

/** Functions directly inside this one; those inside them are theirs. */
function innerFunctions(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (isFunction(child)) found.push(child);
    else found.push(...innerFunctions(child));
  });
  return found;
}

const functionLength: TidyRule = {
  name: "function length",
  instead: `a function has at most ${FUNCTION_LINES_MAX} lines of its own, inner functions aside: give its steps names`,
  planted: {
    "sdk/a.ts": `function f() {\n${"g();\n".repeat(FUNCTION_LINES_MAX)}}\n`,
    "sdk/b.ts": `const f = () => {\n${"g(() => 1);\n".repeat(FUNCTION_LINES_MAX)}};\n`,
  },
  finds: (file) =>
    linesWhere(file, (node) => {
      if (!isFunction(node)) return false;
      const inner = innerFunctions(node.body).map((one) => linesOf(file, one) - 1);
      return linesOf(file, node) - inner.reduce((sum, one) => sum + one, 0) > FUNCTION_LINES_MAX;
    }),
};

const columns: TidyRule = {
  name: "columns",
  instead: `at most ${COLUMNS_MAX} columns; the formatter keeps code to 100`,
  planted: { "sdk/a.ts": `// ${"long ".repeat(30)}\n` },
  // A line that is one text may be as long as the text.
  finds: (file) =>
    file.text
      .split("\n")
      .flatMap((line, at) =>
        line.length > COLUMNS_MAX && !/["'`].*["'`]/.test(line) && !/https?:/.test(line)
          ? [at + 1]
          : [],
      ),
};

/** Errors that the outside world reads: ours, and the one that the command line turns into words. */
const THROWN = ["OnekeyError", "InvalidArgumentError"];

const thrown: TidyRule = {
  name: "throw",
  instead:
    "outside tests throw a new OnekeyError(code, what to do next), what was caught, or what a function of ours made of it",
  planted: {
    "sdk/a.ts": 'export function f() { throw new Error("x"); }\n',
    "sdk/b.ts": 'export function f() { throw new TypeError("x"); }\n',
    "tools/a.ts": "export function f() { throw 1; }\n",
  },
  finds: (file, path) =>
    inTest(path)
      ? []
      : linesWhere(file, (node) => {
          if (!ts.isThrowStatement(node)) return false;
          const { expression } = node;
          if (ts.isIdentifier(expression) || ts.isCallExpression(expression)) return false;
          if (!ts.isNewExpression(expression)) return true;
          return !THROWN.includes(expression.expression.getText());
        }),
};

const swallowed: TidyRule = {
  name: "swallowed error",
  instead: "an empty catch says in a comment why nothing needs to be done",
  planted: { "sdk/a.ts": "export function f() { try { g(); } catch { } }\n" },
  finds: (file) =>
    linesWhere(
      file,
      (node) =>
        ts.isCatchClause(node) &&
        node.block.statements.length === 0 &&
        !/\/[/*]/.test(node.block.getText()),
    ),
};

const sleeping: TidyRule = {
  name: "sleep",
  instead: "a test awaits an event or moves the virtual clock; it never sleeps",
  planted: {
    "test/a.test.ts": "await new Promise((done) => setTimeout(done, 50));\n",
    "test/b.test.ts": 'import { setTimeout } from "node:timers/promises";\n',
  },
  finds: (file, path) =>
    !inTest(path)
      ? []
      : linesWhere(file, (node) => {
          if (ts.isImportDeclaration(node)) {
            return /timers\/promises/.test(node.moduleSpecifier.getText());
          }
          const made = ts.isNewExpression(node) && node.expression.getText() === "Promise";
          return made && /=>\s*(void )?setTimeout\(/.test(node.getText());
        }),
};

/** Names of suites: uvu's own `test`, and what `suite()` gave. */
function suitesOf(file: ts.SourceFile): string[] {
  const names: string[] = [];
  walk(file, (node) => {
    if (ts.isImportSpecifier(node) && node.name.text === "test") names.push("test");
    const made = ts.isVariableDeclaration(node) && node.initializer;
    if (made && /^suite(<.*>)?\(/s.test(made.getText())) names.push(node.name.getText());
  });
  return names;
}

const run: TidyRule = {
  name: "run",
  instead: "a test file ends with `test.run();`, and so does every suite of it",
  planted: {
    "test/a.test.ts": 'import { test } from "uvu";\ntest("a", () => {});\n',
    "test/b.test.ts":
      'import { suite } from "uvu";\nconst a = suite("a");\nconst b = suite("b");\na.run();\n',
    "test/c.test.ts": 'import { test } from "uvu";\ntest.run();\ntest("late", () => {});\n',
  },
  finds(file, path) {
    if (!isTest(path)) return [];
    const calls = suitesOf(file).filter((name) => !file.text.includes(`\n${name}.run();`));
    const last = file.statements.at(-1)?.getText() ?? "";
    const ends = /^\w+\.run\(\);$/.test(last);
    return calls.length > 0 || !ends ? [file.text.split("\n").length] : [];
  },
};

// Written in pieces, so that this very file doesn't break the rule.
const FOLDERS_REFUSED = ["work", "root", "tmp", "home", "farm"].map((name) => `/${name}/`);
const HOSTS_REFUSED = ["registry.", "npmjs."].map((name) => `${name}`);

const machine: TidyRule = {
  name: "this machine",
  instead: "nothing names a folder of one machine or a host of packages: tmpdir(), relative paths",
  planted: Object.fromEntries(
    FOLDERS_REFUSED.map((name, at) => [`sdk/a${at}.ts`, `// A path ${name}x\n`]),
  ),
  finds: (file) =>
    file.text.split("\n").flatMap((line, at) => {
      const path = FOLDERS_REFUSED.some((name) => new RegExp(`(^|[^\\w.])${name}`).test(line));
      const host = HOSTS_REFUSED.some((name) => new RegExp(`//(www\\.)?${name}`).test(line));
      return path || host ? [at + 1] : [];
    }),
};

export const tidyRules: TidyRule[] = [
  firstLine,
  fileLength,
  functionLength,
  columns,
  thrown,
  swallowed,
  sleeping,
  run,
  machine,
];

export function tidyOffences(path: string, text: string): Offence[] {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
  return tidyRules.flatMap((rule) =>
    rule.finds(file, path).map((line) => ({
      file: path,
      line,
      rule: rule.name,
      instead: rule.instead,
    })),
  );
}
