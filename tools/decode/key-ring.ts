// The security contexts that a reader was given, and which of them may have sealed what.
// Holds keys and prints none; whether one fits says only the tag.

import type { Context } from "../../protocol/oscore.ts";
import { mirrorOf } from "../../sdk/keys.ts";
import { hexOf } from "../../sdk/octets.ts";
import type { Flow, Way } from "./found.ts";

/** A context as both its ends hold it. */
export interface Halves {
  kid: string;
  platformId: string;
  pager: Context;
  platform: Context;
}

/** One try: who is taken for the sender of a request. */
export interface Candidate {
  halves: Halves;
  way: Way;
}

export interface KeyRing {
  readonly size: number;
  /** Whose request it may be. Platforms' identifiers are the same for many pagers: who was heard
   * from the same address before comes first. */
  candidates(kid: string, flow?: Flow): Candidate[];
  /** These octets were opened. */
  heard(candidate: Candidate, flow?: Flow): void;
}

/** A context from the pager's point of view. */
export function halvesOf(pager: Context): Halves {
  const { senderId, recipientId } = pager;
  return {
    kid: hexOf(senderId),
    platformId: hexOf(recipientId),
    pager,
    platform: mirrorOf(pager),
  };
}

export function makeKeyRing(pagers: Context[]): KeyRing {
  const all = pagers.map(halvesOf);
  const byKid = groupBy(all, (halves) => halves.kid);
  const byPlatformId = groupBy(all, (halves) => halves.platformId);
  const lastAt = new Map<string, Halves>();
  return {
    size: all.length,
    candidates(kid, flow) {
      const known = flow && lastAt.get(`${flow.to}:${flow.toPort}`);
      const down = byPlatformId.get(kid) ?? [];
      const first = down.filter((halves) => halves === known);
      const rest = down.filter((halves) => halves !== known);
      return [
        ...(byKid.get(kid) ?? []).map((halves) => ({ halves, way: "up" as const })),
        ...[...first, ...rest].map((halves) => ({ halves, way: "down" as const })),
      ];
    },
    heard({ halves, way }, flow) {
      if (flow === undefined) return;
      const { from, fromPort, to, toPort } = flow;
      lastAt.set(way === "up" ? `${from}:${fromPort}` : `${to}:${toPort}`, halves);
    },
  };
}

// internal

function groupBy(all: Halves[], nameOf: (halves: Halves) => string): Map<string, Halves[]> {
  const groups = new Map<string, Halves[]>();
  for (const halves of all) {
    const group = groups.get(nameOf(halves));
    if (group === undefined) groups.set(nameOf(halves), [halves]);
    else group.push(halves);
  }
  return groups;
}
