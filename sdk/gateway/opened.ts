// An opened request on its way: kept on disk first, then answered. Nothing here decides which answer.
// The parts that every step of the gateway works with stand here too.

import type { Packet } from "../../protocol/coap.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { Clock } from "../clock.ts";
import type { Receipt } from "../store/store.ts";
import { bareAnswer } from "./answer.ts";
import type { Bodies } from "./bodies.ts";
import type { Texts } from "./clones.ts";
import type { Commits, Entry } from "./commits.ts";
import type { Counters, Refusal } from "./counters.ts";
import type { Couriers } from "./couriers.ts";
import type { SealedRequest, Source } from "./datagram.ts";
import type { Discovery } from "./discovery.ts";
import type { Echoes } from "./echo.ts";
import type { Line, Lines } from "./lines.ts";
import { type Reading, readRequest, type Unreadable } from "./reading.ts";

export interface GatewayParts {
  machine: Machine;
  clock: Clock;
  lines: Lines;
  commits: Commits;
  couriers: Couriers;
  echoes: Echoes;
  texts: Texts;
  bodies: Bodies;
  /** Absent: strangers meet silence. */
  discovery?: Discovery;
  counters: Counters;
  send(bytes: Bytes, to: Source): void;
  trace(line: string): void;
}

/** Counts, and answers where an unprotected error is due. */
export type Refuse = (refusal: Refusal, request?: SealedRequest, fault?: Fault) => void;

/** Authentic; whether it is new or old is another question. */
export interface Opened {
  line: Line;
  request: SealedRequest;
  packet: Packet;
}

/** What a forger must share with a wearer to get into the way: not the key identifier alone. */
export function sourceOf({ kid, from }: SealedRequest): string {
  return `${kid} ${from.carrier} ${from.address}`;
}

export function readOpened(parts: GatewayParts, opened: Opened): Reading | Unreadable {
  const { line, request, packet } = opened;
  const speaker = { pager: line.pager, kid: request.kid, piv: request.piv };
  const reading = readRequest(parts.machine, speaker, packet);
  const { carrier } = request.from;
  if (typeof reading === "string" || carrier === "udp") return reading;
  const { fact } = reading;
  if (fact?.kind !== "alarm" && fact?.kind !== "stillOpen") return reading;
  return { ...reading, fact: { ...fact, carrier } };
}

/** Undefined when it could not be stored: then silence, and the pager sends again. */
export async function keep(
  parts: GatewayParts,
  entry: Entry,
): Promise<{ receipt?: Receipt } | undefined> {
  try {
    return { receipt: await parts.commits.add(entry) };
  } catch {
    // The one who owns the commits was told why; the counter "not-stored" says how often.
    return undefined;
  }
}

/** The first message under a context that was made in the field [wire §1.5]. */
export function beginActive(parts: GatewayParts, { line }: Opened): void {
  line.isPending = false;
  const { pager, kid } = line;
  // With the request's own entry, which is added behind it, in one transaction.
  void keep(parts, { fact: { kind: "contextHeard", pager, kid } });
}

export function answerBare(parts: GatewayParts, opened: Opened, name: string): void {
  const { line, request, packet } = opened;
  answer(parts, opened, {
    name,
    what: "bare",
    bytes: bareAnswer(parts.machine, line.context, request.origin, packet),
  });
}

/** Only behind a commit [design §1.2]. By the carrier that brought the request. */
export function answer(
  parts: GatewayParts,
  opened: Opened,
  { name, what, bytes }: { name: string; what: string; bytes: Bytes },
): void {
  parts.counters.answered += 1;
  parts.trace(`${name} answered ${what} ${bytes.length} octets`);
  parts.send(bytes, opened.request.from);
}
