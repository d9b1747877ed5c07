// Dialect rules about numbers: every number is an int32 on all engines.

import ts from "typescript";
import { banOperators, type DialectRule } from "./dialect-rule.ts";

const { SyntaxKind } = ts;

function literalValue(node: ts.Node): number | undefined {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isNumericLiteral(inner) ? Number(inner.text.replaceAll("_", "")) : undefined;
}

function unwrap(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ? unwrap(node.expression) : node;
}

/**
 * `Math.floor((v - (v % 256)) / 256)`: exact on 32-bit floats too, because what is left of v has
 * at most 24 significant bits when the power of two is 128 or more.
 */
function isExactQuotient(node: ts.BinaryExpression): boolean {
  const divisor = literalValue(node.right);
  const left = unwrap(node.left);
  if (divisor === undefined || divisor < 128 || Math.log2(divisor) % 1 !== 0) return false;
  if (!ts.isBinaryExpression(left) || left.operatorToken.kind !== SyntaxKind.MinusToken) {
    return false;
  }
  const rest = unwrap(left.right);
  if (!ts.isBinaryExpression(rest) || rest.operatorToken.kind !== SyntaxKind.PercentToken) {
    return false;
  }
  const call = node.parent;
  const floored = ts.isCallExpression(call) && call.expression.getText() === "Math.floor";
  return (
    floored && literalValue(rest.right) === divisor && rest.left.getText() === left.left.getText()
  );
}

const divide: DialectRule = {
  name: "division",
  reach: "shared",
  instead:
    "a quotient passes through a 24-bit float on Lua: machine.divide(a, b), or for powers of two from 128 Math.floor((v - (v % 256)) / 256)",
  planted: [
    "export const f = (a: number, b: number) => a / b;",
    "export function f(a: number) { let b = a; b /= 2; return b; }",
    "export const f = (v: number) => Math.floor(v / 256);",
    "export const f = (v: number) => Math.floor((v - (v % 64)) / 64);",
    "export const f = (v: number, w: number) => Math.floor((v - (w % 256)) / 256);",
  ],
  finds(node) {
    if (!ts.isBinaryExpression(node)) return false;
    const kind = node.operatorToken.kind;
    if (kind === SyntaxKind.SlashEqualsToken) return true;
    return kind === SyntaxKind.SlashToken && !isExactQuotient(node);
  },
};

const literal: DialectRule = {
  name: "literal",
  reach: "shared",
  instead: "a whole number up to 2147483647: above it, and as a fraction, it is a float on Lua",
  planted: [
    "export const a = 2147483648;",
    "export const a = 0xffffffff;",
    "export const a = 1.5;",
  ],
  finds: (node) => {
    const value = literalValue(node);
    return (
      ts.isNumericLiteral(node) && value !== undefined && (value > 2147483647 || value % 1 !== 0)
    );
  },
};

const bit31: DialectRule = {
  name: "bit 31",
  reach: "shared",
  instead: "`<<` ends below bit 31: bit 31 is negative on some engines and positive on others",
  planted: ["export const a = 1 << 31;", "export const f = (n: number) => n << 32;"],
  finds: (node) =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === SyntaxKind.LessThanLessThanToken &&
    (literalValue(node.right) ?? 0) > 30,
};

const orZero: DialectRule = {
  name: "or zero",
  reach: "shared",
  instead: "`| 0` throws on a fraction in Lua: Math.floor or machine.divide",
  planted: ["export const f = (n: number) => n | 0;"],
  finds: (node) =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === SyntaxKind.BarToken &&
    literalValue(node.right) === 0,
};

const sign: DialectRule = {
  name: "sign",
  reach: "shared",
  instead: "`%` and the bit operators take only non-negative numbers: -5 % 3 is 1 in Lua",
  planted: ["export const f = (n: number) => -n % 3;", "export const f = (n: number) => n & -2;"],
  finds(node) {
    if (!ts.isBinaryExpression(node)) return false;
    const { PercentToken, AmpersandToken, BarToken, CaretToken, LessThanLessThanToken } =
      SyntaxKind;
    const signed = [PercentToken, AmpersandToken, BarToken, CaretToken, LessThanLessThanToken];
    if (!signed.includes(node.operatorToken.kind as (typeof signed)[number])) return false;
    return [node.left, node.right].some((operand) => {
      const inner = unwrap(operand);
      return ts.isPrefixUnaryExpression(inner) && inner.operator === SyntaxKind.MinusToken;
    });
  },
};

const unary: DialectRule = {
  name: "unary",
  reach: "shared",
  instead: "`~` sets bit 31 and `+text` is a float on Lua: subtract from a mask, parse digits",
  planted: ["export const f = (n: number) => ~n;", "export const f = (t: string) => +t;"],
  finds: (node) =>
    ts.isPrefixUnaryExpression(node) &&
    (node.operator === SyntaxKind.TildeToken || node.operator === SyntaxKind.PlusToken),
};

export const numberRules: DialectRule[] = [
  divide,
  literal,
  bit31,
  orZero,
  sign,
  unary,
  banOperators(
    "shift right",
    [
      SyntaxKind.GreaterThanGreaterThanToken,
      SyntaxKind.GreaterThanGreaterThanEqualsToken,
      SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
      SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken,
    ],
    "shared",
    "`>>` is refused by the Lua compiler and `>>>` throws on 32-bit Lua: machine.divide by a power of two",
    [
      "export const f = (n: number) => n >> 1;",
      "export const f = (n: number) => n >>> 0;",
      "export function f(n: number) { let m = n; m >>>= 1; m >>= 1; return m; }",
    ],
  ),
  banOperators(
    "power",
    [SyntaxKind.AsteriskAsteriskToken, SyntaxKind.AsteriskAsteriskEqualsToken],
    "shared",
    "`**` is a float on Lua: multiply in a loop, or write the constant",
    ["export const f = (n: number) => n ** 2;"],
  ),
];
