// AES-128 encryption written out in the dialect, for engines that lend no cipher.
// Test code: slow and not constant in time, so no pager uses it.

import type { BlockCipher, Bytes } from "../../../protocol/machine.ts";

const BLOCK_OCTETS = 16;
const ROUNDS = 10;

/** Twice the value in the field of AES [FIPS 197 §4.2.1]. */
function double(value: number): number {
  const doubled = value * 2;
  return doubled > 255 ? (doubled - 256) ^ 27 : doubled;
}

/** The S-box, by walking the field with its generator 3 [FIPS 197 §5.1.1]. */
function substitution(): number[] {
  const powers: number[] = [];
  const logs: number[] = [];
  for (let i = 0; i < 256; i++) logs.push(0);
  let power = 1;
  for (let i = 0; i < 255; i++) {
    powers.push(power);
    logs[power] = i;
    power = power ^ double(power);
  }
  const box: number[] = [];
  for (let i = 0; i < 256; i++) {
    const inverse = i === 0 ? 0 : powers[(255 - logs[i]) % 255];
    let turned = inverse;
    let sum = inverse ^ 99;
    for (let j = 0; j < 4; j++) {
      turned = turned > 127 ? turned * 2 - 255 : turned * 2;
      sum = sum ^ turned;
    }
    box.push(sum);
  }
  return box;
}

/** The round keys behind one another [FIPS 197 §5.2]. */
function expandKey(box: number[], key: Bytes): number[] {
  const words: number[] = [];
  for (let i = 0; i < BLOCK_OCTETS; i++) words.push(key[i]);
  let constant = 1;
  for (let at = BLOCK_OCTETS; at < BLOCK_OCTETS * (ROUNDS + 1); at += 4) {
    const last = words.slice(at - 4, at);
    if (at % BLOCK_OCTETS === 0) {
      const first = last.shift() as number;
      last.push(first);
      for (let i = 0; i < 4; i++) last[i] = box[last[i]];
      last[0] = last[0] ^ constant;
      constant = double(constant);
    }
    for (let i = 0; i < 4; i++) words.push(words[at - BLOCK_OCTETS + i] ^ last[i]);
  }
  return words;
}

function addKey(state: number[], words: number[], round: number): void {
  for (let i = 0; i < BLOCK_OCTETS; i++) state[i] = state[i] ^ words[round * BLOCK_OCTETS + i];
}

/** S-box and row shift at once: column c of row r comes from column c + r. */
function substituteAndShift(state: number[], box: number[]): number[] {
  const shifted: number[] = [];
  for (let i = 0; i < BLOCK_OCTETS; i++) {
    shifted.push(box[state[(i + (i % 4) * 4) % BLOCK_OCTETS]]);
  }
  return shifted;
}

function mixColumns(state: number[]): void {
  for (let at = 0; at < BLOCK_OCTETS; at += 4) {
    const column = state.slice(at, at + 4);
    const all = column[0] ^ column[1] ^ column[2] ^ column[3];
    for (let i = 0; i < 4; i++) {
      state[at + i] = column[i] ^ all ^ double(column[i] ^ column[(i + 1) % 4]);
    }
  }
}

function encryptBlock(box: number[], words: number[], block: number[]): number[] {
  let state = block.slice(0, BLOCK_OCTETS);
  addKey(state, words, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    state = substituteAndShift(state, box);
    if (round < ROUNDS) mixColumns(state);
    addKey(state, words, round);
  }
  return state;
}

/** AES-128 in the two shapes that CCM needs. */
export function createAes(newBytes: (length: number) => Bytes): BlockCipher {
  const box = substitution();
  return {
    cbcLast: function (key: Bytes, blocks: Bytes): Bytes {
      const words = expandKey(box, key);
      const last: number[] = [];
      for (let i = 0; i < BLOCK_OCTETS; i++) last.push(0);
      for (let at = 0; at < blocks.length; at += BLOCK_OCTETS) {
        for (let i = 0; i < BLOCK_OCTETS; i++) last[i] = last[i] ^ blocks[at + i];
        const next = encryptBlock(box, words, last);
        for (let i = 0; i < BLOCK_OCTETS; i++) last[i] = next[i];
      }
      const mac = newBytes(BLOCK_OCTETS);
      for (let i = 0; i < BLOCK_OCTETS; i++) mac[i] = last[i];
      return mac;
    },
    ecb: function (key: Bytes, blocks: Bytes): Bytes {
      const words = expandKey(box, key);
      const stream = newBytes(blocks.length);
      for (let at = 0; at < blocks.length; at += BLOCK_OCTETS) {
        const block: number[] = [];
        for (let i = 0; i < BLOCK_OCTETS; i++) block.push(blocks[at + i]);
        const next = encryptBlock(box, words, block);
        for (let i = 0; i < BLOCK_OCTETS; i++) stream[at + i] = next[i];
      }
      return stream;
    },
  };
}
