// The carrier that every platform has: a UDP socket. Octets in, octets out.
// Knows nothing of what they mean.

import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { OnekeyError, systemCode } from "../error.ts";
import { toOctets } from "../octets.ts";
import type { Carrier, CarrierEnds } from "./carrier.ts";
import type { Source } from "./datagram.ts";

export interface UdpCarrier extends Carrier {
  /** Where it listens. */
  readonly address: Source;
}

export interface UdpOptions extends CarrierEnds {
  host: string;
  /** 0: any free port. */
  port: number;
}

/** Room for a storm while the disk writes; the system may grant less. */
const BUFFER_OCTETS = 4 * 1024 * 1024;

export async function openUdp(options: UdpOptions): Promise<UdpCarrier> {
  const socket = createSocket({ type: isIPv6(options.host) ? "udp6" : "udp4" });
  await bind(socket, options);
  socket.setRecvBufferSize(BUFFER_OCTETS);
  socket.on("message", (bytes, from) => {
    const { address, port } = from;
    options.receive({ bytes, from: { carrier: "udp", address, port } });
  });
  // ICMP about an earlier datagram: anybody can forge it [wire §2.4].
  socket.on("error", options.failed);
  const { address, port } = socket.address();
  return {
    name: "udp",
    address: { carrier: "udp", address, port },
    send: (bytes, to) => {
      socket.send(toOctets(bytes), to.port, to.address, (error) => {
        if (error !== null) options.failed();
      });
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function bind(socket: Socket, options: UdpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.close();
      reject(bindingError(options, systemCode(error)));
    };
    socket.once("error", fail);
    socket.bind(options.port, options.host, () => {
      socket.off("error", fail);
      resolve();
    });
  });
}

function bindingError(options: UdpOptions, code: string): OnekeyError {
  const where = `UDP port ${options.port} of ${options.host}`;
  if (code === "EADDRINUSE") {
    return new OnekeyError(
      "port-taken",
      `${where} is taken: stop the program that has it or choose another port with --udp.`,
    );
  }
  return new OnekeyError(
    "port-refused",
    `${where} can't be opened (${code}): choose another port with --udp or address with --host.`,
  );
}
