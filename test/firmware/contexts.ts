// Both ends of the two contexts of one pager, for tests. The keys are no secret and used nowhere else.

import { encodeIdentity } from "../../firmware/core/identity.ts";
import type { Context } from "../../protocol/oscore.ts";
import { nodeMachine } from "../../sdk/machine.ts";

function octets(length: number, first: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (first + 7 * i) % 256);
}

function pagerEnd(slot: number): Context {
  return {
    senderId: Uint8Array.from([0xc0, 0xff, 0xe0 + slot]),
    recipientId: Uint8Array.from([slot]),
    senderKey: octets(16, 11 + 40 * slot),
    recipientKey: octets(16, 97 + 40 * slot),
    commonIv: octets(13, 200 + 40 * slot),
  };
}

export const PAGER_ENDS: Context[] = [pagerEnd(0), pagerEnd(1)];

export const PLATFORM_ENDS: Context[] = PAGER_ENDS.map((end) => ({
  senderId: end.recipientId,
  recipientId: end.senderId,
  senderKey: end.recipientKey,
  recipientKey: end.senderKey,
  commonIv: end.commonIv,
}));

/** The identity page that these contexts make. */
export function identityImage(addresses: string[]): Uint8Array {
  return encodeIdentity(nodeMachine, {
    contexts: PAGER_ENDS,
    dropped: [false, false],
    addresses,
    apn: "cmiot",
  }) as Uint8Array;
}
