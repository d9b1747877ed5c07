// A clock that moves only when it is told to; timers run in order of their time, then of their birth.
// Never looks at the machine's own time.

import type { Clock } from "../../sdk/clock.ts";

export interface VirtualClock extends Clock {
  /** Moves to the next timer and runs all that are due then; false when there is none. */
  advanceToNext(): boolean;
  /** Moves by so many milliseconds and runs every timer on the way. */
  advanceBy(ms: number): void;
  /** Milliseconds to the next timer; -1 when there is none. */
  readonly nextInMs: number;
  readonly pendingTimers: number;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function pushTimer(heap: Timer[], timer: Timer): void {
  let at = heap.length;
  heap.push(timer);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(timer, heap[parent])) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = timer;
}

function popTimer(heap: Timer[]): void {
  const last = heap.pop() as Timer;
  if (heap.length === 0) return;
  let at = 0;
  while (true) {
    let child = at * 2 + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
    if (!isBefore(heap[child], last)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = last;
}

/** `startMs` counts from 1970; the default is 2026-09-01T00:00:00Z. */
export function createVirtualClock(startMs = Date.UTC(2026, 8, 1)): VirtualClock {
  const heap: Timer[] = [];
  let now = startMs;
  let order = 0;
  let live = 0;

  /** The next timer that was not cancelled. */
  function next(): Timer | undefined {
    while (heap.length > 0 && heap[0].run === undefined) popTimer(heap);
    return heap[0];
  }

  function runDue(untilMs: number): void {
    for (let timer = next(); timer !== undefined && timer.atMs <= untilMs; timer = next()) {
      popTimer(heap);
      now = Math.max(now, timer.atMs);
      const run = timer.run;
      timer.run = undefined;
      live--;
      run?.();
    }
  }

  return {
    nowMs: () => now,
    after(ms, run) {
      const timer: Timer = { atMs: now + Math.max(0, ms), order: order++, run };
      pushTimer(heap, timer);
      live++;
      return () => {
        if (timer.run === undefined) return;
        timer.run = undefined;
        live--;
      };
    },
    advanceToNext() {
      const timer = next();
      if (timer === undefined) return false;
      runDue(timer.atMs);
      return true;
    },
    advanceBy(ms) {
      const untilMs = now + ms;
      runDue(untilMs);
      now = untilMs;
    },
    get nextInMs() {
      const timer = next();
      return timer === undefined ? -1 : timer.atMs - now;
    },
    get pendingTimers() {
      return live;
    },
  };
}
