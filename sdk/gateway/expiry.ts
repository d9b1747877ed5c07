// Sees to it that a command ends when its time is over, by the platform's clock alone [wire §4.5].
// Decides nothing: the store looks at the clock once more before it ends one.

import type { CommandRow } from "../care/commands.ts";
import type { Clock } from "../clock.ts";
import type { Event } from "../events.ts";
import type { Commits } from "./commits.ts";

type Watched = Pick<CommandRow, "pager" | "id" | "expiresAtMs">;

export interface Expiry {
  watch(row: Watched): void;
  /** Keeps in step with the store. */
  heed(event: Event): void;
  stop(): void;
}

/** Timers of Node end at 24.8 days, and a clock may be set: looked at once a day at least. */
const LOOK_MS_MAX = 24 * 3600 * 1000;
/** After a commit that failed, or a clock that was set back meanwhile. */
const AGAIN_MS = 30_000;

export function makeExpiry({ clock, commits }: { clock: Clock; commits: Commits }): Expiry {
  const timers = new Map<string, () => void>();

  const look = (row: Watched, leastMs: number): void => {
    const { pager, id, expiresAtMs } = row;
    const restMs = Math.max(leastMs, expiresAtMs - clock.nowMs());
    const cancel = clock.after(Math.min(restMs, LOOK_MS_MAX), () => {
      // Armed anew first: the command's end, when it is stored, takes the timer away.
      look(row, AGAIN_MS);
      if (clock.nowMs() < expiresAtMs) return;
      commits.add({ fact: { kind: "expireCommand", pager, id } }).catch(() => undefined);
    });
    timers.set(nameOf(row), cancel);
  };

  const forget = (name: string): void => {
    timers.get(name)?.();
    timers.delete(name);
  };

  return {
    watch: (row) => look(row, 0),
    heed(event) {
      if (event.kind === "commandQueued") look(event, 0);
      if (event.kind === "commandEnded") forget(nameOf(event));
    },
    stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

// internal

function nameOf({ pager, id }: { pager: string; id: number }): string {
  return `${pager} ${id}`;
}
