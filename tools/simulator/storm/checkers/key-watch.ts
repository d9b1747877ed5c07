// The key as a pager can know it: presses while it is on, bounce left out, a key down at boot from boot.
// Never asks what a press means.

import type { WorldEvent } from "../world-event.ts";

/** One press, counted from the `on` where the key was down before. */
export interface Press {
  readonly fromMs: number;
  /** Infinity while the key is down. */
  untilMs: number;
  /** For the one who watches: this press is settled. */
  said: boolean;
}

export interface KeyWatch {
  take(event: WorldEvent): void;
  /** The newest presses of this run of the pager, oldest first; none while it is off. */
  presses(pager: string, nowMs: number): readonly Press[];
  /** The level of the last edge, settled or not. */
  isDown(pager: string): boolean;
}

/** Edges closer than this are one level, and the final one wins [pager §3]. */
const BOUNCE_MS = 30;
/** Longer than storage holds a pager that still has to say what a press was. */
const KEPT_MS = 60000;
const KEPT = 8;

interface Key {
  rawDown: boolean;
  rawMs: number;
  down: boolean;
  presses: Press[];
}

export const heldMs = (press: Press, nowMs: number) =>
  Math.min(press.untilMs, nowMs) - press.fromMs;

function startPress(key: Key): void {
  key.presses.push({ fromMs: key.rawMs, untilMs: Infinity, said: false });
}

/** The level of the last edge counts from its beginning, once it has stood long enough. */
function settle(key: Key, nowMs: number): void {
  if (key.rawDown === key.down || nowMs - key.rawMs < BOUNCE_MS) return;
  key.down = key.rawDown;
  if (key.down) startPress(key);
  else key.presses[key.presses.length - 1].untilMs = key.rawMs;
}

function trim(presses: Press[], nowMs: number): void {
  while (presses.length > KEPT || (presses.length > 0 && presses[0].untilMs < nowMs - KEPT_MS)) {
    presses.shift();
  }
}

export function createKeyWatch(): KeyWatch {
  /** Only of pagers that are on. */
  const keys = new Map<string, Key>();
  return {
    take(event) {
      if (event.kind === "off") keys.delete(event.pager);
      if (event.kind === "on") {
        const down = event.keyDown;
        const key = { rawDown: down, rawMs: event.atMs, down, presses: [] };
        keys.set(event.pager, key);
        if (down) startPress(key);
      }
      if (event.kind !== "key") return;
      const key = keys.get(event.pager);
      if (key === undefined) return;
      settle(key, event.atMs);
      if (event.down === key.rawDown) return;
      key.rawDown = event.down;
      key.rawMs = event.atMs;
    },
    presses(pager, nowMs) {
      const key = keys.get(pager);
      if (key === undefined) return [];
      settle(key, nowMs);
      trim(key.presses, nowMs);
      return key.presses;
    },
    isDown: (pager) => keys.get(pager)?.rawDown === true,
  };
}
