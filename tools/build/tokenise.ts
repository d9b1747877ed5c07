// Minified text in the form in which Espruino stores programs: one octet for each reserved word
// and operator, strings with their length in front. The interpreter runs it as it stands.

import ts from "typescript";

const { SyntaxKind } = ts;

/** In the order of the interpreter's own list of tokens, the first being 138. */
const FIRST_TOKEN = 138;
const TOKENS = [
  ...["==", "===", "!=", "!==", "<=", "<<", "<<=", ">=", ">>", ">>>", ">>=", ">>>=", "+=", "-="],
  ...["++", "--", "*=", "/=", "%=", "&=", "&&", "|=", "||", "^=", "=>"],
  ...["if", "else", "do", "while", "for", "break", "continue", "function", "return", "var", "let"],
  ...["const", "this", "throw", "try", "catch", "finally", "true", "false", "null", "undefined"],
  ...["new", "in", "instanceof", "switch", "case", "default", "delete", "typeof", "void"],
];
const RAW_STRING = 0xd1;
const RAW_INT8 = 0xd4;
const RAW_INT16 = 0xd5;

/** Tokens that the interpreter reads wrongly when they are one octet. */
const KEPT = ["catch"];

/** After one of these a "/" divides; elsewhere it begins a regular expression. */
const OPERAND_ENDS = [
  SyntaxKind.Identifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
];

interface Token {
  kind: ts.SyntaxKind;
  text: string;
  value: string;
  /** Where it begins in the program. */
  from: number;
}

function scan(program: string): Token[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2023, true);
  scanner.setText(program);
  const tokens: Token[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const last = tokens.at(-1)?.kind ?? SyntaxKind.Unknown;
    const slash = kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken;
    // The scanner gives ">" alone, so that generics can end in ">>": ask for the long one.
    if (kind === SyntaxKind.GreaterThanToken) kind = scanner.reScanGreaterToken();
    if (slash && !OPERAND_ENDS.includes(last)) kind = scanner.reScanSlashToken();
    const [text, value] = [scanner.getTokenText(), scanner.getTokenValue()];
    tokens.push({ kind, text, value, from: scanner.getTokenStart() });
  }
  return tokens;
}

/** `text` is the literal as it is written, `value` what it stands for. */
export function storedString(text: string, value: string): string {
  const plain = [...value].every((sign) => sign.charCodeAt(0) < 128);
  if (!plain || value.length === 0 || value.length > 255) return text;
  return String.fromCharCode(RAW_STRING, value.length) + value;
}

/** Never longer than the text; `1e3` is a float to the interpreter, and its raw form is none. */
export function storedNumber(text: string): string {
  const value = Number(text);
  if (!Number.isInteger(value)) return text;
  if (text.length > 2 && value < 128) return String.fromCharCode(RAW_INT8, value);
  if (text.length > 2 && value < 32768) {
    return String.fromCharCode(RAW_INT16, value & 255, value >> 8);
  }
  return text;
}

function storedToken(token: Token, afterDot: boolean): string {
  if (token.kind === SyntaxKind.StringLiteral) return storedString(token.text, token.value);
  if (token.kind === SyntaxKind.NumericLiteral) return storedNumber(token.text);
  const at = afterDot || KEPT.includes(token.text) ? -1 : TOKENS.indexOf(token.text);
  return at < 0 ? token.text : String.fromCharCode(FIRST_TOKEN + at);
}

function needsSpace(before: string, after: string): boolean {
  const word = /[\w$]/;
  const last = before.slice(-1);
  if (word.test(last) && word.test(after[0])) return true;
  return (last === "+" || last === "-" || last === "/") && last === after[0];
}

/** `!0`, `!1` and `void 0` are short as text, but longer than the words they stand for. */
const WORDS: Record<string, string> = { "!0": "true", "!1": "false", void0: "undefined" };

function joinWords(tokens: Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const pair = tokens[at].text + (tokens[at + 1]?.text ?? "");
    const { from } = tokens[at];
    const word = WORDS[pair];
    if (word === undefined) joined.push(tokens[at]);
    else {
      joined.push({ kind: SyntaxKind.Identifier, text: word, value: word, from });
      at++;
    }
  }
  return joined;
}

/** A piece of a stored program, and where it begins in the text. */
export interface StoredToken {
  from: number;
  octets: Buffer;
}

/** Text that is not ASCII stays as UTF-8 between its quotes. */
export function storedTokens(program: string): StoredToken[] {
  const pieces: StoredToken[] = [];
  let before = "";
  let raw = false;
  let afterDot = false;
  for (const token of joinWords(scan(program))) {
    const stored = storedToken(token, afterDot);
    const isRaw = stored !== token.text;
    const spaced = !raw && !isRaw && before !== "" && needsSpace(before, stored);
    const octets = Buffer.from(stored, isRaw ? "latin1" : "utf8");
    pieces.push({
      from: token.from,
      octets: spaced ? Buffer.concat([Buffer.from(" "), octets]) : octets,
    });
    before = stored;
    raw = isRaw;
    afterDot = token.kind === SyntaxKind.DotToken;
  }
  return pieces;
}

/** Octets as stored. */
export function tokenise(program: string): Buffer {
  return Buffer.concat(storedTokens(program).map(({ octets }) => octets));
}
