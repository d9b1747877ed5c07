// The way between modems and gateway: loss, delay, copies, damage, and a NAT that forgets.
// Never reads a datagram; octets go in and come out, or don't.

import type { Clock } from "../../../sdk/clock.ts";
import type { Datagram, Source } from "../../../sdk/gateway/datagram.ts";
import type { UdpCarrier, UdpOptions } from "../../../sdk/gateway/udp.ts";
import type { Chance } from "../chance.ts";
import type { Endpoint, Network, SocketOptions } from "../network.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

/** Both lead to the one gateway [wire §4.6]. */
export const PLATFORM_ADDRESSES = ["198.51.100.1:5683", "198.51.100.2:5683"];

/** What all pagers look like from outside: one address, a port each. */
const NAT_ADDRESS = "192.0.2.1";
const BASE_MS = 20;
const JITTER_MS = 400;
const LATE_MS_MIN = 5000;
const LATE_MS_MAX = 90000;
const COPY_MS_MAX = 3000;
const FORGET_MS_MIN = 20000;
const FORGET_MS_MAX = 120000;
const OUTAGE_MS_MIN = 60000;
const OUTAGE_MS_MAX = 1800000;
const SILENT_MS_MIN = 300000;
const SILENT_MS_MAX = 7200000;
const FIRST_PORT = 1024;
const PORTS = 60000;

export interface RadioPath {
  /** The network as one pager's modem sees it. */
  addPager(pager: string, weather: Weather, chance: Chance): Network;
  /** For the gateway; one is open at a time. */
  openSocket(options: UdpOptions): Promise<UdpCarrier>;
  /** The gateway's process is gone, and nobody listens. */
  closeSocket(): void;
  /** A stranger's datagram, with any source it likes. */
  toGateway(bytes: Uint8Array, from: Source): void;
  /** A stranger's datagram that looks as if it came from the platform. */
  toPager(pager: string, bytes: Uint8Array): void;
  /** Nothing is out of reach any more. */
  calm(): void;
}

/** One socket of a modem, as the other side of the NAT sees it. */
interface Way {
  readonly pager: string;
  readonly weather: Weather;
  readonly chance: Chance;
  readonly socket: SocketOptions;
  /** 0 while there is no way back. */
  port: number;
  /** Whom the pager sent to last. */
  peer: Endpoint | undefined;
  sentMs: number;
  forgetMs: number;
}

export interface RadioPathOptions {
  readonly clock: Clock;
  readonly see: See;
  readonly weather: Weather;
  readonly chance: Chance;
}

function bent(bytes: Uint8Array, chance: Chance): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) copy[chance.below(copy.length)] ^= 1 << chance.below(8);
  return copy;
}

export function createRadioPath(options: RadioPathOptions): RadioPath {
  const { clock, see } = options;
  const ways = new Map<number, Way>();
  /** The newest socket of each pager. */
  const newest = new Map<string, Way>();
  const unreachable = new Set<string>();
  /** Pagers whose datagrams go nowhere, and which time of silence ends that. */
  const silent = new Map<string, number>();
  let silenced = 0;
  let receive: ((datagram: Datagram) => void) | undefined;
  let ports = 0;

  function take(bytes: Uint8Array, from: Source): void {
    if (receive === undefined) return;
    see({ kind: "received", bytes, from: `${from.address}:${from.port}` });
    receive({ bytes, from });
  }

  /** A way through the NAT: the one that it knows, or a new one where it forgot. */
  function openWay(way: Way): void {
    const idleMs = clock.nowMs() - way.sentMs;
    const forgot = way.port !== 0 && idleMs > way.forgetMs && way.weather.strikes("natForgot");
    if (way.port === 0 || forgot) {
      ways.delete(way.port);
      way.port = FIRST_PORT + (ports++ % PORTS);
      way.forgetMs = way.chance.between(FORGET_MS_MIN, FORGET_MS_MAX);
      ways.set(way.port, way);
    }
    way.sentMs = clock.nowMs();
  }

  function fly(
    way: Way,
    direction: "up" | "down",
    bytes: Uint8Array,
    land: (b: Uint8Array) => void,
  ) {
    const { weather, chance } = way;
    if (weather.strikes(`${direction}Lost`)) return;
    const octets = weather.strikes(`${direction}Bent`) ? bent(bytes, chance) : bytes;
    const late = weather.strikes(`${direction}Late`);
    const extraMs = late ? chance.between(LATE_MS_MIN, LATE_MS_MAX) : chance.below(JITTER_MS);
    clock.after(BASE_MS + extraMs, () => land(octets));
    if (!weather.strikes(`${direction}Doubled`)) return;
    clock.after(BASE_MS + chance.below(COPY_MS_MAX), () => land(octets));
  }

  function goUp(way: Way, octets: Uint8Array, to: Endpoint): void {
    const bytes = octets.slice();
    see({ kind: "left", pager: way.pager, bytes });
    way.peer = to;
    openWay(way);
    if (unreachable.has(to.host) || silent.has(way.pager)) return;
    const from: Source = { carrier: "udp", address: NAT_ADDRESS, port: way.port };
    fly(way, "up", bytes, (landed) => take(landed, from));
  }

  function arrive(way: Way, bytes: Uint8Array): void {
    if (way.peer === undefined) return;
    see({ kind: "came", pager: way.pager, bytes });
    way.socket.onDatagram(bytes, way.peer);
  }

  function goDown(bytes: Uint8Array, to: Source): void {
    see({ kind: "answered", bytes, to: `${to.address}:${to.port}` });
    const way = to.address === NAT_ADDRESS ? ways.get(to.port) : undefined;
    if (way === undefined || way.peer === undefined || unreachable.has(way.peer.host)) return;
    if (silent.has(way.pager)) return;
    const idleMs = clock.nowMs() - way.sentMs;
    if (idleMs > way.forgetMs && way.weather.strikes("natForgot")) {
      ways.delete(way.port);
      way.port = 0;
      return;
    }
    const { port } = way;
    fly(way, "down", bytes, (landed) => ways.get(port) === way && arrive(way, landed));
  }

  function revive(pager: string): void {
    silent.delete(pager);
    see({ kind: "air", pager, way: "data", works: true });
  }

  options.weather.often("outage", () => {
    const host = PLATFORM_ADDRESSES[options.chance.below(2)].split(":")[0];
    unreachable.add(host);
    const ms = options.chance.between(OUTAGE_MS_MIN, OUTAGE_MS_MAX);
    clock.after(ms, () => unreachable.delete(host));
  });

  return {
    addPager(pager, weather, chance) {
      weather.often("dataDead", () => {
        silenced += 1;
        const own = silenced;
        silent.set(pager, own);
        see({ kind: "air", pager, way: "data", works: false });
        const ms = chance.between(SILENT_MS_MIN, SILENT_MS_MAX);
        clock.after(ms, () => silent.get(pager) === own && revive(pager));
      });
      return networkOf((socket) => {
        const way: Way = {
          pager,
          weather,
          chance,
          socket,
          port: 0,
          peer: undefined,
          sentMs: clock.nowMs(),
          forgetMs: 0,
        };
        newest.set(pager, way);
        return {
          port: FIRST_PORT,
          send: (octets, to) => goUp(way, octets, to),
          close() {
            ways.delete(way.port);
            if (newest.get(pager) === way) newest.delete(pager);
          },
        };
      });
    },
    async openSocket(asked) {
      receive = asked.receive;
      return {
        name: "udp",
        address: { carrier: "udp", address: "198.51.100.1", port: 5683 },
        send: (bytes, to) => goDown(Uint8Array.from(bytes), to),
        async close() {
          if (receive === asked.receive) receive = undefined;
        },
      };
    },
    closeSocket() {
      receive = undefined;
    },
    toGateway: take,
    toPager(pager, bytes) {
      const way = newest.get(pager);
      if (way !== undefined) arrive(way, bytes);
    },
    calm() {
      unreachable.clear();
      for (const pager of [...silent.keys()]) revive(pager);
    },
  };
}

/** What a modem asks of a network; the rest is for worlds that wait for real sockets. */
function networkOf(open: Network["open"]): Network {
  return {
    open,
    counts: { sent: 0, sentLost: 0, received: 0, receivedLost: 0 },
    pending: 0,
    idle: () => Promise.resolve(),
    close: async () => undefined,
  };
}
