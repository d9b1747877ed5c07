// `require("crypto")` of Espruino with its faults: CTR ignores its iv, ECB leaves a short tail zero.
// Errors are printed, not thrown, and the result is undefined, as on the interpreter.

import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { octetsOf, type Realm } from "./realm.ts";

const BLOCK_OCTETS = 16;
const HASHES = ["SHA1", "SHA224", "SHA256", "SHA384", "SHA512"];

export interface AesOptions {
  mode?: string;
  iv?: unknown;
}

export function cryptoLibrary(realm: Realm, print: (line: string) => void) {
  /** One of node's ciphers without padding, over whole blocks. */
  function run(
    seal: boolean,
    mode: string,
    key: Uint8Array,
    iv: Uint8Array | null,
    data: Uint8Array,
  ) {
    const name = `aes-${key.length * 8}-${mode}`;
    const cipher = seal ? createCipheriv(name, key, iv) : createDecipheriv(name, key, iv);
    cipher.setAutoPadding(false);
    return Buffer.concat([cipher.update(data), cipher.final()]);
  }

  function refuse(words: string): undefined {
    print(`ERROR: ${words}`);
    return undefined;
  }

  function ecb(seal: boolean, key: Uint8Array, data: Uint8Array): Uint8Array {
    const whole = data.length - (data.length % BLOCK_OCTETS);
    const result = new Uint8Array(data.length);
    result.set(run(seal, "ecb", key, null, data.subarray(0, whole)));
    return result;
  }

  function crypt(seal: boolean, message: unknown, keyData: unknown, options: AesOptions = {}) {
    realm.alive();
    const data = octetsOf(message);
    const key = octetsOf(keyData);
    const mode = options.mode ?? "CBC";
    const zero = new Uint8Array(BLOCK_OCTETS);
    if (!["CBC", "CFB", "CTR", "OFB", "ECB"].includes(mode)) {
      throw realm.error(`Unknown Crypto mode "${mode}"`);
    }
    if (mode === "OFB" || mode === "CFB") return refuse("Feature unavailable");
    if (![16, 24, 32].includes(key.length)) return refuse("Unknown error: -0x20");
    if (mode === "ECB") return realm.newBuffer(ecb(seal, key, data));
    if (mode === "CTR") {
      if (!seal) throw realm.error("CTR decryption is not modelled: on Espruino it is broken");
      return realm.newBuffer(run(true, "ctr", key, zero, data));
    }
    if (data.length % BLOCK_OCTETS !== 0) return refuse("Invalid input length");
    const iv = options.iv === undefined ? zero : octetsOf(options.iv);
    return realm.newBuffer(run(seal, "cbc", key, iv, data));
  }

  const hashes = HASHES.map((name) => [
    name,
    (data: unknown) => realm.newBuffer(createHash(name).update(octetsOf(data)).digest()),
  ]);
  return {
    AES: {
      encrypt: (message: unknown, key: unknown, options?: AesOptions) =>
        crypt(true, message, key, options),
      decrypt: (message: unknown, key: unknown, options?: AesOptions) =>
        crypt(false, message, key, options),
    },
    ...Object.fromEntries(hashes),
  };
}
