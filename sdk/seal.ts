// Keeps secrets sealed at rest with a key-encryption key that is not in the database [design §5].
// The key lives in a file of its own (mode 0600); it is never logged and never leaves this file.
// What is derived from it for other work says nothing about it.

import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OnekeyError, systemCode } from "./error.ts";
import { hexOf, octetsOf } from "./octets.ts";
import type { Random } from "./random.ts";
import type { Store } from "./store/store.ts";

export interface Vault {
  /** Nonce, ciphertext and tag of AES-256-GCM; `label` must be the same again to open it. */
  seal(label: string, plaintext: Uint8Array): Uint8Array;
  /** Throws "key-file-wrong" when the octets were not sealed by this key under this label. */
  open(label: string, sealed: Uint8Array): Uint8Array;
  /** A key of 32 octets for one purpose: the same in every process that has this key file. */
  derive(label: string): Uint8Array;
}

const KEY_OCTETS = 32;
const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;

const CHECK_META = "keyCheck";
const CHECK_LABEL = "check";

/**
 * The vault of a database. A key is made with a new database and never for an old one: an old one
 * without its key is refused here, not at the first alarm.
 */
export async function openVaultFor(
  store: Store,
  options: { dataDir: string; keyFile?: string; random: Random },
): Promise<Vault> {
  const { random } = options;
  const keyFile = keyFileOf(options);
  const check = await store.meta(CHECK_META);
  const vault = openVault({ keyFile, random, mayCreate: check === undefined });
  if (check !== undefined) vault.open(CHECK_LABEL, octetsOf(check));
  else await store.setMeta(CHECK_META, hexOf(vault.seal(CHECK_LABEL, random(TAG_OCTETS))));
  return vault;
}

/** Where the key lies: as asked, as the environment says, or in the data folder. */
export function keyFileOf(options: { dataDir: string; keyFile?: string }): string {
  return options.keyFile ?? process.env.ONEKEY_KEK_FILE ?? join(options.dataDir, "onekey.kek");
}

/** A vault over 32 octets of key; `keyFile` is what an error names. */
export function makeVault(key: Uint8Array, random: Random, keyFile: string): Vault {
  return {
    seal(label, plaintext) {
      const nonce = random(NONCE_OCTETS);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(Buffer.from(label, "utf8"));
      const body = cipher.update(plaintext);
      return Uint8Array.from(Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]));
    },
    open(label, sealed) {
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_OCTETS), {
          authTagLength: TAG_OCTETS,
        });
        decipher.setAAD(Buffer.from(label, "utf8"));
        decipher.setAuthTag(sealed.subarray(sealed.length - TAG_OCTETS));
        const body = sealed.subarray(NONCE_OCTETS, sealed.length - TAG_OCTETS);
        return Uint8Array.from(Buffer.concat([decipher.update(body), decipher.final()]));
      } catch {
        throw new OnekeyError(
          "key-file-wrong",
          `The key file ${keyFile} does not fit this database: ` +
            "put back the key file that was made with it, or name it in ONEKEY_KEK_FILE.",
        );
      }
    },
    derive: (label) => new Uint8Array(hkdfSync("sha256", key, "", `derive/${label}`, KEY_OCTETS)),
  };
}

// internal

interface VaultOptions {
  keyFile: string;
  random: Random;
  /** A new key is made only for a database that holds nothing sealed yet. */
  mayCreate: boolean;
}

function openVault(options: VaultOptions): Vault {
  return makeVault(readKey(options), options.random, options.keyFile);
}

function readKey(options: VaultOptions): Uint8Array {
  const { keyFile, mayCreate, random } = options;
  if (!existsSync(keyFile)) {
    if (!mayCreate) {
      throw new OnekeyError(
        "key-file-missing",
        `The key file ${keyFile} is missing, and the database can't be opened without it: ` +
          "put it back, or name it in ONEKEY_KEK_FILE.",
      );
    }
    createKey(keyFile, random);
  }
  const text = readFileSync(keyFile, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new OnekeyError(
      "key-file-wrong",
      `The key file ${keyFile} is damaged (64 hexadecimal digits expected): put back its copy.`,
    );
  }
  return Uint8Array.from(Buffer.from(text, "hex"));
}

/** `wx`: a key file that appears in between is never overwritten. */
function createKey(keyFile: string, random: Random): void {
  const text = `${Buffer.from(random(KEY_OCTETS)).toString("hex")}\n`;
  try {
    writeFileSync(keyFile, text, { mode: 0o600, flag: "wx", flush: true });
  } catch (error) {
    throw new OnekeyError(
      "data-not-writable",
      `The key file ${keyFile} can't be written (${systemCode(error)}): ` +
        "make its folder writable or name another file in ONEKEY_KEK_FILE.",
    );
  }
}
