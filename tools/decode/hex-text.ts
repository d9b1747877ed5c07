// Hexadecimal text in the many ways in which programs print it: plain, spaced, with offsets.
// Says at which character a line can't be read; never guesses a digit.

import type { Trouble } from "./found.ts";

/** One text line and its number, counted from 1. */
export interface Line {
  number: number;
  text: string;
}

/** A piece of hex that makes one sequence of octets: a line, or all lines of one dump. */
export interface HexPiece {
  number: number;
  octets: Uint8Array | Trouble;
}

/** Offset, a colon or not, octets, and whatever stands behind them. */
const DUMP_LINE = /^\s*(?:0x)?([0-9a-fA-F]{4,8}):?(?:\s+(\S.*))?$/;
/** Plain hex begins with more than this; a dump of a datagram never gets so far. */
const OFFSET_MAX = 4096;
const WIDE_GAP_AT = 8;
const DIGIT = /[0-9a-fA-F]/;
const BETWEEN = /[\s:,;_-]/;

export function linesOf(text: string): Line[] {
  return text.split(/\r\n|\n|\r/).map((line, i) => ({ number: i + 1, text: line }));
}

/** Blanks for a modem's prompt before a line, and no Ctrl-Z behind it. */
export function withoutPrompt(text: string): string {
  return text
    .replace(/^[>\s]+/, (prompt) => " ".repeat(prompt.length))
    .replace(/[\s\p{Cc}]+$/u, "");
}

/** The octets of plain hex, spaced or not, with 0x or \x before digits or without. */
export function octetsOfHex(text: string): Uint8Array | Trouble {
  const digits: string[] = [];
  const body = text.replace(/^(\s*)h'(.*)'(\s*)$/, "$1  $2 $3");
  for (let i = 0; i < body.length; i++) {
    const isPrefix = /^(0x|\\x)/i.test(body.slice(i, i + 2)) && digits.length % 2 === 0;
    if (isPrefix) i += 1;
    else if (DIGIT.test(body[i])) digits.push(body[i]);
    else if (!BETWEEN.test(body[i])) return { code: "bad-digit", at: i + 1, is: body[i] };
  }
  if (digits.length % 2 !== 0) return { code: "odd-digits", is: digits.length };
  return Uint8Array.from(Buffer.from(digits.join(""), "hex"));
}

/** True for a line of hex and nothing else, or one of a dump with offsets. */
export function isHexLine(text: string): boolean {
  return !("code" in octetsOfHex(text)) || dumpOf(text) !== undefined;
}

/** How many of a text's signs are hexadecimal digits, of one. */
export function hexShare(text: string): number {
  const signs = [...text].filter((sign) => !BETWEEN.test(sign));
  return signs.filter((sign) => DIGIT.test(sign)).length / Math.max(1, signs.length);
}

/** The sequences of octets in these lines; blank lines part dumps and are nothing themselves. */
export function hexPieces(lines: Line[]): HexPiece[] {
  const pieces: HexPiece[] = [];
  let dump: { number: number; octets: number[] } | undefined;
  const close = (): void => {
    if (dump === undefined) return;
    pieces.push({ number: dump.number, octets: Uint8Array.from(dump.octets) });
    dump = undefined;
  };
  for (const { number, text } of lines) {
    const found = dumpOf(text);
    if (text.trim() === "") close();
    else if (found !== undefined && found.offset === 0 && found.octets.length > 0) {
      close();
      dump = { number, octets: [...found.octets] };
    } else if (found !== undefined && dump !== undefined) {
      const of = dump.octets.length;
      if (found.offset === of) dump.octets.push(...found.octets);
      else {
        // A line is missing: neither half is a datagram.
        dump = undefined;
        pieces.push({ number, octets: { code: "dump-gap", is: found.offset, of } });
      }
    } else {
      close();
      pieces.push({ number, octets: octetsOfHex(text) });
    }
  }
  close();
  return pieces;
}

// internal

/** Offset and octets of a line of a dump; the column of letters behind them is left out. */
function dumpOf(text: string): { offset: number; octets: number[] } | undefined {
  const match = DUMP_LINE.exec(text);
  if (match === null) return undefined;
  const offset = Number.parseInt(match[1], 16);
  if (offset > OFFSET_MAX) return undefined;
  const octets: number[] = [];
  for (const [, gap, group] of (match[2] ?? "").matchAll(/(\s*)(\S+)/g)) {
    // `hexdump -C` leaves two blanks in the middle; anywhere else they part octets and letters.
    if (gap.length > 2 || (gap.length === 2 && octets.length !== WIDE_GAP_AT)) break;
    if (!/^([0-9a-fA-F]{2})+$/.test(group)) break;
    octets.push(...Buffer.from(group, "hex"));
  }
  return { offset, octets };
}
