// A store around the real one: commits that are slow, that find the disk full, or that see a crash.
// Stores nothing itself, and loses nothing that the real one has committed.

import type { Clock } from "../../../sdk/clock.ts";
import type { Batch, Receipt, Store } from "../../../sdk/store/store.ts";
import type { Chance } from "../chance.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

/** As SQLite says it. */
export class DiskFull extends Error {
  readonly code = "SQLITE_FULL";
}
const diskFull = () => new DiskFull("the disk is full");

export interface FailingStoreOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly see: See;
  /** The process that asked is gone. */
  isOver(): boolean;
  crash(): void;
  /** +1 while a commit waits for time to pass, -1 when it goes on. */
  hold(step: 1 | -1): void;
}

const SLOW_MS_MIN = 100;
const SLOW_MS_MAX = 20000;

/** What a process that is gone waits for. */
const never = () => new Promise<never>(() => undefined);

export function failingStore(options: FailingStoreOptions): Store {
  const { store, clock, chance, weather, see, isOver, hold } = options;

  async function commit(batch: Batch): Promise<Receipt[]> {
    if (weather.strikes("commitSlow")) {
      hold(1);
      const ms = chance.between(SLOW_MS_MIN, SLOW_MS_MAX);
      await new Promise<void>((resolve) => {
        clock.after(ms, () => {
          if (!isOver()) hold(-1);
          resolve();
        });
      });
    }
    if (isOver()) return never();
    if (weather.strikes("commitFailed")) throw diskFull();
    if (weather.strikes("crashBeforeCommit")) {
      options.crash();
      return never();
    }
    const kept = await store.commit(batch);
    for (const one of kept) {
      if (!("event" in one)) continue;
      for (const event of [one.event, ...(one.also ?? [])]) see({ kind: "stored", event });
    }
    if (weather.strikes("crashAfterCommit")) {
      options.crash();
      return never();
    }
    return kept;
  }

  return new Proxy(store, {
    get(real, name: keyof Store) {
      if (name === "commit") return commit;
      const call = real[name] as (...values: unknown[]) => unknown;
      return (...values: unknown[]) => (isOver() ? never() : call(...values));
    },
  });
}
