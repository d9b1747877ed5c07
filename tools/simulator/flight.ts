// Datagrams under way on this machine, by the port they go to, so that a stepped clock can wait.
// Sends nothing; it only counts what it is told of.

import { OnekeyError } from "../../sdk/error.ts";

/** Real time after which a datagram on this machine counts as dropped by the system. */
const STUCK_MS = 5000;

export type Flight = ReturnType<typeof createFlight>;

export function createFlight() {
  const underWay = new Map<number, number>();
  let binding = 0;
  let waiting: (() => void)[] = [];
  const pending = () => [...underWay.values()].reduce((sum, count) => sum + count, binding);

  function settle(): void {
    if (waiting.length === 0 || pending() > 0) return;
    const ready = waiting;
    waiting = [];
    for (const resolve of ready) resolve();
  }

  return {
    pending,
    own: (port: number) => void underWay.set(port, underWay.get(port) ?? 0),
    disown(port: number) {
      underWay.delete(port);
      settle();
    },
    bind(step: 1 | -1) {
      binding += step;
      settle();
    },
    /** +1 when a datagram leaves for the port, -1 when it came; ports of strangers don't count. */
    count(port: number, step: 1 | -1) {
      const before = underWay.get(port);
      if (before === undefined) return;
      underWay.set(port, Math.max(0, before + step));
      settle();
    },
    async idle() {
      if (pending() === 0) return;
      await new Promise<void>((resolve, reject) => {
        const text = `${pending()} datagrams did not arrive on this machine; run the test again`;
        const stuck = setTimeout(() => reject(new OnekeyError("datagram-stuck", text)), STUCK_MS);
        waiting.push(() => {
          clearTimeout(stuck);
          resolve();
        });
      });
    },
  };
}
