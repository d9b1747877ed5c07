// What goes into the cipher beside key and text: nonce and associated data [RFC 8613 §5.2, §5.4].
// Pure functions of ids and numbers; that no nonce serves two texts is for the callers to keep.

import { putBytes } from "./bytes.ts";
import { NONCE_OCTETS } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

/** Heads of the CBOR around it, all in one octet: ids and numbers have 7 octets at most. */
const OCTETS_OF = 64;
const ARRAY_OF = 128;
const TEXT_OF = 96;
const ENCRYPT0 = [69, 110, 99, 114, 121, 112, 116, 48];
const OSCORE_VERSION = 1;
const AES_CCM_16_64_128 = 10;

/**
 * The nonce of whoever has the id `pivOwner` and numbers its text `piv`: length of the id, the id
 * and the number, each filled up to the left, over the common IV [RFC 8613 §5.2].
 */
export function nonceOf(machine: Machine, commonIv: Bytes, pivOwner: Bytes, piv: Bytes): Bytes {
  const nonce = machine.bytes(NONCE_OCTETS);
  nonce[0] = pivOwner.length;
  putBytes(nonce, NONCE_OCTETS - 5 - pivOwner.length, pivOwner);
  putBytes(nonce, NONCE_OCTETS - piv.length, piv);
  for (let i = 0; i < NONCE_OCTETS; i++) nonce[i] = nonce[i] ^ commonIv[i];
  return nonce;
}

function putString(bytes: Bytes, at: number, value: Bytes): number {
  bytes[at] = OCTETS_OF + value.length;
  return putBytes(bytes, at + 1, value);
}

/**
 * The Enc_structure with the external associated data inside [RFC 8613 §5.4, RFC 9052 §5.3].
 * Request and answer both name the request: that binds an answer to its request.
 */
export function aadOf(machine: Machine, requestKid: Bytes, requestPiv: Bytes): Bytes {
  const innerOctets = 7 + requestKid.length + requestPiv.length;
  const aad = machine.bytes(12 + innerOctets);
  aad[0] = ARRAY_OF + 3;
  aad[1] = TEXT_OF + ENCRYPT0.length;
  for (let i = 0; i < ENCRYPT0.length; i++) aad[2 + i] = ENCRYPT0[i];
  aad[10] = OCTETS_OF;
  aad[11] = OCTETS_OF + innerOctets;
  aad[12] = ARRAY_OF + 5;
  aad[13] = OSCORE_VERSION;
  aad[14] = ARRAY_OF + 1;
  aad[15] = AES_CCM_16_64_128;
  const at = putString(aad, putString(aad, 16, requestKid), requestPiv);
  // No option is of class I [RFC 8613 §4.1].
  aad[at] = OCTETS_OF;
  return aad;
}
