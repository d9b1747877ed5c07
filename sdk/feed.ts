// The event log as an endless line that resumes at a cursor. Reads; never stores.

import type { Event } from "./events.ts";
import type { Store } from "./store/store.ts";

export interface Feed {
  /** Events behind the cursor, then those to come, until `signal` ends it or the feed is closed. */
  after(cursor: number, signal?: AbortSignal): AsyncIterable<Event>;
  /** There is something new in the log. */
  wake(): void;
  close(): void;
}

const PAGE_EVENTS = 500;

export function makeFeed(store: Store): Feed {
  const sleepers = new Set<() => void>();
  let wakes = 0;
  let closed = false;

  const wake = (): void => {
    wakes += 1;
    for (const rise of [...sleepers]) rise();
  };

  /** Resolves at the next `wake`, or when the reader goes away. */
  const sleep = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve) => {
      const rise = (): void => {
        sleepers.delete(rise);
        signal?.removeEventListener("abort", rise);
        resolve();
      };
      sleepers.add(rise);
      signal?.addEventListener("abort", rise);
    });

  async function* after(cursor: number, signal?: AbortSignal): AsyncGenerator<Event> {
    let at = cursor;
    const isOver = (): boolean => closed || signal?.aborted === true;
    while (!isOver()) {
      const wakesBefore = wakes;
      const events = await store.events(at, PAGE_EVENTS);
      for (const event of events) {
        if (isOver()) return;
        at = event.seq;
        yield event;
      }
      // What was stored while we read is read before we sleep.
      if (events.length === 0 && wakes === wakesBefore && !isOver()) await sleep(signal);
    }
  }

  return {
    after,
    wake,
    close() {
      closed = true;
      wake();
    },
  };
}
