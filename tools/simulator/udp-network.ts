// The network on real UDP sockets (IPv4). It counts what is under way between ends that we own,
// so that a stepped clock never runs ahead of a datagram.

import { createSocket, type RemoteInfo } from "node:dgram";
import { createFlight, type Flight } from "./flight.ts";
import {
  createLossGate,
  type Endpoint,
  type Loss,
  type LossGate,
  type Network,
  type SocketOptions,
  type UdpSocket,
} from "./network.ts";

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

interface World {
  readonly gate: LossGate;
  readonly flight: Flight;
  readonly open: Set<UdpSocket>;
  /** Ports whose senders we see, so that what comes from them was counted when it left. */
  readonly counted: Set<number>;
}

/** A bound socket of the system; `onBound` runs once, whether it came to that or not. */
function bindSocket(world: World, options: SocketOptions, onBound: (port: number) => void) {
  const udp = createSocket("udp4");
  let state: "binding" | "bound" | "closed" = "binding";
  world.flight.bind(1);
  udp.on("error", (error) => {
    if (state === "binding") world.flight.bind(-1);
    if (state === "binding") state = "closed";
    options.onFault(error.message);
  });
  udp.bind(options.port, () => {
    if (state !== "binding") return;
    state = "bound";
    const port = udp.address().port;
    world.counted.add(port);
    world.flight.own(port);
    onBound(port);
    world.flight.bind(-1);
  });
  return {
    udp,
    close() {
      if (state === "binding") world.flight.bind(-1);
      state = "closed";
      udp.close();
    },
  };
}

function openSocket(world: World, options: SocketOptions): UdpSocket {
  const { gate, flight } = world;
  const pager = options.peer !== true;
  let port = 0;
  let closed = false;
  let waiting: { octets: Uint8Array; to: Endpoint }[] = [];

  function transmit(octets: Uint8Array, to: Endpoint): void {
    flight.count(to.port, 1);
    bound.udp.send(octets, to.port, to.host, (error) => {
      if (!error) return;
      flight.count(to.port, -1);
      options.onFault(`no datagram to ${to.host}:${to.port}: ${error.message}`);
    });
  }

  const bound = bindSocket(world, options, (own) => {
    port = own;
    for (const { octets, to } of waiting) transmit(octets, to);
    waiting = [];
  });
  bound.udp.on("message", (octets: Buffer, from: RemoteInfo) => {
    if (!pager || gate.letDown()) {
      options.onDatagram(new Uint8Array(octets), { host: from.address, port: from.port });
    }
    if (world.counted.has(from.port)) flight.count(port, -1);
  });
  const handle: UdpSocket = {
    get port() {
      return port;
    },
    send(octets, to) {
      if (closed || (pager && !gate.letUp())) return;
      if (port === 0) waiting.push({ octets: octets.slice(), to });
      else transmit(octets.slice(), to);
    },
    close() {
      if (closed) return;
      closed = true;
      bound.close();
      world.open.delete(handle);
      world.counted.delete(port);
      flight.disown(port);
    },
  };
  world.open.add(handle);
  return handle;
}

export function createUdpNetwork(options: { readonly loss?: Loss } = {}): UdpNetwork {
  const world: World = {
    gate: createLossGate(options.loss),
    flight: createFlight(),
    open: new Set(),
    counted: new Set(),
  };
  return {
    open: (socket) => openSocket(world, socket),
    counts: world.gate.counts,
    get pending() {
      return world.flight.pending();
    },
    idle: () => world.flight.idle(),
    watch(port) {
      world.flight.own(port);
      world.counted.add(port);
      return {
        sent: (toPort) => world.flight.count(toPort, 1),
        handled: () => world.flight.count(port, -1),
      };
    },
    async close() {
      for (const socket of [...world.open]) socket.close();
    },
  };
}
