// What provisioning gives a pager for good: two contexts, addresses, APN; and drop marks.
// Never leaves the pager again: nothing here is ever sent or logged.

import { fromText, toText } from "../../protocol/bytes.ts";
import {
  finish,
  newReader,
  newWriter,
  type Reader,
  readArray,
  readBytes,
  readInt,
  writeArray,
  writeBytes,
  writeInt,
} from "../../protocol/cbor.ts";
import { crc16 } from "../../protocol/crc.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { Context } from "../../protocol/oscore.ts";
import { PAGES_IDENTITY } from "./limits.ts";
import type { Moment } from "./moment.ts";
import {
  appendRecord,
  frameNumbers,
  frameRecord,
  openPages,
  pageImage,
  readNumbers,
  roomOf,
  type StoredRecord,
  turnPage,
} from "./pages.ts";
import { type Identity, newIdentity, type PagePair } from "./state.ts";

/** Types of records, apart from those of the journal. */
const CONTEXT = 16;
const ADDRESS = 17;
const APN = 18;
const DROP = 19;
const FRESH = 20;
const USED = 21;

/** What provisioning knows of it. */
export interface Provisioned {
  contexts: Context[];
  dropped: boolean[];
  addresses: string[];
  apn: string;
}

/** Where a new context lies until it has proved itself: behind the two. */
export const FRESH_SLOT = 2;

/** With an id it is the new one, brought by that command for that slot. */
function contextFact(machine: Machine, slot: number, context: Context, id: number): Bytes {
  const writer = newWriter(machine, 64);
  writeArray(writer, id > 0 ? 7 : 6);
  writeInt(writer, slot);
  writeBytes(writer, context.senderId);
  writeBytes(writer, context.recipientId);
  writeBytes(writer, context.senderKey);
  writeBytes(writer, context.recipientKey);
  writeBytes(writer, context.commonIv);
  if (id > 0) writeInt(writer, id);
  return frameRecord(machine, id > 0 ? FRESH : CONTEXT, finish(machine, writer));
}

/** What tells one context from another that the same slot has held. */
function markOf(context: Context): number {
  return crc16(context.senderId, 0, context.senderId.length);
}

function usedFact(machine: Machine, identity: Identity): Bytes {
  const first = identity.first;
  const mark = markOf(identity.contexts[first]);
  return frameNumbers(machine, USED, [first, identity.floor, mark]);
}

function freshFact(machine: Machine, identity: Identity): Bytes {
  const context = identity.contexts[FRESH_SLOT];
  return contextFact(machine, identity.freshSlot, context, identity.freshId);
}

function factsOf(machine: Machine, identity: Identity): Bytes[] {
  const facts: Bytes[] = [];
  for (let slot = 0; slot < identity.contexts.length && slot < FRESH_SLOT; slot++) {
    facts.push(contextFact(machine, slot, identity.contexts[slot], 0));
    if (identity.dropped[slot]) facts.push(frameNumbers(machine, DROP, [slot]));
  }
  for (let i = 0; i < identity.addresses.length; i++) {
    facts.push(frameRecord(machine, ADDRESS, fromText(machine, identity.addresses[i])));
  }
  facts.push(frameRecord(machine, APN, fromText(machine, identity.apn)));
  if (identity.first + identity.floor > 0) facts.push(usedFact(machine, identity));
  if (identity.freshId > 0) facts.push(freshFact(machine, identity));
  return facts;
}

/** The five octet strings of a context, as storage and the command that brings a new one have them. */
export function readContext(machine: Machine, reader: Reader): Context {
  return {
    senderId: readBytes(machine, reader),
    recipientId: readBytes(machine, reader),
    senderKey: readBytes(machine, reader),
    recipientKey: readBytes(machine, reader),
    commonIv: readBytes(machine, reader),
  };
}

function takeContext(machine: Machine, identity: Identity, payload: Bytes, fresh: boolean): void {
  const reader = newReader(payload);
  readArray(reader);
  const slot = readInt(reader);
  const context = readContext(machine, reader);
  const id = fresh ? readInt(reader) : 0;
  if (reader.fault !== "" || slot >= FRESH_SLOT) return;
  if (fresh) {
    identity.contexts[FRESH_SLOT] = context;
    identity.dropped[FRESH_SLOT] = false;
    identity.freshSlot = slot;
    identity.freshId = id;
    return;
  }
  // Slots are written in order; what doesn't fit is not ours.
  if (slot !== identity.contexts.length) return;
  identity.contexts.push(context);
  identity.dropped.push(false);
}

/** The new context takes the place of its slot once this says so; a mark of another one is stale. */
function takeUsed(identity: Identity, numbers: number[]): void {
  if (numbers.length !== 3) return;
  const slot = numbers[0];
  if (identity.freshId > 0 && slot === identity.freshSlot) {
    if (markOf(identity.contexts[FRESH_SLOT]) === numbers[2]) {
      identity.contexts[slot] = identity.contexts[FRESH_SLOT];
      identity.dropped[slot] = false;
      identity.contexts.splice(FRESH_SLOT, 1);
      identity.dropped.splice(FRESH_SLOT, 1);
      identity.freshId = 0;
    }
  }
  if (markOf(identity.contexts[slot]) !== numbers[2]) return;
  identity.first = slot;
  identity.floor = numbers[1];
}

function takeRecord(machine: Machine, identity: Identity, record: StoredRecord): void {
  switch (record.type) {
    case CONTEXT:
      takeContext(machine, identity, record.payload, false);
      break;
    case FRESH:
      takeContext(machine, identity, record.payload, true);
      break;
    case USED:
      takeUsed(identity, readNumbers(record.payload, 3));
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
  const identity = newIdentity();
  const records = openPages(machine, pages, pair);
  for (let i = 0; i < records.length; i++) takeRecord(machine, identity, records[i]);
  // A torn record that has all bits of a drop mark may be one [wire §1.5]. Of the last slot it is
  // not needed: the journal forgets a slot before it is marked.
  if (pair.torn > 0 && (pair.tornType & DROP) === DROP && identity.contexts.length > 1) {
    if (!identity.dropped[1 - identity.first]) identity.dropped[identity.first] = true;
  }
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
    tornType: 0,
    doubtful: false,
  };
  return openIdentity(machine, pages, pair);
}

/** The identity page that provisioning writes; its length is a multiple of 4. */
export function encodeIdentity(machine: Machine, provisioned: Provisioned): Bytes {
  const identity = newIdentity();
  identity.contexts = provisioned.contexts;
  identity.dropped = provisioned.dropped;
  identity.addresses = provisioned.addresses;
  identity.apn = provisioned.apn;
  return pageImage(machine, PAGES_IDENTITY, 1, factsOf(machine, identity));
}

/** Behind a torn record, and in a full page, nothing can be added: the other page goes on. */
function noteIdentity(moment: Moment, framed: Bytes): void {
  const state = moment.pager;
  const pair = state.identityPages;
  if (roomOf(pair, false) >= framed.length) {
    appendRecord(moment.effects, pair, framed);
    return;
  }
  turnPage(
    moment.machine,
    moment.effects,
    pair,
    1 - pair.page,
    factsOf(moment.machine, state.identity),
  );
}

/** A slot is never to be used again. */
export function noteDropped(moment: Moment, slot: number): void {
  noteIdentity(moment, frameNumbers(moment.machine, DROP, [slot]));
}

/** A new context lies beside the others. */
export function noteFresh(moment: Moment): void {
  noteIdentity(moment, freshFact(moment.machine, moment.pager.identity));
}

/** Which slot is used from here on, and how far the numbers of the other one go. */
export function noteUsed(moment: Moment): void {
  noteIdentity(moment, usedFact(moment.machine, moment.pager.identity));
}
