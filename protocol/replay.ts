// The replay window: which of the last 128 numbers were seen [RFC 8613 §7.4, wire §1.6].
// Never opens anything: a number is checked before opening and marked only after it.

import { REPLAY_WINDOW } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";

export interface Window {
  /** The highest number marked; -1 before the first. */
  highest: number;
  /** One octet a number, at its place in a ring; 1 where it was seen. */
  seen: Bytes;
}

export type PivState = "new" | "seen" | "old";

export function newWindow(machine: Machine): Window {
  return { highest: -1, seen: machine.bytes(REPLAY_WINDOW) };
}

/** "old" stands for a number behind the window: nobody knows whether it was seen. */
export function checkPiv(window: Window, piv: number): PivState {
  if (piv > window.highest) return "new";
  if (window.highest - piv >= REPLAY_WINDOW) return "old";
  return window.seen[piv % REPLAY_WINDOW] === 1 ? "seen" : "new";
}

/** Marks the number of an opened message; one behind the window changes nothing. */
export function markPiv(window: Window, piv: number): void {
  if (checkPiv(window, piv) === "old") return;
  if (piv > window.highest) {
    const gone = piv - window.highest < REPLAY_WINDOW ? piv - window.highest : REPLAY_WINDOW;
    for (let i = 0; i < gone; i++) window.seen[(piv - i) % REPLAY_WINDOW] = 0;
    window.highest = piv;
  }
  window.seen[piv % REPLAY_WINDOW] = 1;
}
