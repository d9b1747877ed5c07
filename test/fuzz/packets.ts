// CoAP and OSCORE as an attacker writes them who has the key: every part can be wrong by itself.
// Only the seal is the product's own: what is inside and around it is made here.

import { NONCE_OCTETS } from "../../protocol/limits.ts";
import type { Context } from "../../protocol/oscore.ts";
import { aadOf, nonceOf } from "../../protocol/oscore-input.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";

export interface RawOption {
  readonly number: number;
  readonly value: readonly number[];
}

/** What goes out in the clear around a body. */
export interface RawHeader {
  version: number;
  type: number;
  code: number;
  messageId: number;
  token: readonly number[];
  /** What the header says of the token, where it lies. */
  tokenLength?: number;
}

export const MARKER = 0xff;
const OSCORE_NUMBER = 9;

/** Nibble and the octets behind it [RFC 7252 §3.1]. */
function extended(value: number): { nibble: number; more: number[] } {
  if (value < 13) return { nibble: value, more: [] };
  if (value < 269) return { nibble: 13, more: [value - 13] };
  return { nibble: 14, more: [((value - 269) >> 8) & 255, (value - 269) & 255] };
}

/** Options in ascending order, then `tail` as it is: marker and payload, or something worse. */
export function bodyOf(options: readonly RawOption[], tail: readonly number[]): number[] {
  const sorted = [...options].sort((a, b) => a.number - b.number);
  let previous = 0;
  const octets = sorted.flatMap(({ number, value }) => {
    const delta = extended(number - previous);
    const length = extended(value.length);
    previous = number;
    return [delta.nibble * 16 + length.nibble, ...delta.more, ...length.more, ...value];
  });
  return [...octets, ...tail];
}

export function payloadTail(payload: readonly number[]): number[] {
  return payload.length === 0 ? [] : [MARKER, ...payload];
}

export function datagramOf(header: RawHeader, body: readonly number[]): Uint8Array {
  const { version, type, code, messageId, token, tokenLength = token.length } = header;
  const first = ((version & 3) << 6) | ((type & 3) << 4) | (tokenLength & 15);
  return Uint8Array.from([first, code, messageId >> 8, messageId & 255, ...token, ...body]);
}

/** A number in the fewest octets; 0 in one [RFC 8613 §5]. */
export function pivOf(number: number): number[] {
  if (number > 65535) return [number >> 16, (number >> 8) & 255, number & 255];
  return number > 255 ? [number >> 8, number & 255] : [number];
}

/** Whose number makes the nonce, and which request both ends name; of a request both are one. */
export interface SealInput {
  readonly owner: Uint8Array;
  readonly piv: readonly number[];
  readonly requestKid: Uint8Array;
  readonly requestPiv: readonly number[];
}

/** Longer ones would not fit the nonce; what is announced in the option is another matter. */
function fitting(owner: Uint8Array, piv: readonly number[]): Uint8Array {
  return Uint8Array.from(piv).subarray(0, NONCE_OCTETS - 1 - owner.length);
}

/** Ciphertext and tag of any text. */
export function sealText(context: Context, input: SealInput, text: readonly number[]): number[] {
  const { owner, piv, requestKid, requestPiv } = input;
  const nonce = nonceOf(nodeMachine, context.commonIv, owner, fitting(owner, piv));
  const aad = aadOf(nodeMachine, requestKid, fitting(requestKid, requestPiv));
  const sealed = nodeMachine.ccm.seal(context.senderKey, nonce, aad, Uint8Array.from(text));
  return [...toOctets(sealed)];
}

/** The OSCORE option; a kid that is absent differs from one without octets. */
export function oscoreOption(parts: {
  piv: readonly number[];
  kid?: readonly number[];
  kidContext?: readonly number[];
}): RawOption {
  const { piv, kid, kidContext } = parts;
  const flags = piv.length + (kidContext === undefined ? 0 : 16) + (kid === undefined ? 0 : 8);
  const context = kidContext === undefined ? [] : [kidContext.length, ...kidContext];
  const value = flags === 0 ? [] : [flags, ...piv, ...context, ...(kid ?? [])];
  return { number: OSCORE_NUMBER, value };
}
