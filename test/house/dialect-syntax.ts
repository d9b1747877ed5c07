// Dialect rules about syntax that an engine lacks or that a compiler lowers wrongly.

import ts from "typescript";
import { banKinds, banOperators, type DialectRule } from "./dialect-rule.ts";

const { SyntaxKind } = ts;

const bindings = [SyntaxKind.ObjectBindingPattern, SyntaxKind.ArrayBindingPattern];

const defaultValue: DialectRule = {
  name: "default parameter",
  reach: "firmware",
  instead: "pass every argument, or a record",
  planted: ["export function f(a = 1) { return a; }"],
  finds: (node) => ts.isParameter(node) && node.initializer !== undefined,
};

const rest: DialectRule = {
  name: "spread",
  reach: "firmware",
  instead:
    "pass an array; copy fields and items one by one (ES5 lowering of spread fails on Espruino)",
  planted: [
    "export const f = (a: number[]) => [...a];",
    "export const f = (a: { x: number }) => ({ ...a });",
    "export const f = (...a: number[]) => a;",
    "export const f = (g: (...n: number[]) => void, a: number[]) => g(...a);",
  ],
  finds: (node) =>
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node) ||
    (ts.isParameter(node) &&
      node.dotDotDotToken !== undefined &&
      ts.isFunctionLike(node.parent) &&
      "body" in node.parent),
};

const asynchronous: DialectRule = {
  name: "async",
  reach: "firmware",
  instead: "an input later, not a promise: a wait inside one does not wait on LuatOS",
  planted: [
    "export async function f() {}",
    "export const f = async () => 1;",
    "export function* f() { yield 1; }",
  ],
  finds: (node) =>
    node.kind === SyntaxKind.AsyncKeyword ||
    ts.isYieldExpression(node) ||
    (ts.isFunctionDeclaration(node) && node.asteriskToken !== undefined),
};

const optionalChain: DialectRule = {
  name: "optional chain",
  reach: "shared",
  instead: "`=== undefined` in a condition of its own",
  planted: ["export const f = (a: { b: number } | undefined) => a?.b === 1;"],
  finds: (node) => "questionDotToken" in node && node.questionDotToken !== undefined,
};

const numericKey: DialectRule = {
  name: "numeric key",
  reach: "shared",
  instead: 'a key that is a word: o["1"] and o[1] differ in Lua',
  planted: ["export const a = { 1: 2 };", 'export const a = { "7": 2 };'],
  finds: (node) =>
    ts.isPropertyAssignment(node) &&
    (ts.isNumericLiteral(node.name) ||
      (ts.isStringLiteral(node.name) && /^-?\d+$/.test(node.name.text))),
};

const foreignText: DialectRule = {
  name: "text",
  reach: "shared",
  instead:
    "ASCII in source text (Chinese only as a field `zh`); octets by String.fromCharCode or hex",
  planted: ['export const a = "é";', 'export const a = "\\xff";', 'export const a = "\\u00ff";'],
  finds(node) {
    if (!ts.isStringLiteral(node)) return false;
    if (/\\[xu]/.test(node.getText())) return true;
    const parent = node.parent;
    const chinese = ts.isPropertyAssignment(parent) && parent.name.getText() === "zh";
    return !chinese && [...node.text].some((sign) => sign.charCodeAt(0) > 126);
  },
};

const moduleState: DialectRule = {
  name: "module state",
  reach: "shared",
  instead: "no `let` at the top of a file: keep it in the state and pass it",
  planted: ["let a = 1; export const f = () => { a = a + 1; return a; };"],
  finds: (node) =>
    ts.isVariableDeclarationList(node) &&
    (node.flags & ts.NodeFlags.Let) !== 0 &&
    ts.isVariableStatement(node.parent) &&
    ts.isSourceFile(node.parent.parent),
};

const ambient: DialectRule = {
  name: "declare",
  reach: "shared",
  instead: "nothing of a platform is declared here: let the board lend it",
  planted: ["declare const E: { hwRand(): number }; export const f = () => E.hwRand();"],
  finds: (node) => node.kind === SyntaxKind.DeclareKeyword,
};

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

const lengthSet: DialectRule = {
  name: "length",
  reach: "firmware",
  instead: "setting `length` throws on Espruino: splice, or a new array",
  planted: [
    "export function f(a: number[]) { a.length = 0; }",
    "export function f(a: number[]) { a.length--; }",
  ],
  finds(node) {
    const target = ts.isBinaryExpression(node)
      ? isAssignment(node.operatorToken.kind) && node.left
      : (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
        (node.operator === SyntaxKind.PlusPlusToken ||
          node.operator === SyntaxKind.MinusMinusToken) &&
        node.operand;
    return (
      target !== false && ts.isPropertyAccessExpression(target) && target.name.text === "length"
    );
  },
};

const arrayHole: DialectRule = {
  name: "hole",
  reach: "shared",
  instead: "no undefined and no hole in an array: its length goes wrong in Lua",
  planted: ["export const a = [1, undefined, 2];", "export const a = [1, , 2];"],
  finds: (node) =>
    ts.isArrayLiteralExpression(node) &&
    node.elements.some((one) => ts.isOmittedExpression(one) || one.getText() === "undefined"),
};

const equality: DialectRule = {
  name: "equality",
  reach: "shared",
  instead: "`===` and `!==`: the loose ones differ in Lua",
  planted: ["export const f = (a: number) => a == 1;", "export const f = (a: number) => a != 1;"],
  finds: (node) =>
    node.kind === SyntaxKind.EqualsEqualsToken || node.kind === SyntaxKind.ExclamationEqualsToken,
};

const barredWord: DialectRule = {
  name: "word",
  reach: "shared",
  instead:
    "no delete, void, instanceof, arguments, comma: set the field to undefined, tag records with `kind`",
  planted: [
    "export function f(a: { b?: number }) { delete a.b; }",
    "export const f = (a: object, b: new () => object) => a instanceof b;",
    "export function f() { return arguments; }",
    "export function f(a: number) { let b = a; for (; b < 3; b++, b++) {} return b; }",
  ],
  finds: (node) =>
    ts.isDeleteExpression(node) ||
    ts.isVoidExpression(node) ||
    node.kind === SyntaxKind.InstanceOfKeyword ||
    (ts.isIdentifier(node) && node.text === "arguments") ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.CommaToken),
};

const exported: DialectRule = {
  name: "export",
  reach: "firmware",
  instead: "named exports from the file that defines them",
  planted: ["export default 1;", 'export * from "./x.ts";'],
  finds: (node) =>
    ts.isExportAssignment(node) ||
    (ts.isExportDeclaration(node) && node.exportClause === undefined),
};

export const syntaxRules: DialectRule[] = [
  defaultValue,
  rest,
  asynchronous,
  optionalChain,
  numericKey,
  foreignText,
  moduleState,
  ambient,
  lengthSet,
  arrayHole,
  equality,
  barredWord,
  exported,
  banKinds("destructuring", bindings, "firmware", "name the record and read its fields", [
    "export const f = (a: { b: number }) => { const { b } = a; return b; };",
    "export const f = ([a]: number[]) => a;",
  ]),
  banKinds("null", [SyntaxKind.NullKeyword], "shared", "undefined, or a field that is absent", [
    "export const a: number | null = null;",
  ]),
  banKinds(
    "label",
    [SyntaxKind.LabeledStatement],
    "firmware",
    "a function of its own, and return",
    ["export function f() { outer: for (;;) { for (;;) break outer; } }"],
  ),
  banKinds(
    "template text",
    [
      SyntaxKind.TemplateExpression,
      SyntaxKind.NoSubstitutionTemplateLiteral,
      SyntaxKind.TaggedTemplateExpression,
    ],
    "firmware",
    'join with "+": lowered to ES5 a template with undefined gives "" on Espruino',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a planted offence
    ["export const f = (n: number) => `a${n}`;", "export const a = `b`;"],
  ),
  banKinds(
    "regex",
    [SyntaxKind.RegularExpressionLiteral],
    "shared",
    "indexOf, or a walk over charCodeAt",
    ["export const f = (t: string) => /a/.test(t);"],
  ),
  banKinds(
    "exception",
    [SyntaxKind.TryStatement, SyntaxKind.ThrowStatement],
    "shared",
    "a failure is a value: return a Fault",
    ["export function f() { throw 1; }", "export function f() { try { return 1; } finally {} }"],
  ),
  banKinds(
    "class",
    [
      SyntaxKind.ClassDeclaration,
      SyntaxKind.ClassExpression,
      SyntaxKind.ThisKeyword,
      SyntaxKind.NewExpression,
      SyntaxKind.GetAccessor,
      SyntaxKind.SetAccessor,
    ],
    "shared",
    "plain records and functions; octets by machine.bytes(n), arrays by []",
    [
      "export class A {}",
      "export const a = new Array(3);",
      "export function f(this: { a: number }) { return this.a; }",
      "export const a = { get b() { return 1; } };",
    ],
  ),
  banKinds(
    "enum",
    [SyntaxKind.EnumDeclaration, SyntaxKind.ModuleDeclaration],
    "shared",
    "constants, or a union of texts",
    ["export enum A { B }", "export namespace A { export const b = 1; }"],
  ),
  banKinds(
    "computed name",
    [SyntaxKind.ComputedPropertyName],
    "firmware",
    "fixed keys in a literal; assign the others one by one",
    ["export const f = (k: string) => ({ [k]: 1 });"],
  ),
  banKinds("for-in", [SyntaxKind.ForInStatement], "shared", "an array: key order differs on Lua", [
    "export function f(a: object) { for (const k in a) return k; return 0; }",
  ]),
  banOperators(
    "nullish",
    [
      SyntaxKind.QuestionQuestionToken,
      SyntaxKind.QuestionQuestionEqualsToken,
      SyntaxKind.BarBarEqualsToken,
      SyntaxKind.AmpersandAmpersandEqualsToken,
    ],
    "shared",
    "a condition with `=== undefined`",
    [
      "export const f = (a?: number) => a ?? 1;",
      "export function f(a: boolean) { let b = a; b ||= true; return b; }",
    ],
  ),
];
