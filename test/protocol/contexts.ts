// The two ends of one security context, for tests. The keys are no secret and used nowhere else.

import type { Context } from "../../protocol/oscore.ts";
import { hex } from "./octets.ts";

/** A pager's end: its own id has three octets, the platform's is the slot. */
export const PAGER: Context = {
  senderId: hex("c0ffee"),
  recipientId: hex("00"),
  senderKey: hex("000102030405060708090a0b0c0d0e0f"),
  recipientKey: hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
  commonIv: hex("a0a1a2a3a4a5a6a7a8a9aaabac"),
};

/** The platform's end of the same context. */
export const PLATFORM: Context = {
  senderId: PAGER.recipientId,
  recipientId: PAGER.senderId,
  senderKey: PAGER.recipientKey,
  recipientKey: PAGER.senderKey,
  commonIv: PAGER.commonIv,
};
