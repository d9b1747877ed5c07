// What the driver knows of its sockets, one for each platform address; a part of the record in state.ts.
// Data only.

export interface Socket {
  host: string;
  port: string;
  open: boolean;
  /** There may be a datagram; set by the line "recv" and by each chore [bg96 trap 5]. */
  unread: boolean;
}

/** seek: look for a closed socket; close its id; open it; await +QIOPEN; later: try again. */
export type OpeningStep = "seek" | "close" | "open" | "await" | "later";

/** One socket is opened at a time; this goes on beside the traffic of those that are open. */
export interface Opening {
  id: number;
  step: OpeningStep;
  tries: number;
  sinceMs: number;
}

export function socketsOf(addresses: string[]): Socket[] {
  const sockets: Socket[] = [];
  for (let at = 0; at < addresses.length; at++) {
    const colon = addresses[at].indexOf(":");
    sockets.push({
      host: addresses[at].slice(0, colon),
      port: addresses[at].slice(colon + 1),
      open: false,
      unread: false,
    });
  }
  return sockets;
}
