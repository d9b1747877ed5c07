// A datagram and the sealed request in it: each stage has its own type, so that none is skipped.
// Parsing costs little and opens nothing [wire §3].

import { ACK, decodePacket, EMPTY, type Packet, RST } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { DATAGRAM_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { type Origin, readSealed, type Sealed } from "../../protocol/oscore.ts";
import type { CarrierName } from "../events.ts";
import { hexOf } from "../octets.ts";
import type { Refusal } from "./counters.ts";

/**
 * The other end, as its carrier shows it. UDP: address and port of its socket. SMS: its number, with
 * "+". Serial: the path of the line. Port 0 where there is none.
 */
export interface Source {
  carrier: CarrierName;
  address: string;
  port: number;
}

export interface Datagram {
  bytes: Bytes;
  from: Source;
}

/** Sealed and not opened: nothing in it is proven. */
export interface SealedRequest {
  stage: "sealed";
  from: Source;
  octets: number;
  sealed: Sealed;
  kid: string;
  piv: number;
  origin: Origin;
}

/** An answer to something that the platform asked; its token says to what. */
export interface SealedAnswer {
  stage: "answer";
  packet: Packet;
}

export function parseDatagram(
  machine: Machine,
  datagram: Datagram,
): SealedRequest | SealedAnswer | Refusal {
  if (datagram.bytes.length > DATAGRAM_OCTETS_MAX) return "oversize";
  const packet = decodePacket(machine, datagram.bytes);
  if (isFault(packet)) return "not-coap";
  if (packet.code === EMPTY || packet.type === RST) return "stray-answer";
  const sealed = readSealed(machine, packet);
  if (isFault(sealed)) return "not-sealed";
  // Classes 2 to 5 are answers, and so is all that acknowledges [RFC 7252 §3].
  if (packet.type === ACK || packet.code >= 64) return { stage: "answer", packet };
  const { kid, piv, pivBytes } = sealed;
  if (kid === undefined || piv === undefined || pivBytes === undefined) return "not-sealed";
  return {
    stage: "sealed",
    from: datagram.from,
    octets: datagram.bytes.length,
    sealed,
    kid: hexOf(kid),
    piv,
    origin: { kid, piv: pivBytes },
  };
}
