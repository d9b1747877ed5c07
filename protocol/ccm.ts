// AES-CCM-16-64-128 out of the AES that every target has: one CBC and one ECB call a message.
// Tag of 8 octets, length field of 2 [RFC 3610 §2, RFC 9053 §4.2]. Never tells where a tag is wrong.

import { putBytes, putUint } from "./bytes.ts";
import { NONCE_OCTETS, TAG_OCTETS } from "./limits.ts";
import type { BlockCipher, Bytes, Ccm } from "./machine.ts";

const BLOCK_OCTETS = 16;
/** Length field of 2: L' = 1 in the counter blocks [RFC 3610 §2.3]. */
const COUNTER_FLAGS = 1;
/** The same and M' = (8 - 2) / 2 = 3 [RFC 3610 §2.2]. */
const MAC_FLAGS = 3 * 8 + 1;
const WITH_AAD = 64;

function padded(length: number): number {
  return length + ((BLOCK_OCTETS - (length % BLOCK_OCTETS)) % BLOCK_OCTETS);
}

/** B_0, the associated data behind its length, the plaintext; each filled up with zeros. */
function macBlocks(newBytes: (n: number) => Bytes, nonce: Bytes, aad: Bytes, text: Bytes): Bytes {
  const aadOctets = aad.length > 0 ? padded(2 + aad.length) : 0;
  const blocks = newBytes(BLOCK_OCTETS + aadOctets + padded(text.length));
  blocks[0] = aad.length > 0 ? WITH_AAD + MAC_FLAGS : MAC_FLAGS;
  putBytes(blocks, 1, nonce);
  putUint(blocks, 1 + NONCE_OCTETS, text.length, 2);
  if (aad.length > 0) {
    putUint(blocks, BLOCK_OCTETS, aad.length, 2);
    putBytes(blocks, BLOCK_OCTETS + 2, aad);
  }
  putBytes(blocks, BLOCK_OCTETS + aadOctets, text);
  return blocks;
}

/** A_0, A_1 and so on, enough for a text of so many octets. */
function counterBlocks(newBytes: (n: number) => Bytes, nonce: Bytes, textOctets: number): Bytes {
  const blocks = newBytes(BLOCK_OCTETS + padded(textOctets));
  let counter = 0;
  for (let at = 0; at < blocks.length; at += BLOCK_OCTETS) {
    blocks[at] = COUNTER_FLAGS;
    putBytes(blocks, at + 1, nonce);
    putUint(blocks, at + 1 + NONCE_OCTETS, counter, 2);
    counter += 1;
  }
  return blocks;
}

/**
 * CCM over a block cipher. The associated data must stay below 65,280 octets and the text below
 * 65,536: a datagram is bounded far below both.
 */
export function ccmOf(blocks: BlockCipher, newBytes: (length: number) => Bytes): Ccm {
  return {
    seal(key: Bytes, nonce: Bytes, aad: Bytes, plaintext: Bytes): Bytes {
      const length = plaintext.length;
      const mac = blocks.cbcLast(key, macBlocks(newBytes, nonce, aad, plaintext));
      const stream = blocks.ecb(key, counterBlocks(newBytes, nonce, length));
      const sealed = newBytes(length + TAG_OCTETS);
      for (let i = 0; i < length; i++) sealed[i] = plaintext[i] ^ stream[BLOCK_OCTETS + i];
      for (let i = 0; i < TAG_OCTETS; i++) sealed[length + i] = mac[i] ^ stream[i];
      return sealed;
    },

    open(key: Bytes, nonce: Bytes, aad: Bytes, sealed: Bytes): Bytes | undefined {
      const length = sealed.length - TAG_OCTETS;
      if (length < 0) return undefined;
      const stream = blocks.ecb(key, counterBlocks(newBytes, nonce, length));
      const plaintext = newBytes(length);
      for (let i = 0; i < length; i++) plaintext[i] = sealed[i] ^ stream[BLOCK_OCTETS + i];
      const mac = blocks.cbcLast(key, macBlocks(newBytes, nonce, aad, plaintext));
      // All eight octets are looked at, so that time tells nothing about where they differ.
      let difference = 0;
      for (let i = 0; i < TAG_OCTETS; i++) {
        difference = difference | (mac[i] ^ stream[i] ^ sealed[length + i]);
      }
      return difference === 0 ? plaintext : undefined;
    },
  };
}
