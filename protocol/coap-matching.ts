// What a CoAP message is, which answer belongs to which request, and what rejects a message.
// Pure: keeps no list of what was asked, and ends nothing: that takes an opened answer [wire §2.4].

import { equalBytes, getUint, putUint, shiftDown } from "./bytes.ts";
import { ACK, CON, EMPTY, NON, type Packet, RST } from "./coap.ts";
import type { Bytes, Machine } from "./machine.ts";

const HEADER_OCTETS = 4;
/** Version 1 and the type that wants a reply, in the first four bits. */
const VERSION_AND_CON = 4;
const ANSWER_CODES = 64;

/**
 * What a packet may be used for, by type and code, as in table 1 of [RFC 7252 §4.3]. A "probe" is an empty
 * confirmable message, which only wants a reset; "empty" is an empty acknowledgement or a reset;
 * "misused" is what that table leaves no use for.
 */
export type Usage = "request" | "answer" | "probe" | "empty" | "misused";

export function usageOf(packet: Packet): Usage {
  if (packet.code === EMPTY) {
    if (packet.type === CON) return "probe";
    return packet.type === NON ? "misused" : "empty";
  }
  if (packet.type === RST) return "misused";
  if (packet.code >= ANSWER_CODES) return "answer";
  return packet.type === ACK ? "misused" : "request";
}

/** The empty acknowledgement, or the reset, of the message with this id [RFC 7252 §4.2]. */
export function emptyPacket(machine: Machine, type: number, messageId: number): Bytes {
  const bytes = machine.bytes(HEADER_OCTETS);
  bytes[0] = 64 + type * 16;
  putUint(bytes, 2, messageId, 2);
  return bytes;
}

/** What a request was sent with. */
export interface Asked {
  messageId: number;
  token: Bytes;
}

/**
 * Whether a packet is an answer to this request: of a piggybacked one token and message id are the
 * request's, of a separate one the token [RFC 7252 §5.3.2]. Whose it is, only opening it tells.
 */
export function isAnswerTo(packet: Packet, asked: Asked): boolean {
  if (usageOf(packet) !== "answer" || !equalBytes(packet.token, asked.token)) return false;
  return packet.type !== ACK || packet.messageId === asked.messageId;
}

/**
 * What goes back at once for an answer: a separate confirmable one is acknowledged by an empty
 * message where it was expected, each copy of it anew, and reset where it wasn't. Nothing goes back
 * for any other [RFC 7252 §4.2, §4.5, §5.2.2, §5.3.2].
 */
export function replyToAnswer(
  machine: Machine,
  packet: Packet,
  expected: boolean,
): Bytes | undefined {
  if (packet.type !== CON) return undefined;
  return emptyPacket(machine, expected ? ACK : RST, packet.messageId);
}

/**
 * The reset that rejects octets which can't be processed: of a confirmable message of version 1,
 * malformed or not. Silence is due to all else [RFC 7252 §3, §4.2, §4.3].
 */
export function resetFor(machine: Machine, bytes: Bytes): Bytes | undefined {
  if (bytes.length < HEADER_OCTETS || shiftDown(bytes[0], 16) !== VERSION_AND_CON) return undefined;
  return emptyPacket(machine, RST, getUint(bytes, 2, 2));
}
