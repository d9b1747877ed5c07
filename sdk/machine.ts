// The wire's machine on Node: Uint8Array and the AES of node:crypto.
// Never used by firmware; the pager's boards have machines of their own.

import { createCipheriv, createDecipheriv } from "node:crypto";
import { TAG_OCTETS } from "../protocol/limits.ts";
import type { BlockCipher, Bytes, Ccm, Machine } from "../protocol/machine.ts";

const CCM = "aes-128-ccm";
const TAG_OPTIONS = { authTagLength: TAG_OCTETS };
const ZERO_IV = new Uint8Array(16);

/** The same octets as node:crypto wants them; copies only what isn't a Uint8Array already. */
function toArray(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes);
}

const nodeCcm: Ccm = {
  seal(key, nonce, aad, plaintext) {
    const cipher = createCipheriv(CCM, toArray(key), toArray(nonce), TAG_OPTIONS);
    cipher.setAAD(toArray(aad), { plaintextLength: plaintext.length });
    const sealed = new Uint8Array(plaintext.length + TAG_OCTETS);
    sealed.set(cipher.update(toArray(plaintext)));
    cipher.final();
    sealed.set(cipher.getAuthTag(), plaintext.length);
    return sealed;
  },

  open(key, nonce, aad, sealed) {
    const length = sealed.length - TAG_OCTETS;
    if (length < 0) return undefined;
    const octets = toArray(sealed);
    const decipher = createDecipheriv(CCM, toArray(key), toArray(nonce), TAG_OPTIONS);
    decipher.setAuthTag(octets.subarray(length));
    decipher.setAAD(toArray(aad), { plaintextLength: length });
    const plaintext = decipher.update(octets.subarray(0, length));
    try {
      decipher.final();
    } catch {
      // node:crypto has no other way of saying that the tag is wrong.
      return undefined;
    }
    return new Uint8Array(plaintext.buffer, plaintext.byteOffset, length);
  },
};

/** AES as the boards lend it, so that protocol/ccm.ts can be compared with the native CCM. */
export const nodeBlocks: BlockCipher = {
  cbcLast(key, blocks) {
    const cipher = createCipheriv("aes-128-cbc", toArray(key), ZERO_IV).setAutoPadding(false);
    const octets = cipher.update(toArray(blocks));
    return octets.subarray(octets.length - 16);
  },

  ecb(key, blocks) {
    const cipher = createCipheriv("aes-128-ecb", toArray(key), null).setAutoPadding(false);
    return cipher.update(toArray(blocks));
  },
};

export const nodeMachine: Machine = {
  bytes: (length) => new Uint8Array(length),
  divide: (a, b) => Math.floor(a / b),
  ccm: nodeCcm,
};
