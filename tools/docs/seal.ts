// One packet sealed, with all that went into it: what a vector shows of a datagram.
// Seals by protocol/oscore.ts; nonce and associated data are shown, never chosen here.

import { toHex } from "../../protocol/bytes.ts";
import { ACK, CON, encodePacket, NON, type Packet, pathOf } from "../../protocol/coap.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { type Context, type Origin, sealAnswer, sealRequest } from "../../protocol/oscore.ts";
import { aadOf, nonceOf } from "../../protocol/oscore-input.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { End, VectorContext } from "./contexts.ts";

/** A datagram of a vector; octets are lower-case hex, which is none for no octets. */
export interface SealedVector {
  from: End;
  /** Slot of the context that it is sealed under. */
  context: number;
  type: string;
  /** The code inside. */
  code: string;
  messageId: number;
  token: string;
  /** Of the resource; "" in answers. */
  path: string;
  payload: string;
  /** The sender's own number; absent in a bare answer, which goes under the request's nonce. */
  piv?: string;
  /** The request that the associated data names: itself, or the one that is answered. */
  requestKid: string;
  requestPiv: string;
  nonce: string;
  aad: string;
  plaintext: string;
  datagram: string;
}

/** What a step of an exchange says; the type of an answer follows from its request's. */
export interface Inner {
  code: number;
  options?: Packet["options"];
  payload?: Bytes;
}

export const NOTHING: Bytes = nodeMachine.bytes(0);

/** Class and detail, as RFCs write them. */
export function codeText(code: number): string {
  return `${Math.floor(code / 32)}.${String(code % 32).padStart(2, "0")}`;
}

export function typeText(type: number): string {
  return type === CON ? "CON" : type === NON ? "NON" : type === ACK ? "ACK" : "RST";
}

function endOf(context: VectorContext, from: End): Context {
  return from === "pager" ? context.pager : context.platform;
}

function shown(
  context: VectorContext,
  from: End,
  packets: { inner: Packet; outer: Packet },
  numbers: { origin: Origin; own: Bytes | undefined },
): SealedVector {
  const { inner, outer } = packets;
  const { origin, own } = numbers;
  const end = endOf(context, from);
  const [pivOwner, piv] = own === undefined ? [origin.kid, origin.piv] : [end.senderId, own];
  const nonce = nonceOf(nodeMachine, end.commonIv, pivOwner, piv);
  const aad = aadOf(nodeMachine, origin.kid, origin.piv);
  const plaintext = nodeMachine.ccm.open(end.senderKey, nonce, aad, outer.payload);
  return {
    from,
    context: context.slot,
    type: typeText(inner.type),
    code: codeText(inner.code),
    messageId: inner.messageId,
    token: toHex(inner.token),
    path: pathOf(inner),
    payload: toHex(inner.payload),
    piv: own === undefined ? undefined : toHex(own),
    requestKid: toHex(origin.kid),
    requestPiv: toHex(origin.piv),
    nonce: toHex(nonce),
    aad: toHex(aad),
    plaintext: toHex(plaintext ?? NOTHING),
    datagram: toHex(encodePacket(nodeMachine, outer)),
  };
}

/** Message id and token of a request follow from its number. */
export function packetOf(type: number, piv: number, inner: Inner): Packet {
  return {
    type,
    code: inner.code,
    messageId: piv % 65_536,
    token: Uint8Array.of(piv % 256),
    options: inner.options ?? [],
    payload: inner.payload ?? NOTHING,
  };
}

export function sealedRequest(
  context: VectorContext,
  from: End,
  piv: number,
  packet: Packet,
): SealedVector {
  const end = endOf(context, from);
  const own = encodePiv(nodeMachine, piv);
  const outer = sealRequest(nodeMachine, end, piv, packet);
  const origin = { kid: end.senderId, piv: own };
  return shown(context, from, { inner: packet, outer }, { origin, own });
}

/** The answer to a request of the other end; with a number of its own where it has content. */
export function sealedAnswer(
  context: VectorContext,
  request: { from: End; piv: number; packet: Packet },
  ownPiv: number | undefined,
  inner: Inner,
): SealedVector {
  const from = request.from === "pager" ? "platform" : "pager";
  const origin = {
    kid: endOf(context, request.from).senderId,
    piv: encodePiv(nodeMachine, request.piv),
  };
  const packet: Packet = {
    ...packetOf(request.packet.type === CON ? ACK : NON, request.piv, inner),
    messageId: request.packet.messageId,
    token: request.packet.token,
  };
  const outer = sealAnswer(nodeMachine, endOf(context, from), origin, ownPiv, packet);
  const own = ownPiv === undefined ? undefined : encodePiv(nodeMachine, ownPiv);
  return shown(context, from, { inner: packet, outer }, { origin, own });
}
