// Lines: a security context in memory, with its replay window and its counter, loaded on first use.
// Keys are unsealed once per line and stay here; they are never printed, copied out or stored.

import { PIV_MAX } from "../../protocol/limits.ts";
import type { Machine } from "../../protocol/machine.ts";
import type { Context } from "../../protocol/oscore.ts";
import { checkPiv, newWindow, type PivState, type Window } from "../../protocol/replay.ts";
import type { SealedContext } from "../events.ts";
import { type ContextIds, deriveContext, type MasterSecret, mirrorOf } from "../keys.ts";
import { octetsOf } from "../octets.ts";
import type { Vault } from "../seal.ts";
import type { LineRow, Link, Store } from "../store/store.ts";
import type { Source } from "./datagram.ts";

/** What the store keeps of a line, but for the window, which memory has in its own form. */
type LinkState = Omit<Link, "highest" | "seen">;

export interface Line extends LinkState {
  readonly pager: string;
  readonly slot: number;
  /** Made in the field: under which key identifier its pager spoke then. */
  readonly under?: string;
  /** Made in the field, and not heard yet [wire §1.5]. */
  isPending: boolean;
  bottom: number;
  windowLost: boolean;
  /** The platform's half. */
  readonly context: Context;
  readonly window: Window;
}

export interface Lines {
  /** In memory, or undefined: not loaded, or unknown. */
  cached(kid: string): Line | undefined;
  /** From memory or from the store; undefined when no pager has this key identifier. */
  find(kid: string): Promise<Line | undefined>;
  /** This context was dropped: nothing opens or seals under it any more. */
  forget(kid: string): void;
  /** Forgets all: what memory holds is no longer what the store holds. */
  clear(): void;
}

export interface LinesOptions {
  store: Store;
  vault: Vault;
  machine: Machine;
}

/** About 250 octets of window and keys each; the oldest unused goes first. */
const LINES_MAX = 200_000;
const SECRET_OCTETS = 16;

export function makeLines(options: LinesOptions): Lines {
  const lines = new Map<string, Line>();
  const loading = new Map<string, Promise<Line | undefined>>();

  const cached = (kid: string): Line | undefined => {
    const line = lines.get(kid);
    if (line === undefined) return undefined;
    // Map keeps the order of insertion: used again is inserted again.
    lines.delete(kid);
    lines.set(kid, line);
    return line;
  };

  const load = async (kid: string): Promise<Line | undefined> => {
    try {
      const row = await options.store.line(kid);
      if (row === undefined) return undefined;
      const line = lineOf(row, options);
      lines.set(kid, line);
      if (lines.size > LINES_MAX) lines.delete(lines.keys().next().value as string);
      return line;
    } finally {
      loading.delete(kid);
    }
  };

  const find = async (kid: string): Promise<Line | undefined> => {
    const line = cached(kid) ?? loading.get(kid);
    if (line !== undefined) return line;
    // Two datagrams at once must not make two lines with two counters.
    const promise = load(kid);
    loading.set(kid, promise);
    return promise;
  };

  return {
    cached,
    find,
    forget: (kid) => {
      lines.delete(kid);
      loading.delete(kid);
    },
    clear: () => {
      lines.clear();
      loading.clear();
    },
  };
}

/** The link as it stands now: what a commit writes. */
export function linkOf(line: Line): Link {
  const { pager, slot, under, isPending, context, window, ...state } = line;
  return { ...state, highest: window.highest, seen: packWindow(window) };
}

/** Whether a number was seen; below the bottom of a window begun anew nobody knows [wire §1.3]. */
export function stateOf(line: Line, piv: number): PivState {
  const state = checkPiv(line.window, piv);
  return state === "new" && piv <= line.bottom ? "old" : state;
}

/** Where the pager is reached; undefined before it was heard. */
export function returnAddress(line: Line): Source | undefined {
  const { carrier = "udp", address, port } = line;
  return address === undefined || port === undefined ? undefined : { carrier, address, port };
}

/** The platform's next own number, raised in memory now and on disk with the commit [wire §1.2]. */
export function nextPiv(line: Line): number | undefined {
  if (line.nextPiv > PIV_MAX) return undefined;
  line.nextPiv += 1;
  return line.nextPiv - 1;
}

/** What the vault seals for a context, and the label it is sealed under. */
export function sealContext(
  vault: Vault,
  kid: string,
  slot: number,
  secret: Uint8Array,
): Uint8Array {
  return vault.seal(labelOf(kid, slot), secret);
}

/** What was sealed, and whose it is from the pager's point of view. */
export function openContext(
  vault: Vault,
  context: SealedContext,
): { master: MasterSecret; ids: ContextIds } {
  const { kid, slot, sealed } = context;
  const opened = vault.open(labelOf(kid, slot), sealed);
  return {
    master: { secret: opened.subarray(0, SECRET_OCTETS), salt: opened.subarray(SECRET_OCTETS) },
    ids: { senderId: octetsOf(kid), recipientId: Uint8Array.of(slot) },
  };
}

// internal

function labelOf(kid: string, slot: number): string {
  return `context/${kid}/${slot}`;
}

function lineOf(row: LineRow, options: LinesOptions): Line {
  const { kid, slot, pager, link } = row;
  const { master, ids } = openContext(options.vault, row);
  const pagerHalf = deriveContext(master, ids);
  const { highest, seen, ...state } = link ?? { kid, nextPiv: 0, highest: -1, seen: undefined };
  return {
    ...state,
    bottom: link?.bottom ?? -1,
    windowLost: link?.windowLost === true,
    pager,
    slot,
    under: row.under,
    isPending: row.isPending === true,
    context: mirrorOf(pagerHalf),
    window: unpackWindow(options.machine, highest, seen),
  };
}

function packWindow(window: Window): Uint8Array {
  const bits = new Uint8Array(window.seen.length / 8);
  for (let i = 0; i < window.seen.length; i++) bits[i >> 3] |= window.seen[i] << (i & 7);
  return bits;
}

function unpackWindow(machine: Machine, highest: number, bits: Uint8Array | undefined): Window {
  const window = newWindow(machine);
  if (bits === undefined) return window;
  window.highest = highest;
  for (let i = 0; i < window.seen.length; i++) window.seen[i] = (bits[i >> 3] >> (i & 7)) & 1;
  return window;
}
