// Bodies that came in blocks, put together again where all their blocks are in the input.
// Pure; a gap ends a body, and what is repeated counts once [RFC 7959 §2.5].

import { octetsOfBlock, placeOf, readBlock } from "../../protocol/block.ts";
import { BLOCK_1, optionValue, type Packet, pathOf, REQUEST_TAG } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import type { Decoded } from "./open.ts";

export interface Bodies {
  /** Takes an opened datagram; the whole body where it ends one. */
  take(decoded: Decoded): Uint8Array | undefined;
}

export function makeBodies(): Bodies {
  const begun = new Map<string, Uint8Array>();
  return {
    take(decoded) {
      const packet = decoded.opened?.packet;
      if (packet === undefined || decoded.usage !== "request") return undefined;
      const block = readBlock(packet, BLOCK_1);
      if (block === undefined || isFault(block)) return undefined;
      const name = nameOf(decoded, packet);
      const body = block.number === 0 ? new Uint8Array(0) : begun.get(name);
      const place = placeOf(block);
      if (body === undefined || place > body.length) begun.delete(name);
      else if (place + octetsOfBlock(block.exponent) > body.length) {
        const longer = Uint8Array.from([...body.subarray(0, place), ...toOctets(packet.payload)]);
        if (!block.more) return endOf(begun, name, longer);
        begun.set(name, longer);
      }
      return undefined;
    },
  };
}

// internal

function endOf(begun: Map<string, Uint8Array>, name: string, body: Uint8Array): Uint8Array {
  begun.delete(name);
  return body;
}

/** Whose body it is, and which one of theirs. */
function nameOf({ opened }: Decoded, packet: Packet): string {
  const tag = optionValue(packet, REQUEST_TAG);
  const whose = `${opened?.halves.kid}/${opened?.way}`;
  return `${whose}/${pathOf(packet)}/${tag === undefined ? "" : hexOf(tag)}`;
}
