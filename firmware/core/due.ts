// Waiting on a millisecond counter that wraps: what is left of a wait, and instants moved along.
// Keeps no instant ahead: a wait is a beginning and a span.

import { spanMs } from "../../protocol/span.ts";

const HALF_LESS_ONE = 2147483647;

/** Milliseconds left of `waitMs` since `sinceMs`; 0 when it is over. */
export function leftMs(nowMs: number, sinceMs: number, waitMs: number): number {
  const restMs = waitMs - spanMs(nowMs, sinceMs);
  return restMs > 0 ? restMs : 0;
}

/** The shorter of two waits; -1 stands for none. */
export function soonerMs(a: number, b: number): number {
  if (a < 0) return b;
  if (b < 0) return a;
  return a < b ? a : b;
}

/** The instant `spanMs` (not negative) behind `atMs`, as an int32 on every engine. */
export function laterMs(atMs: number, forMs: number): number {
  const later = atMs + forMs;
  // 32-bit integers have wrapped by themselves; wider ones are wrapped here.
  return later > HALF_LESS_ONE ? later - HALF_LESS_ONE - HALF_LESS_ONE - 2 : later;
}
