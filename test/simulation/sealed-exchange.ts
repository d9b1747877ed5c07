// Requests of three pagers and the platform's answers to them, sealed as on the wire, for tests.
// Each pair is made from pager and number alone; nobody may change its octets.

import { ACK, CHANGED, CON, encodePacket, type Packet, POST } from "../../protocol/coap.ts";
import { sealAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import { PAGER, PLATFORM } from "../protocol/contexts.ts";
import { hex } from "../protocol/octets.ts";

export const KIDS: Record<string, string> = { p1: "c0ffe1", p2: "c0ffe2", p3: "c0ffe3" };
export const PAGERS = Object.keys(KIDS);

export interface SealedExchange {
  readonly up: Uint8Array;
  readonly down: Uint8Array;
}

/** Sealing is slow, and the octets are the same each time. */
const sealed = new Map<string, SealedExchange>();

export function exchangeOf(pager: string, piv: number): SealedExchange {
  const name = `${pager}/${piv}`;
  const exchange = sealed.get(name) ?? sealExchange(pager, piv);
  sealed.set(name, exchange);
  return exchange;
}

function sealExchange(pager: string, piv: number): SealedExchange {
  const kid = hex(KIDS[pager]);
  const packet: Packet = {
    type: CON,
    code: POST,
    messageId: 1000 + piv,
    token: Uint8Array.of(piv % 256),
    options: [],
    payload: Uint8Array.of(1, 2, 3, piv % 256),
  };
  const request = sealRequest(nodeMachine, { ...PAGER, senderId: kid }, piv, packet);
  const answer = sealAnswer(
    nodeMachine,
    { ...PLATFORM, recipientId: kid },
    { kid, piv: encodePiv(nodeMachine, piv) },
    undefined,
    { ...packet, type: ACK, code: CHANGED, payload: new Uint8Array(0) },
  );
  return {
    up: toOctets(encodePacket(nodeMachine, request)),
    down: toOctets(encodePacket(nodeMachine, answer)),
  };
}
