// What provisioning writes into a pager: the first identity page and the first journal page.
// Makes octets only; how they reach a board's storage is the caller's.

import { encodeIdentity } from "../../firmware/core/identity.ts";
import { blankJournal } from "../../firmware/core/journal.ts";
import { PAGES_IDENTITY, PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { fromHex } from "../../protocol/bytes.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { Provisioning } from "../../sdk/register.ts";

export interface ProvisioningOrder {
  provisioning: Provisioning;
  /** Platform addresses as "ip:port", the first one first. */
  addresses: string[];
  apn: string;
}

/** The beginning of one storage page; what follows in it stays blank. */
export interface PageImage {
  page: number;
  bytes: Bytes;
}

const hex = (text: string): Bytes => fromHex(nodeMachine, text);

/** Pages for blank storage. A pager that was provisioned before must be erased first. */
export function provisioningPages(order: ProvisioningOrder): PageImage[] {
  const contexts = order.provisioning.contexts.map((context) => ({
    senderId: hex(context.kid),
    recipientId: hex(context.platformId),
    senderKey: hex(context.senderKey),
    recipientKey: hex(context.recipientKey),
    commonIv: hex(context.commonIv),
  }));
  const identity = {
    contexts,
    dropped: contexts.map(() => false),
    addresses: order.addresses,
    apn: order.apn,
  };
  return [
    { page: PAGES_IDENTITY, bytes: encodeIdentity(nodeMachine, identity) },
    { page: PAGES_JOURNAL, bytes: blankJournal(nodeMachine) },
  ];
}

const PIECE_OCTETS = 64;

/** The same pages as lines for the console of an `espruino-linux` bundle; keys are in them. */
export function provisioningLines(order: ProvisioningOrder): string[] {
  const lines: string[] = [];
  for (const { page, bytes } of provisioningPages(order)) {
    const octets = Buffer.from(bytes as Uint8Array);
    for (let at = 0; at < octets.length; at += PIECE_OCTETS) {
      const piece = octets.subarray(at, at + PIECE_OCTETS).toString("hex");
      lines.push(`writePiece(${page},${at},"${piece}")`);
    }
  }
  return lines;
}
