// What an engine lends to the wire: octets, division, one cipher and one hash.
// Pure interface: no engine is named here and nothing is implemented.

/** Octets, index 0 first. Uint8Array on JavaScript engines, a table with `length` on Lua. */
export interface Bytes {
  readonly length: number;
  [index: number]: number;
}

/** AES-CCM-16-64-128: 13-byte nonce, 8-byte tag, 16-byte key [RFC 9053 §4.2, RFC 3610]. */
export interface Ccm {
  /** Returns ciphertext with the 8-byte tag behind it. */
  seal(key: Bytes, nonce: Bytes, aad: Bytes, plaintext: Bytes): Bytes;
  /** Returns the plaintext, or undefined when the tag is wrong or the input is shorter than a tag. */
  open(key: Bytes, nonce: Bytes, aad: Bytes, sealed: Bytes): Bytes | undefined;
}

/** AES-128 as every target has it. CTR is left out: Espruino's ignores its iv. */
export interface BlockCipher {
  /** CBC with a zero iv over whole blocks; returns the last block only: the MAC of CCM. */
  cbcLast(key: Bytes, blocks: Bytes): Bytes;
  /** ECB over whole blocks: the key stream of CCM. */
  ecb(key: Bytes, blocks: Bytes): Bytes;
}

export interface Machine {
  /** New octets, all zero. */
  bytes(length: number): Bytes;
  /** Floor of a / b for 0 <= a < 2^31 and b > 0; exact where a bare `/` is not (32-bit floats). */
  divide(a: number, b: number): number;
  /** SHA-256, 32 octets. */
  sha256(bytes: Bytes): Bytes;
  readonly ccm: Ccm;
}
