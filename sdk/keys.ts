// Derives what both ends of a security context hold from its master secret [RFC 8613 §3.2].
// Runs on the host only: a pager is given derived keys and never the secret [design §3].

import { hkdfSync } from "node:crypto";
import type { Context } from "../protocol/oscore.ts";

/** What a context grows from. 16 and 8 octets here; the RFC leaves both lengths open. */
export interface MasterSecret {
  secret: Uint8Array;
  salt: Uint8Array;
}

export interface ContextIds {
  senderId: Uint8Array;
  recipientId: Uint8Array;
  /** The ID Context, where the context has one [RFC 8613 §3.1]. */
  idContext?: Uint8Array;
}

const AES_CCM_16_64_128 = 10;
const KEY_OCTETS = 16;
const NONCE_OCTETS = 13;

export function deriveContext(master: MasterSecret, ids: ContextIds): Context {
  const derive = (id: Uint8Array, type: "Key" | "IV", length: number) =>
    hkdf(master, infoOf(id, ids.idContext, type, length), length);
  return {
    senderId: ids.senderId,
    recipientId: ids.recipientId,
    senderKey: derive(ids.senderId, "Key", KEY_OCTETS),
    recipientKey: derive(ids.recipientId, "Key", KEY_OCTETS),
    commonIv: derive(new Uint8Array(0), "IV", NONCE_OCTETS),
  };
}

/** The same context as the other end has it: sender and recipient change places. */
export function mirrorOf(context: Context): Context {
  return {
    senderId: context.recipientId,
    recipientId: context.senderId,
    senderKey: context.recipientKey,
    recipientKey: context.senderKey,
    commonIv: context.commonIv,
  };
}

function hkdf(master: MasterSecret, info: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", master.secret, master.salt, info, length));
}

/** info = [id, id_context / nil, alg_aead, type, L] as deterministic CBOR [RFC 8613 §3.2.1]. */
function infoOf(
  id: Uint8Array,
  idContext: Uint8Array | undefined,
  type: "Key" | "IV",
  length: number,
): Uint8Array {
  const cborOfIdContext = idContext === undefined ? [0xf6] : byteString(idContext);
  const text = [0x60 + type.length, ...Buffer.from(type, "ascii")];
  return Uint8Array.from([
    0x85,
    ...byteString(id),
    ...cborOfIdContext,
    AES_CCM_16_64_128,
    ...text,
    length,
  ]);
}

/** Ids are at most 7 octets and ID Contexts are short: one octet of head holds below 24. */
function byteString(bytes: Uint8Array): number[] {
  return [0x40 + bytes.length, ...bytes];
}
