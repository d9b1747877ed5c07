// What provisioning gives a pager for good: two contexts, addresses, APN; and drop marks.
// Never leaves the pager again: nothing here is ever sent or logged.

import { fromText, toText } from "../../protocol/bytes.ts";
import {
  finish,
  newReader,
  newWriter,
  readArray,
  readBytes,
  readInt,
  writeArray,
  writeBytes,
  writeInt,
} from "../../protocol/cbor.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { Context } from "../../protocol/oscore.ts";
import type { Effect } from "./effect.ts";
import { PAGES_IDENTITY } from "./limits.ts";
import {
  appendRecord,
  frameNumbers,
  frameRecord,
  openPages,
  pageImage,
  readNumbers,
  roomOf,
  type StoredRecord,
} from "./pages.ts";
import type { Identity, PagePair, State } from "./state.ts";

/** Types of records, apart from those of the journal. */
const CONTEXT = 16;
const ADDRESS = 17;
const APN = 18;
const DROP = 19;

/** Provisioning makes two contexts, slot 0 and slot 1 [wire §1.5]. */
const CONTEXTS_MAX = 2;

function contextFact(machine: Machine, slot: number, context: Context): Bytes {
  const writer = newWriter(machine, 64);
  writeArray(writer, 6);
  writeInt(writer, slot);
  writeBytes(writer, context.senderId);
  writeBytes(writer, context.recipientId);
  writeBytes(writer, context.senderKey);
  writeBytes(writer, context.recipientKey);
  writeBytes(writer, context.commonIv);
  return frameRecord(machine, CONTEXT, finish(machine, writer));
}

function factsOf(machine: Machine, identity: Identity): Bytes[] {
  const facts: Bytes[] = [];
  for (let slot = 0; slot < identity.contexts.length; slot++) {
    facts.push(contextFact(machine, slot, identity.contexts[slot]));
    if (identity.dropped[slot]) facts.push(frameNumbers(machine, DROP, [slot]));
  }
  for (let i = 0; i < identity.addresses.length; i++) {
    facts.push(frameRecord(machine, ADDRESS, fromText(machine, identity.addresses[i])));
  }
  facts.push(frameRecord(machine, APN, fromText(machine, identity.apn)));
  return facts;
}

function takeContext(machine: Machine, identity: Identity, payload: Bytes): void {
  const reader = newReader(payload);
  readArray(reader);
  const slot = readInt(reader);
  const context: Context = {
    senderId: readBytes(machine, reader),
    recipientId: readBytes(machine, reader),
    senderKey: readBytes(machine, reader),
    recipientKey: readBytes(machine, reader),
    commonIv: readBytes(machine, reader),
  };
  // Slots are written in order; what doesn't fit is not ours.
  if (reader.fault !== "" || slot !== identity.contexts.length || slot >= CONTEXTS_MAX) return;
  identity.contexts.push(context);
  identity.dropped.push(false);
}

function takeRecord(machine: Machine, identity: Identity, record: StoredRecord): void {
  switch (record.type) {
    case CONTEXT:
      takeContext(machine, identity, record.payload);
      break;
    case ADDRESS:
      identity.addresses.push(toText(record.payload));
      break;
    case APN:
      identity.apn = toText(record.payload);
      break;
    case DROP: {
      const slots = readNumbers(record.payload, 1);
      if (slots.length === 1 && slots[0] >= 0 && slots[0] < identity.dropped.length) {
        identity.dropped[slots[0]] = true;
      }
      break;
    }
  }
}

/** Reads both identity pages and leaves in `pair` where writing goes on. */
export function openIdentity(machine: Machine, pages: Bytes[], pair: PagePair): Identity {
  const identity: Identity = { contexts: [], dropped: [], addresses: [], apn: "" };
  const records = openPages(machine, pages, pair);
  for (let i = 0; i < records.length; i++) takeRecord(machine, identity, records[i]);
  // Only a drop mark is ever added to these pages; a cut may have torn it [wire §1.5].
  if (pair.torn > 0 && identity.dropped.length > 0) identity.dropped[0] = true;
  return identity;
}

/** The identity in two storage pages; without contexts where the pager was never provisioned. */
export function decodeIdentity(machine: Machine, pages: Bytes[]): Identity {
  const pair = {
    first: PAGES_IDENTITY,
    page: -1,
    at: 0,
    generation: 0,
    torn: 0,
    doubtful: false,
  };
  return openIdentity(machine, pages, pair);
}

/** The identity page that provisioning writes; its length is a multiple of 4. */
export function encodeIdentity(machine: Machine, identity: Identity): Bytes {
  return pageImage(machine, PAGES_IDENTITY, 1, factsOf(machine, identity));
}

/**
 * Writes that a slot is never to be used again. Behind a torn mark nothing can be added, and
 * nothing need be: it counts as the mark of slot 0, and slot 1 has no other behind it.
 */
export function noteDropped(machine: Machine, effects: Effect[], state: State, slot: number): void {
  const framed = frameNumbers(machine, DROP, [slot]);
  if (roomOf(state.identityPages, false) >= framed.length) {
    appendRecord(effects, state.identityPages, framed);
  }
}
