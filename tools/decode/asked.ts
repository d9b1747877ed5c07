// Sealed requests of an input, by which answers are found and opened: little is kept of each, since a
// capture file holds very many. Opens nothing.

import type { Packet } from "../../protocol/coap.ts";
import { isAnswerTo } from "../../protocol/coap-matching.ts";
import type { Origin, Sealed } from "../../protocol/oscore.ts";
import { hexOf, octetsOf } from "../../sdk/octets.ts";
import type { Flow, Found, Place } from "./found.ts";
import type { Candidate } from "./key-ring.ts";

export interface Asked {
  found: Found;
  messageId: number;
  /** All hexadecimal. */
  token: string;
  kid: string;
  piv: string;
  /** Once it was opened: who sealed it, and for which resource. */
  by?: Candidate;
  path?: string;
}

export interface AskedList {
  /** In the order of the input; those from elsewhere before all. */
  add(found: Found, sealed: Sealed): void;
  /** The request that stands here. */
  of(found: Found): Asked | undefined;
  /** Requests that this packet may answer, the likeliest first. */
  answeredBy(packet: Packet, found: Found): Asked[];
}

/** Requests tried for one answer: tokens are short and come again. */
const TRIES_MAX = 64;
const NEAREST_MAX = 256;

export function makeAskedList(): AskedList {
  const byFound = new Map<Found, Asked>();
  const byToken = new Map<string, Asked[]>();
  return {
    add(found, { packet, kid, pivBytes }) {
      if (kid === undefined || pivBytes === undefined) return;
      const { messageId } = packet;
      const token = hexOf(packet.token);
      const asked = { found, messageId, token, kid: hexOf(kid), piv: hexOf(pivBytes) };
      byFound.set(found, asked);
      const same = byToken.get(token);
      if (same === undefined) byToken.set(token, [asked]);
      else same.push(asked);
    },
    of: (found) => byFound.get(found),
    answeredBy(packet, { flow, place }) {
      const near = nearestOf(byToken.get(hexOf(packet.token)) ?? [], place);
      const fits = near.filter(({ messageId }) => {
        return isAnswerTo(packet, { messageId, token: packet.token });
      });
      const back = fits.filter((asked) => isBack(flow, asked.found.flow));
      return (back.length > 0 ? back : fits).slice(0, TRIES_MAX);
    },
  };
}

export function originOf({ kid, piv }: Asked): Origin {
  return { kid: octetsOf(kid), piv: octetsOf(piv) };
}

// internal

/** Those from elsewhere stand before the first line or packet. */
function orderOf({ kind, number }: Place): number {
  return kind === "request" ? 0 : number;
}

/** The nearest before a place first, those behind it at the end. */
function nearestOf(requests: Asked[], place: Place): Asked[] {
  let middle = 0;
  for (let step = requests.length; step > 0; step = Math.floor(step / 2)) {
    while (
      middle + step <= requests.length &&
      orderOf(requests[middle + step - 1].found.place) <= orderOf(place)
    )
      middle += step;
  }
  const before = requests.slice(Math.max(0, middle - NEAREST_MAX), middle).reverse();
  return [...before, ...requests.slice(middle, middle + NEAREST_MAX)];
}

/** True where both ends of an answer are those of the request, the other way round. */
function isBack(answer: Flow | undefined, request: Flow | undefined): boolean {
  if (answer === undefined || request === undefined) return true;
  return (
    answer.from === request.to &&
    answer.fromPort === request.toPort &&
    answer.to === request.from &&
    answer.toPort === request.fromPort
  );
}
