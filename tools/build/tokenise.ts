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
    tokens.push({ kind, text: scanner.getTokenText(), value: scanner.getTokenValue() });
  }
  return tokens;
}

function storedString(token: Token): string {
  const { text, value } = token;
  const plain = [...value].every((sign) => sign.charCodeAt(0) < 128);
  if (!plain || value.length === 0 || value.length > 255) return text;
  return String.fromCharCode(RAW_STRING, value.length) + value;
}

function storedNumber(text: string): string {
  const value = Number(text);
  const digits = /^\d+$/.test(text);
  if (digits && text.length > 2 && value < 128) return String.fromCharCode(RAW_INT8, value);
  if (digits && text.length > 3 && value < 32768) {
    return String.fromCharCode(RAW_INT16, value & 255, value >> 8);
  }
  return text;
}

function storedToken(token: Token, afterDot: boolean): string {
  if (token.kind === SyntaxKind.StringLiteral) return storedString(token);
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
    const word = WORDS[pair];
    if (word !== undefined) at++;
    joined.push(
      word === undefined ? tokens[at] : { kind: SyntaxKind.Identifier, text: word, value: word },
    );
  }
  return joined;
}

/** Octets as stored. Text that is not ASCII stays as UTF-8 between its quotes. */
export function tokenise(program: string): Buffer {
  const pieces: Buffer[] = [];
  let before = "";
  let raw = false;
  let afterDot = false;
  for (const token of joinWords(scan(program))) {
    const stored = storedToken(token, afterDot);
    const isRaw = stored !== token.text;
    if (!raw && !isRaw && before !== "" && needsSpace(before, stored))
      pieces.push(Buffer.from(" "));
    pieces.push(isRaw ? Buffer.from(stored, "latin1") : Buffer.from(stored, "utf8"));
    before = stored;
    raw = isRaw;
    afterDot = token.kind === SyntaxKind.DotToken;
  }
  return Buffer.concat(pieces);
}
