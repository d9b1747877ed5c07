// An input as a whole: which datagrams in it are ours, and all that can be said of each.
// Holds the order: everything parsed first, so that the keys that are needed are known before any is
// asked for; then opened; then read. Prints nothing.

import type { Usage } from "../../protocol/coap-matching.ts";
import { hexOf } from "../../sdk/octets.ts";
import { type AskedList, makeAskedList } from "./asked.ts";
import { makeBodies } from "./bodies.ts";
import type { PlacedFault } from "./fault-place.ts";
import { type Flow, type Found, type Input, isUnread, type Unread, type Way } from "./found.ts";
import type { KeyRing } from "./key-ring.ts";
import { type Meaning, meaningOf } from "./meaning.ts";
import { type Decoded, openParsed, parseFound } from "./open.ts";

/** Where platforms listen unless they say otherwise [RFC 7252 §6.1]. */
export const COAP_PORT = 5683;

export interface ParsedInput {
  entries: (Found | Unread)[];
  /** Requests in the input and from elsewhere, which answers belong to. */
  asked: AskedList;
  /** Key identifiers that stand in the clear: whose keys could open something. */
  kids: string[];
  passedOver: number;
}

/** One datagram with all that is known of it. */
export interface Row {
  decoded: Decoded;
  /** As far as keys, carrier or ports tell it. */
  way?: Way;
  meaning?: Meaning;
  /** Octets of the body that this datagram ended, where it came in blocks. */
  wholeOctets?: number;
  faults: PlacedFault[];
}

/**
 * Looks at each datagram once: which are ours, which requests there are, whose keys are needed.
 * `port` is the platform's, by which datagrams in a capture are known as ours, or else by their seal.
 */
export function parseInput(input: Input, requests: Found[], port: number): ParsedInput {
  const asked = makeAskedList();
  const kids = new Set<string>();
  const flows = new Set<string>();
  const look = (found: Found): void => {
    const { sealed, usage } = parseFound(found);
    if (sealed === undefined) return;
    if (found.flow !== undefined) flows.add(nameOf(found.flow));
    if (sealed.kid !== undefined) kids.add(hexOf(sealed.kid));
    if (usage === "request") asked.add(found, sealed);
  };
  requests.forEach(look);
  const isOurs = ({ flow }: Found | Unread): boolean =>
    flow === undefined || isAt(flow, port) || flows.has(nameOf(flow));
  for (const entry of input.entries) {
    if (!isUnread(entry)) look(entry);
  }
  const { entries, passedOver } = input;
  const ours = entries.filter(isOurs);
  return {
    entries: ours,
    asked,
    kids: [...kids],
    passedOver: passedOver + entries.length - ours.length,
  };
}

/** Every entry in its order: what it says, or why it can't be read. Nothing of a row is kept. */
export function* decodeParsed(
  parsed: ParsedInput,
  ring: KeyRing,
  port: number,
): Generator<Row | Unread> {
  const bodies = makeBodies();
  for (const entry of parsed.entries) {
    if (isUnread(entry)) yield entry;
    else {
      const decoded = openParsed(parseFound(entry), parsed.asked, ring);
      yield rowOf(decoded, bodies.take(decoded), port);
    }
  }
}

/** True where something is wrong, and not only closed for want of a key or of its request. */
export function isUnreadable(row: Row | Unread): boolean {
  if ("trouble" in row) return true;
  const { decoded, faults, meaning } = row;
  const isForged = decoded.closed?.why === "wrong-tag";
  return isForged || faults.length > 0 || meaning?.notation?.fault !== undefined;
}

// internal

function isAt({ fromPort, toPort }: Flow, port: number): boolean {
  return fromPort === port || toPort === port;
}

/** The same for both directions. */
function nameOf({ from, fromPort, to, toPort }: Flow): string {
  return [`${from} ${fromPort}`, `${to} ${toPort}`].sort().join(" ");
}

function rowOf(decoded: Decoded, whole: Uint8Array | undefined, port: number): Row {
  const meaning = meaningOf(decoded, whole);
  const faults = [decoded.fault, decoded.opened?.fault, meaning?.fault].filter(
    (fault) => fault !== undefined,
  );
  return { decoded, way: wayOf(decoded, port), meaning, wholeOctets: whole?.length, faults };
}

function wayOf({ opened, found, usage, asked }: Decoded, port: number): Way | undefined {
  if (opened !== undefined) return opened.way;
  if (found.way !== undefined) return found.way;
  const { flow } = found;
  if (flow?.toPort === port && flow.fromPort !== port) return "up";
  if (flow?.fromPort === port && flow.toPort !== port) return "down";
  return wayBack(usage, asked?.by?.way);
}

function wayBack(usage: Usage | undefined, request: Way | undefined): Way | undefined {
  if (usage !== "answer" || request === undefined) return undefined;
  return request === "up" ? "down" : "up";
}
