// The gateway's socket: octets in, octets out. Knows nothing of what they mean.

import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Bytes } from "../../protocol/machine.ts";
import { OnekeyError, systemCode } from "../error.ts";
import { toOctets } from "../octets.ts";
import type { Datagram, Source } from "./datagram.ts";

export interface UdpSocket {
  address: Source;
  send(bytes: Bytes, to: Source): void;
  close(): Promise<void>;
}

export interface UdpOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  receive(datagram: Datagram): void;
  /** A datagram that could not leave, or ICMP about an earlier one: counted, and nothing more. */
  failed(): void;
}

/** Room for a storm while the disk writes; the system may grant less. */
const BUFFER_OCTETS = 4 * 1024 * 1024;

export async function openUdp(options: UdpOptions): Promise<UdpSocket> {
  const socket = createSocket({ type: isIPv6(options.host) ? "udp6" : "udp4" });
  await bind(socket, options);
  socket.setRecvBufferSize(BUFFER_OCTETS);
  socket.on("message", (bytes, from) => {
    options.receive({ bytes, from: { address: from.address, port: from.port } });
  });
  // Anybody can forge four bytes: only an opened answer changes anything [wire §2.4].
  socket.on("error", options.failed);
  const { address, port } = socket.address();
  return {
    address: { address, port },
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
