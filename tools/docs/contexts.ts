// The two security contexts of the vectors, as one pager holds them: slot 0 and its spare, slot 1.
// Their secrets are published: whatever is sealed with them is open to everybody.

import type { Context } from "../../protocol/oscore.ts";
import { deriveContext, mirrorOf } from "../../sdk/keys.ts";

export interface VectorContext {
  slot: number;
  masterSecret: Uint8Array;
  masterSalt: Uint8Array;
  /** The pager's half; the platform's is its mirror. */
  pager: Context;
  platform: Context;
}

/** Whose half of a context seals. */
export type End = "pager" | "platform";

function contextOf(slot: number): VectorContext {
  const masterSecret = Uint8Array.from({ length: 16 }, (_, at) => 32 * slot + at + 1);
  const masterSalt = Uint8Array.from({ length: 8 }, (_, at) => 160 + 16 * slot + at);
  const pager = deriveContext(
    { secret: masterSecret, salt: masterSalt },
    { senderId: Uint8Array.of(0xc4, 0x5e, 1 + slot), recipientId: Uint8Array.of(slot) },
  );
  return { slot, masterSecret, masterSalt, pager, platform: mirrorOf(pager) };
}

export const CONTEXTS: readonly [VectorContext, VectorContext] = [contextOf(0), contextOf(1)];
