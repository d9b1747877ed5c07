// Datagrams one by one: parsed, joined with the request that they answer, opened where a key fits.
// Never throws for what came from outside; says why something stays closed. Keeps no window: a copy
// of a datagram is opened again.

import { decodePacket, type Packet, pathOf } from "../../protocol/coap.ts";
import { type Usage, usageOf } from "../../protocol/coap-matching.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import type { Machine } from "../../protocol/machine.ts";
import {
  type Answer,
  type Context,
  openAnswer,
  openRequest,
  readSealed,
  type Sealed,
} from "../../protocol/oscore.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import { type Asked, type AskedList, originOf } from "./asked.ts";
import { type PlacedFault, placeInPacket, placeInSealed, placeInText } from "./fault-place.ts";
import type { Found, Way } from "./found.ts";
import type { Candidate, Halves, KeyRing } from "./key-ring.ts";

/** A datagram before anything is opened. */
export interface Parsed {
  found: Found;
  packet?: Packet;
  usage?: Usage;
  sealed?: Sealed;
  /** No CoAP packet, or one whose OSCORE option can't be. */
  fault?: PlacedFault;
}

export interface Opened {
  halves: Halves;
  way: Way;
  /** The opened octets: code, options, payload. */
  text: Uint8Array;
  /** Absent where the text is malformed. */
  packet?: Answer;
  fault?: PlacedFault;
}

/** Why it stays closed. */
export type ClosedWhy = "no-keys" | "no-key" | "no-request" | "wrong-tag";

export interface Closed {
  why: ClosedWhy;
  /** Whose key would be needed, where that is known. */
  kid?: string;
}

export interface Decoded extends Parsed {
  opened?: Opened;
  closed?: Closed;
  /** Of an answer, the request it belongs to. */
  asked?: Asked;
}

export function parseFound(found: Found): Parsed {
  const packet = decodePacket(nodeMachine, found.bytes);
  if (isFault(packet)) return { found, fault: placeInPacket(found.bytes, packet) };
  const usage = usageOf(packet);
  const sealed = readSealed(nodeMachine, packet);
  if (!isFault(sealed)) return { found, packet, usage, sealed };
  // Discovery, resets and errors are not sealed.
  if (sealed.fault === "no-oscore-option") return { found, packet, usage };
  return { found, packet, usage, fault: placeInSealed(found.bytes, sealed) };
}

/** Opens a datagram where a key of the ring and a request of the list fit. */
export function openParsed(parsed: Parsed, list: AskedList, ring: KeyRing): Decoded {
  const { found, sealed, usage } = parsed;
  if (sealed === undefined) return parsed;
  const asked = list.of(found);
  if (asked !== undefined) return { ...parsed, ...openRequestOf(asked, sealed, ring) };
  if (usage !== "answer") return parsed;
  const requests = list.answeredBy(sealed.packet, found);
  return { ...parsed, ...openAnswerTo(requests, found, sealed, ring) };
}

// internal

/** A machine that lets the opened text be seen: what is malformed is shown too. */
function watchedMachine(): { machine: Machine; text(): Uint8Array } {
  let text = new Uint8Array(0);
  const { ccm } = nodeMachine;
  const machine: Machine = {
    ...nodeMachine,
    ccm: {
      ...ccm,
      open(key, nonce, aad, sealed) {
        const opened = ccm.open(key, nonce, aad, sealed);
        if (opened !== undefined) text = Uint8Array.from(toOctets(opened));
        return opened;
      },
    },
  };
  return { machine, text: () => text };
}

type Open = (machine: Machine, context: Context) => Answer | Fault;

/** What the candidate's key makes of it; undefined where the tag is wrong. */
function tryOpen({ halves, way }: Candidate, open: Open): Opened | undefined {
  const { machine, text } = watchedMachine();
  const packet = open(machine, way === "up" ? halves.platform : halves.pager);
  if (!isFault(packet)) return { halves, way, text: text(), packet };
  if (packet.fault === "not-authentic") return undefined;
  return { halves, way, text: text(), fault: placeInText(text(), packet) };
}

function openRequestOf(
  asked: Asked,
  sealed: Sealed,
  ring: KeyRing,
): Pick<Decoded, "opened" | "closed"> {
  const { flow } = asked.found;
  for (const candidate of ring.candidates(asked.kid, flow)) {
    const opened = tryOpen(candidate, (machine, context) => openRequest(machine, context, sealed));
    if (opened === undefined) continue;
    ring.heard(candidate, flow);
    asked.by = candidate;
    if (opened.packet !== undefined) asked.path = pathOf(opened.packet);
    return { opened };
  }
  return { closed: closedFor(asked, ring) };
}

function closedFor({ kid }: Asked, ring: KeyRing): Closed {
  if (ring.size === 0) return { why: "no-keys", kid };
  return { why: ring.candidates(kid).length === 0 ? "no-key" : "wrong-tag", kid };
}

/** An answer goes the other way, under the keys of the context of its request. */
function openAnswerTo(
  requests: Asked[],
  found: Found,
  { packet }: Sealed,
  ring: KeyRing,
): Pick<Decoded, "opened" | "closed" | "asked"> {
  for (const asked of requests) {
    const origin = originOf(asked);
    const askers = asked.by === undefined ? ring.candidates(asked.kid, found.flow) : [asked.by];
    for (const { halves, way } of askers) {
      const opened = tryOpen({ halves, way: way === "up" ? "down" : "up" }, (machine, context) =>
        openAnswer(machine, context, origin, packet),
      );
      if (opened !== undefined) return { opened, asked };
    }
  }
  const [asked] = requests;
  if (asked === undefined) return { closed: { why: ring.size === 0 ? "no-keys" : "no-request" } };
  return { closed: closedFor(asked, ring), asked };
}
