// A second reading of each datagram, step by step with the product's own functions, beside the gateway.
// Says how far it can be read and which fault ends it: what the gateway makes of it is held against this.

import { readBlock } from "../../protocol/block.ts";
import {
  ACK,
  BLOCK_1,
  BLOCK_2,
  decodePacket,
  EMPTY,
  type Packet,
  POST,
  pathOf,
  RST,
} from "../../protocol/coap.ts";
import { type Fault, type FaultCode, isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { declarationOf } from "../../protocol/message-lookup.ts";

import { type Context, type Origin, openRequest, readSealed } from "../../protocol/oscore.ts";
import { hexOf } from "../../sdk/octets.ts";

export type Stage =
  /** No CoAP. */
  | "unread"
  /** Empty, or a reset. */
  | "empty"
  | "unsealed"
  /** An answer, to whatever. */
  | "answer"
  /** Nobody has this key identifier. */
  | "stranger"
  /** Not authentic, or malformed inside. */
  | "shut"
  | "opened";

export interface Look {
  readonly stage: Stage;
  /** The one that ends the reading. */
  readonly fault?: FaultCode;
  /** As it came. */
  readonly packet?: Packet;
  readonly kid?: string;
  /** The sender's own. */
  readonly number?: number;
  readonly origin?: Origin;
  /** What is inside. */
  readonly opened?: Packet;
  /** Its message was given to the decoder. */
  readonly decoded: boolean;
}

const ENDED = { decoded: false };

export interface Book {
  readonly machine: Machine;
  /** The platform's halves, by the pager's key identifier. */
  readonly contexts: ReadonlyMap<string, Context>;
}

export function look(book: Book, octets: Bytes): Look {
  const { machine } = book;
  const packet = decodePacket(machine, octets);
  if (isFault(packet)) return { ...ENDED, stage: "unread", fault: packet.fault };
  if (packet.code === EMPTY || packet.type === RST) return { ...ENDED, stage: "empty", packet };
  const sealed = readSealed(machine, packet);
  if (isFault(sealed)) return { ...ENDED, stage: "unsealed", fault: sealed.fault, packet };
  if (packet.type === ACK || packet.code >= 64) return { ...ENDED, stage: "answer", packet };
  const { kid: kidBytes, piv: number, pivBytes } = sealed;
  if (kidBytes === undefined || pivBytes === undefined) {
    return { ...ENDED, stage: "unsealed", packet };
  }
  const kid = hexOf(kidBytes);
  const found = book.contexts.get(kid);
  // Whoever knew one pager only would try that one's context.
  const context = found ?? [...book.contexts.values()][0];
  const opened = openRequest(machine, context, sealed);
  const origin = { kid: kidBytes, piv: pivBytes };
  if (isFault(opened)) {
    const stage = found === undefined ? "stranger" : "shut";
    return { ...ENDED, stage, fault: opened.fault, packet, kid, number, origin };
  }
  return { stage: "opened", packet, kid, number, origin, opened, ...inside(machine, opened) };
}

// internal

function codeOf(value: object | undefined): FaultCode | undefined {
  return value !== undefined && isFault(value) ? (value as Fault).fault : undefined;
}

/** Blocks are judged before the message, which is whole behind the last one only. */
function inside(machine: Machine, opened: Packet): { fault?: FaultCode; decoded: boolean } {
  for (const number of [BLOCK_1, BLOCK_2]) {
    const fault = codeOf(readBlock(opened, number));
    if (fault !== undefined) return { fault, decoded: false };
  }
  const declaration = declarationOf(pathOf(opened));
  if (opened.code !== POST || declaration === undefined) return { decoded: false };
  const values: object = decodeMessage(machine, declaration, opened.payload);
  return { fault: codeOf(values), decoded: true };
}
