// The wire's machine on Node: Uint8Array, and the AES of node:crypto under the wire's own CCM.
// Never used by firmware; the pager's boards have machines of their own.

import { type Cipher, createCipheriv, createHash } from "node:crypto";
import { equalBytes } from "../protocol/bytes.ts";
import { ccmOf } from "../protocol/ccm.ts";
import type { BlockCipher, Bytes, Machine } from "../protocol/machine.ts";

const BLOCK_OCTETS = 16;
const ZERO_IV = new Uint8Array(BLOCK_OCTETS);

/** Keys whose ciphers are kept, about 3 kB each: those used last, and up to twice as many. */
const KEPT_KEYS = 2048;

/** The ciphers of a key: making one takes longer than sealing with it. */
interface Ciphers {
  /** The key as it was then: octets that were changed since are another key. */
  readonly key: Bytes;
  readonly cbc: Cipher;
  /** What `cbc` has put out last, and will put over what comes next. */
  readonly chain: Uint8Array;
  readonly ecb: Cipher;
}

/** The same octets as node:crypto wants them; copies only what isn't a Uint8Array already. */
function toArray(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes);
}

function makeCiphers(bytes: Bytes): Ciphers {
  const key = Uint8Array.from(bytes);
  return {
    key,
    cbc: createCipheriv("aes-128-cbc", key, ZERO_IV).setAutoPadding(false),
    chain: new Uint8Array(BLOCK_OCTETS),
    ecb: createCipheriv("aes-128-ecb", key, null).setAutoPadding(false),
  };
}

/** Found again by the key's own object: lines hold theirs as long as they are in memory. */
function keepCiphers(): (key: Bytes) => Ciphers {
  let young = new Map<Bytes, Ciphers>();
  let old = new Map<Bytes, Ciphers>();
  return (key) => {
    const kept = young.get(key);
    if (kept !== undefined && equalBytes(kept.key, key)) return kept;
    const before = old.get(key);
    const ciphers = before !== undefined && equalBytes(before.key, key) ? before : makeCiphers(key);
    if (young.size === KEPT_KEYS) {
      old = young;
      young = new Map();
    }
    young.set(key, ciphers);
    return ciphers;
  };
}

/** Adds `chain` to the first block: done twice, it was never done. */
function turnFirst(blocks: Uint8Array, chain: Uint8Array): void {
  for (let i = 0; i < BLOCK_OCTETS; i++) blocks[i] ^= chain[i];
}

function makeBlocks(): BlockCipher {
  const ciphersOf = keepCiphers();
  return {
    cbcLast(key, blocks) {
      const { cbc, chain } = ciphersOf(key);
      const octets = toArray(blocks);
      // The cipher goes on where it stood: with that taken out, it begins at a zero iv again.
      turnFirst(octets, chain);
      const all = cbc.update(octets);
      turnFirst(octets, chain);
      const last = all.subarray(all.length - BLOCK_OCTETS);
      chain.set(last);
      return last;
    },

    ecb(key, blocks) {
      return ciphersOf(key).ecb.update(toArray(blocks));
    },
  };
}

/** AES as the boards lend it. */
export const nodeBlocks: BlockCipher = makeBlocks();

const newBytes = (length: number): Bytes => new Uint8Array(length);

export const nodeMachine: Machine = {
  bytes: newBytes,
  divide: (a, b) => Math.floor(a / b),
  sha256: (bytes) => createHash("sha256").update(toArray(bytes)).digest(),
  ccm: ccmOf(nodeBlocks, newBytes),
};
