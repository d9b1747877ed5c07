// Makes security contexts, for a bench or a renewal: key identifiers, master secrets, derived keys.
// Hands the derived half to the provisioner once; what stays here is sealed [wire §1.5].

import type { Context } from "../protocol/oscore.ts";
import type { SealedContext } from "./events.ts";
import { sealContext } from "./gateway/lines.ts";
import { deriveContext } from "./keys.ts";
import { hexOf } from "./octets.ts";
import type { Random } from "./random.ts";
import type { Vault } from "./seal.ts";

/** A context as it goes onto the pager, from the pager's point of view; all hexadecimal. */
export interface ProvisionedContext {
  slot: number;
  /** The pager's own id: 3 octets. */
  kid: string;
  /** The platform's id: 1 octet, the slot. */
  platformId: string;
  senderKey: string;
  recipientKey: string;
  commonIv: string;
}

export interface Provisioning {
  contexts: ProvisionedContext[];
}

export interface NewContexts {
  provisioning: Provisioning;
  sealed: SealedContext[];
}

const SLOTS = [0, 1];
const KID_OCTETS = 3;
/** Master secret of 16 octets, then a salt of 8. */
const SECRET_OCTETS = 16;
const SALT_OCTETS = 8;

/** New key identifiers and keys each time: provisioning again never uses old ones. */
export function makeContexts(random: Random, vault: Vault): NewContexts {
  const made = SLOTS.map((slot) => makeContext(random, vault, slot));
  return {
    provisioning: { contexts: made.map((one) => one.provisioned) },
    sealed: made.map((one) => one.sealed),
  };
}

export function makeContext(
  random: Random,
  vault: Vault,
  slot: number,
): { provisioned: ProvisionedContext; sealed: SealedContext } {
  const kidOctets = random(KID_OCTETS);
  const kid = hexOf(kidOctets);
  const secret = random(SECRET_OCTETS + SALT_OCTETS);
  const context = deriveContext(
    { secret: secret.subarray(0, SECRET_OCTETS), salt: secret.subarray(SECRET_OCTETS) },
    { senderId: kidOctets, recipientId: Uint8Array.of(slot) },
  );
  return {
    provisioned: provisionedOf(slot, context),
    sealed: { kid, slot, sealed: sealContext(vault, kid, slot, secret) },
  };
}

// internal

function provisionedOf(slot: number, context: Context): ProvisionedContext {
  return {
    slot,
    kid: hexOf(context.senderId),
    platformId: hexOf(context.recipientId),
    senderKey: hexOf(context.senderKey),
    recipientKey: hexOf(context.recipientKey),
    commonIv: hexOf(context.commonIv),
  };
}
