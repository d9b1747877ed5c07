// The network on real UDP sockets (IPv4). It counts what is under way between ends that we own,
// so that a stepped clock never runs ahead of a datagram.

import { createSocket, type RemoteInfo } from "node:dgram";
import { OnekeyError } from "../../sdk/error.ts";
import {
  createLossGate,
  type Endpoint,
  type Loss,
  type Network,
  type SocketOptions,
  type UdpSocket,
} from "./network.ts";

/** Real time after which a datagram on this machine counts as dropped by the system. */
const STUCK_MS = 5000;

/** What a peer in this process reports about itself, such as a gateway in a test. */
export interface WatchedPeer {
  /** It has sent a datagram to this port. Called before `handled`, so that no gap opens. */
  sent(toPort: number): void;
  /** It is done with one datagram that came from us. */
  handled(): void;
}

export interface UdpNetwork extends Network {
  /** Counts datagrams to and from a port that another part of this process has open. */
  watch(port: number): WatchedPeer;
}

/** Datagrams under way, by the port they go to. */
function createFlight() {
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

export function createUdpNetwork(options: { readonly loss?: Loss } = {}): UdpNetwork {
  const gate = createLossGate(options.loss);
  const flight = createFlight();
  const open = new Set<UdpSocket>();
  /** Ports whose senders we see, so that what comes from them was counted when it left. */
  const counted = new Set<number>();

  function openSocket(socket: SocketOptions): UdpSocket {
    const udp = createSocket("udp4");
    let port = 0;
    let closed = false;
    let binding = true;
    let waiting: { octets: Uint8Array; to: Endpoint }[] = [];

    function transmit(octets: Uint8Array, to: Endpoint): void {
      flight.count(to.port, 1);
      udp.send(octets, to.port, to.host, (error) => {
        if (!error) return;
        flight.count(to.port, -1);
        socket.onFault(`no datagram to ${to.host}:${to.port}: ${error.message}`);
      });
    }

    function endBinding(): void {
      if (binding) flight.bind(-1);
      binding = false;
    }

    flight.bind(1);
    udp.on("error", (error) => {
      endBinding();
      socket.onFault(error.message);
    });
    udp.on("message", (octets: Buffer, from: RemoteInfo) => {
      if (socket.peer === true || gate.letDown()) {
        socket.onDatagram(new Uint8Array(octets), { host: from.address, port: from.port });
      }
      if (counted.has(from.port)) flight.count(port, -1);
    });
    udp.bind(socket.port, () => {
      if (closed) return;
      port = udp.address().port;
      counted.add(port);
      flight.own(port);
      for (const { octets, to } of waiting) transmit(octets, to);
      waiting = [];
      endBinding();
    });
    const handle: UdpSocket = {
      get port() {
        return port;
      },
      send(octets, to) {
        if (closed || (socket.peer !== true && !gate.letUp())) return;
        if (port === 0) waiting.push({ octets: Uint8Array.from(octets), to });
        else transmit(Uint8Array.from(octets), to);
      },
      close() {
        if (closed) return;
        closed = true;
        endBinding();
        open.delete(handle);
        flight.disown(port);
        counted.delete(port);
        udp.close();
      },
    };
    open.add(handle);
    return handle;
  }

  return {
    open: openSocket,
    counts: gate.counts,
    get pending() {
      return flight.pending();
    },
    idle: () => flight.idle(),
    watch(port) {
      flight.own(port);
      counted.add(port);
      return {
        sent: (toPort) => flight.count(toPort, 1),
        handled: () => flight.count(port, -1),
      };
    },
    async close() {
      for (const socket of [...open]) socket.close();
    },
  };
}
