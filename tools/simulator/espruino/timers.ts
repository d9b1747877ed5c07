// Timers of Espruino on a clock that is handed in. An exception in one is printed; the timer stays.

import type { Clock } from "../../../sdk/clock.ts";
import type { Realm } from "./realm.ts";

/** Calls a function of the bundle and prints what it throws, as the interpreter does. */
export type Guard = (run: () => void) => void;

interface Timer {
  cancel(): void;
}

export function timerLibrary(realm: Realm, clock: Clock, guard: Guard) {
  const timers = new Map<number, Timer>();
  let last = 0;

  function start(id: number, run: () => void, ms: number, again: boolean): void {
    const cancel = clock.after(Math.max(0, ms), () => {
      if (again) start(id, run, ms, true);
      else timers.delete(id);
      guard(run);
    });
    timers.set(id, { cancel });
  }

  function begin(again: boolean) {
    return (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]): number => {
      realm.alive();
      last += 1;
      const delayMs = Number.isFinite(ms) ? Number(ms) : 0;
      start(last, () => run(...given), again ? Math.max(1, delayMs) : delayMs, again);
      return last;
    };
  }

  /** Without an argument all timers go; `undefined` as one is refused: it is always a mistake. */
  function clear(word: string) {
    return (...ids: unknown[]): void => {
      if (ids.length > 0 && ids[0] === undefined) {
        throw realm.error(`${word}(undefined) not allowed. Use ${word}() instead`);
      }
      for (const id of ids.length > 0 ? ids : [...timers.keys()]) {
        timers.get(Number(id))?.cancel();
        timers.delete(Number(id));
      }
    };
  }

  const clearTimeout = clear("clearTimeout");
  return {
    names: {
      setTimeout: begin(false),
      setInterval: begin(true),
      clearTimeout,
      clearInterval: clear("clearInterval"),
    },
    stop: () => clearTimeout(),
  };
}
