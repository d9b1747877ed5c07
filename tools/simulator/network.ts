// What the simulated modem asks of the world's network, and its loss, drawn for each way apart.
// Interface and counting only; real sockets are in udp-network.ts, the twin in memory-network.ts.

import type { Chance } from "./chance.ts";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface NetworkCounts {
  /** Datagrams from pagers that left, and those that were lost on the way up. */
  sent: number;
  sentLost: number;
  /** Datagrams that reached a pager, and those that were lost on the way down. */
  received: number;
  receivedLost: number;
}

export interface SocketOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** A platform's end, not a pager's: nothing is lost here, so that each way is drawn once. */
  readonly peer?: boolean;
  onDatagram(octets: Uint8Array, from: Endpoint): void;
  /** The socket can't be used; the text says why. */
  onFault(text: string): void;
}

export interface UdpSocket {
  /** 0 until it is bound. */
  readonly port: number;
  send(octets: Uint8Array, to: Endpoint): void;
  close(): void;
}

export interface Network {
  open(options: SocketOptions): UdpSocket;
  readonly counts: Readonly<NetworkCounts>;
  /** Datagrams under way between ends that we own, and sockets being bound. */
  readonly pending: number;
  /** Resolves when nothing is pending: only then may a test move its clock. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface Loss {
  /** Probability of losing a datagram on its way from a pager, and to it. */
  readonly up: number;
  readonly down: number;
  readonly chance: Chance;
}

export type LossGate = ReturnType<typeof createLossGate>;

/** Draws losses and counts; each way has its own chance, so one never shifts the other. */
export function createLossGate(loss: Loss | undefined) {
  const counts: NetworkCounts = { sent: 0, sentLost: 0, received: 0, receivedLost: 0 };
  const up = loss?.chance.fork("up");
  const down = loss?.chance.fork("down");
  return {
    counts,
    /** True when a datagram from a pager may leave. */
    letUp(): boolean {
      const lost = up?.happens(loss?.up ?? 0) === true;
      if (lost) counts.sentLost++;
      else counts.sent++;
      return !lost;
    },
    /** True when a datagram to a pager may reach it. */
    letDown(): boolean {
      const lost = down?.happens(loss?.down ?? 0) === true;
      if (lost) counts.receivedLost++;
      else counts.received++;
      return !lost;
    },
  };
}
