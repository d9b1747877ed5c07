// A datagram as anybody on the way can read it: header, key identifier, number, and its sealed text.
// Opens nothing and holds no key of either end.

import { CHANGED, decodePacket, POST } from "../../../../protocol/coap.ts";
import { isFault } from "../../../../protocol/fault.ts";
import type { Bytes } from "../../../../protocol/machine.ts";
import { readSealed } from "../../../../protocol/oscore.ts";
import { nodeMachine } from "../../../../sdk/machine.ts";
import { hexOf } from "../../../../sdk/octets.ts";

export interface Outer {
  readonly kind: "request" | "answer";
  /** Of the exchange: message id and token. */
  readonly exchange: string;
  readonly kid: string | undefined;
  readonly piv: number | undefined;
  /** Of the sealed text: its octets, and a number that is the same for the same ones. */
  readonly octets: number;
  readonly text: number;
}

/** Undefined for what is not sealed. */
export function outerOf(bytes: Uint8Array): Outer | undefined {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet) || (packet.code !== POST && packet.code !== CHANGED)) return undefined;
  const sealed = readSealed(nodeMachine, packet);
  if (isFault(sealed)) return undefined;
  return {
    kind: packet.code === POST ? "request" : "answer",
    exchange: `${packet.messageId} ${hexOf(packet.token)}`,
    kid: sealed.kid === undefined ? undefined : hexOf(sealed.kid),
    piv: sealed.piv,
    octets: packet.payload.length,
    text: markOf(packet.payload),
  };
}

/** 53 bits of two sums by FNV-1a: two texts of one world have the same mark by no accident. */
function markOf(bytes: Bytes): number {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let at = 0; at < bytes.length; at++) {
    low = Math.imul(low ^ bytes[at], 0x01000193);
    high = Math.imul(high ^ bytes[at], 0x01000193) ^ (high >>> 15);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
