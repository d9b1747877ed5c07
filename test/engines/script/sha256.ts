// SHA-256 written out in the dialect, for engines that lend no hash.
// Test code: words are pairs of 16-bit halves, because no engine of ours has them all unsigned.

import { shiftDown } from "../../../protocol/bytes.ts";
import type { Bytes } from "../../../protocol/machine.ts";

const HEX = "0123456789abcdef";
const START = "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19";
const ROUNDS =
  "428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5" +
  "d807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174" +
  "e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da" +
  "983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca635114292967" +
  "27b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85" +
  "a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070" +
  "19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3" +
  "748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2";

interface Word {
  hi: number;
  lo: number;
}

function wordsOf(hex: string): Word[] {
  const words: Word[] = [];
  for (let i = 0; i < hex.length; i += 8) {
    let hi = 0;
    let lo = 0;
    for (let k = 0; k < 4; k++) {
      hi = hi * 16 + HEX.indexOf(hex.charAt(i + k));
      lo = lo * 16 + HEX.indexOf(hex.charAt(i + k + 4));
    }
    words.push({ hi: hi, lo: lo });
  }
  return words;
}

function add(list: Word[]): Word {
  let lo = 0;
  let hi = 0;
  for (let i = 0; i < list.length; i++) {
    lo += list[i].lo;
    hi += list[i].hi;
  }
  hi += Math.floor((lo - (lo % 65536)) / 65536);
  return { hi: hi % 65536, lo: lo % 65536 };
}

function xor(a: Word, b: Word, c: Word): Word {
  return { hi: a.hi ^ b.hi ^ c.hi, lo: a.lo ^ b.lo ^ c.lo };
}

/** Down by `bits`; what falls out comes in again on top where `round`. */
function turn(word: Word, bits: number, round: boolean): Word {
  const swapped = bits >= 16;
  const hi = swapped ? word.lo : word.hi;
  const lo = swapped ? word.hi : word.lo;
  let unit = 1;
  let rest = 65536;
  for (let i = 0; i < bits % 16; i++) {
    unit = unit * 2;
    rest = shiftDown(rest, 2);
  }
  const high = round ? (lo % unit) * rest : 0;
  return { hi: shiftDown(hi, unit) + high, lo: shiftDown(lo, unit) + (hi % unit) * rest };
}

function mix(word: Word, a: number, b: number, c: number, roundLast: boolean): Word {
  return xor(turn(word, a, true), turn(word, b, true), turn(word, c, roundLast));
}

function choose(e: Word, f: Word, g: Word): Word {
  return {
    hi: (e.hi & f.hi) ^ ((65535 - e.hi) & g.hi),
    lo: (e.lo & f.lo) ^ ((65535 - e.lo) & g.lo),
  };
}

function majority(a: Word, b: Word, c: Word): Word {
  return {
    hi: (a.hi & b.hi) ^ (a.hi & c.hi) ^ (b.hi & c.hi),
    lo: (a.lo & b.lo) ^ (a.lo & c.lo) ^ (b.lo & c.lo),
  };
}

/** The octet at `at` of the message with its mark and its length behind it. */
function octetAt(bytes: Bytes, at: number, length: number): number {
  if (at < bytes.length) return bytes[at];
  if (at === bytes.length) return 128;
  const bits = bytes.length * 8;
  if (at === length - 1) return bits % 256;
  if (at === length - 2) return Math.floor((bits - (bits % 256)) / 256) % 256;
  return at === length - 3 ? Math.floor((bits - (bits % 65536)) / 65536) : 0;
}

function blockWords(bytes: Bytes, from: number, length: number): Word[] {
  const words: Word[] = [];
  for (let i = from; i < from + 64; i += 4) {
    words.push({
      hi: octetAt(bytes, i, length) * 256 + octetAt(bytes, i + 1, length),
      lo: octetAt(bytes, i + 2, length) * 256 + octetAt(bytes, i + 3, length),
    });
  }
  for (let i = 16; i < 64; i++) {
    const small = mix(words[i - 15], 7, 18, 3, false);
    const large = mix(words[i - 2], 17, 19, 10, false);
    words.push(add([words[i - 16], small, words[i - 7], large]));
  }
  return words;
}

function takeBlock(state: Word[], words: Word[], keys: Word[]): Word[] {
  let now: Word[] = state;
  for (let i = 0; i < 64; i++) {
    const e = now[4];
    const one = add([
      now[7],
      mix(e, 6, 11, 25, true),
      choose(e, now[5], now[6]),
      keys[i],
      words[i],
    ]);
    const two = add([mix(now[0], 2, 13, 22, true), majority(now[0], now[1], now[2])]);
    now = [add([one, two]), now[0], now[1], now[2], add([now[3], one]), e, now[5], now[6]];
  }
  const next: Word[] = [];
  for (let i = 0; i < 8; i++) next.push(add([state[i], now[i]]));
  return next;
}

export function sha256(newBytes: (length: number) => Bytes, bytes: Bytes): Bytes {
  const keys = wordsOf(ROUNDS);
  let state = wordsOf(START);
  const rest = (bytes.length + 9) % 64;
  const length = bytes.length + 9 + (rest === 0 ? 0 : 64 - rest);
  for (let at = 0; at < length; at += 64) {
    state = takeBlock(state, blockWords(bytes, at, length), keys);
  }
  const hash = newBytes(32);
  for (let i = 0; i < 8; i++) {
    hash[4 * i] = Math.floor((state[i].hi - (state[i].hi % 256)) / 256);
    hash[4 * i + 1] = state[i].hi % 256;
    hash[4 * i + 2] = Math.floor((state[i].lo - (state[i].lo % 256)) / 256);
    hash[4 * i + 3] = state[i].lo % 256;
  }
  return hash;
}
