// What a stranger on the path remembers: the last datagrams of each pager, each way, and its address.
// Opens nothing: a key identifier stands in the clear [RFC 8613 §6.1].

import { decodePacket, OSCORE, optionValue } from "../../../protocol/coap.ts";
import { isFault } from "../../../protocol/fault.ts";
import { decodeOscoreOption } from "../../../protocol/oscore-option.ts";
import type { Source } from "../../../sdk/gateway/datagram.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { hexOf } from "../../../sdk/octets.ts";
import type { WorldEvent } from "./world-event.ts";

export type Direction = "up" | "down";

/** Strangers live here, and no pager does (TEST-NET-3). */
export const STRANGERS = "203.0.113.";

const KEPT = 64;
const OURS_KEPT = 256;

export interface Overheard {
  take(event: WorldEvent): void;
  has(pager: string, direction: Direction): boolean;
  /** Whole datagrams of others, none twice, the newest at the end. */
  datagrams(pager: string, direction: Direction): readonly Uint8Array[];
  /** What left the pager last. */
  newest(pager: string): Uint8Array | undefined;
  /** Where the gateway saw the pager last. */
  source(pager: string): Source | undefined;
  /** Made by ourselves: not to be taken for the platform's when it comes by. */
  disown(bytes: Uint8Array): void;
}

interface Track {
  readonly up: Map<string, Uint8Array>;
  readonly down: Map<string, Uint8Array>;
  newest?: Uint8Array;
  kid?: string;
  from?: string;
}

export function createOverheard(pagers: readonly string[]): Overheard {
  const tracks = new Map<string, Track>(
    pagers.map((pager) => [pager, { up: new Map(), down: new Map() }]),
  );
  const byKid = new Map<string, Track>();
  const byAddress = new Map<string, Track>();
  const ours = new Map<string, Uint8Array>();

  function takeUp(track: Track, bytes: Uint8Array): void {
    keep(track.up, bytes, KEPT);
    track.newest = bytes;
    const kid = kidOf(bytes);
    if (kid === undefined || kid === track.kid) return;
    if (track.kid !== undefined) byKid.delete(track.kid);
    track.kid = kid;
    byKid.set(kid, track);
  }

  function takeSource(bytes: Uint8Array, from: string): void {
    if (from.startsWith(STRANGERS)) return;
    const track = byKid.get(kidOf(bytes) ?? "");
    if (track === undefined || track.from === from) return;
    if (track.from !== undefined && byAddress.get(track.from) === track) {
      byAddress.delete(track.from);
    }
    track.from = from;
    byAddress.set(from, track);
  }

  function takeDown(track: Track | undefined, bytes: Uint8Array): void {
    if (track !== undefined && !ours.has(nameOf(bytes))) keep(track.down, bytes, KEPT);
  }

  return {
    take(event) {
      if (event.kind === "left") {
        const track = tracks.get(event.pager);
        if (track !== undefined) takeUp(track, event.bytes);
      }
      if (event.kind === "received") takeSource(event.bytes, event.from);
      if (event.kind === "came") takeDown(tracks.get(event.pager), event.bytes);
      if (event.kind === "answered") takeDown(byAddress.get(event.to), event.bytes);
    },
    has: (pager, direction) => (tracks.get(pager)?.[direction].size ?? 0) > 0,
    datagrams: (pager, direction) => [...(tracks.get(pager)?.[direction].values() ?? [])],
    newest: (pager) => tracks.get(pager)?.newest,
    source: (pager) => sourceOf(tracks.get(pager)?.from),
    disown: (bytes) => keep(ours, bytes, OURS_KEPT),
  };
}

// internal

/** Octets as a text that is the same for the same octets. */
const nameOf = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");

/** A map keeps the order in which its names came: the oldest goes. What repeats stays where it is. */
function keep(map: Map<string, Uint8Array>, bytes: Uint8Array, most: number): void {
  map.set(nameOf(bytes), bytes);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}

function kidOf(bytes: Uint8Array): string | undefined {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet)) return undefined;
  const value = optionValue(packet, OSCORE);
  const option = value === undefined ? undefined : decodeOscoreOption(nodeMachine, value);
  if (option === undefined || isFault(option) || option.kid === undefined) return undefined;
  return hexOf(option.kid);
}

function sourceOf(from: string | undefined): Source | undefined {
  if (from === undefined) return undefined;
  const at = from.lastIndexOf(":");
  const carrier = from.startsWith("+") ? "sms" : "udp";
  return { carrier, address: from.slice(0, at), port: Number(from.slice(at + 1)) };
}
