// The network in memory: datagrams are timers of a clock, so a seed gives the same run each time.
// Opens no port; every host name leads to this one machine.

import type { Clock } from "../../sdk/clock.ts";
import { createLossGate, type Loss, type Network, type SocketOptions } from "./network.ts";

const HOST = "127.0.0.1";
const FIRST_FREE_PORT = 49152;

export interface MemoryNetworkOptions {
  readonly clock: Clock;
  readonly loss?: Loss;
  /** One way, in milliseconds. */
  readonly delayMs?: number;
}

export function createMemoryNetwork(options: MemoryNetworkOptions): Network {
  const gate = createLossGate(options.loss);
  const delayMs = options.delayMs ?? 30;
  const open = new Map<number, SocketOptions>();
  let nextPort = FIRST_FREE_PORT;

  function deliver(port: number, octets: Uint8Array, from: number): void {
    const target = open.get(port);
    if (target === undefined) return; // nobody listens: silence, as on any network
    if (target.peer !== true && !gate.letDown()) return;
    target.onDatagram(octets, { host: HOST, port: from });
  }

  return {
    counts: gate.counts,
    pending: 0,
    idle: () => Promise.resolve(),
    open(socket) {
      const port = socket.port === 0 ? nextPort++ : socket.port;
      const taken = open.has(port);
      if (taken) options.clock.after(0, () => socket.onFault(`port ${port} is taken`));
      else open.set(port, socket);
      return {
        port,
        send(octets, to) {
          if (taken || (socket.peer !== true && !gate.letUp())) return;
          const copy = octets.slice();
          options.clock.after(delayMs, () => deliver(to.port, copy, port));
        },
        close() {
          if (!taken) open.delete(port);
        },
      };
    },
    async close() {
      open.clear();
    },
  };
}
