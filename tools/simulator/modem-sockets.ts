// Sockets of the simulated modem: opening, sending by three commands, reading; their faults.
// Every socket is one of the network that was handed in; none is opened before its context is up.

import { emit, emitLine } from "./modem-line.ts";
import { type Call, ERROR, type Handlers, OK, type Reply, SOCKET_ERRORS } from "./modem-reply.ts";
import {
  awaitFault,
  later,
  nowMs,
  octetsOf,
  type Sim,
  type SimSocket,
  say,
  strikes,
  textOf,
} from "./modem-state.ts";
import type { Endpoint } from "./network.ts";

const IDS = 12;
const SEND_OCTETS_MAX = 1460;
const HEX_MAX = 512;
/** Of "0010", the one span that our driver asks for. */
const CALLS_MS = 20480;
const DOWN_LATE_MS = 8000;
const LIKE_ANSWER = '\r\nOK\r\n+QIURC: "recv",0\r\n> ERROR\r\n';

export function closeSockets(sim: Sim): void {
  for (let id = 0; id < IDS; id++) {
    sim.sockets[id]?.udp?.close();
    sim.sockets[id] = undefined;
  }
}

function failed(sim: Sim, code: number): Reply {
  sim.socketError = code;
  return ERROR;
}

function touchRadio(sim: Sim): void {
  sim.connectedUntilMs = nowMs(sim) + sim.timing.connectedMs;
}

function store(sim: Sim, id: number, octets: string, from: Endpoint): void {
  const socket = sim.sockets[id];
  if (socket === undefined) return;
  touchRadio(sim);
  socket.octets.received += octets.length;
  say(sim, "received", `${octets.length} octets from ${from.host}:${from.port}`);
  if (socket.mode === 1) {
    emitLine(sim, `+QIURC: "recv",${id},${octets.length}`);
    emit(sim, octets);
    return;
  }
  socket.inbox.push({ octets, from });
  if (socket.announced) return;
  socket.announced = true;
  emitLine(sim, `+QIURC: "recv",${id}`);
}

/** A datagram came from the network for this id. */
function receive(sim: Sim, id: number, octets: Uint8Array, from: Endpoint): void {
  const socket = sim.sockets[id];
  if (socket === undefined) return;
  const literal = /^[\d.]+$/.test(socket.host);
  const stranger = from.port !== socket.port || (literal && from.host !== socket.host);
  if (socket.kind === "UDP" && stranger) return;
  if (!sim.covered || strikes(sim, "downLost")) return;
  const waitMs = callMs(sim);
  if (waitMs > 0) later(sim, waitMs, () => take(sim, id, octets, from));
  else take(sim, id, octets, from);
}

/** Not connected, and with eDRX, it is called at the network's next moment for it only. */
function callMs(sim: Sim): number {
  const calls = sim.stored.has("+CEDRXS") && nowMs(sim) > sim.connectedUntilMs;
  return calls ? CALLS_MS - (nowMs(sim) % CALLS_MS) : 0;
}

/** It is there; the line's faults come on top. */
function take(sim: Sim, id: number, octets: Uint8Array, from: Endpoint): void {
  const text = textOf(octets);
  if (strikes(sim, "payloadLikeAnswer")) store(sim, id, LIKE_ANSWER, from);
  if (strikes(sim, "downLate")) {
    later(sim, DOWN_LATE_MS, () => store(sim, id, text, from));
    return;
  }
  store(sim, id, text, from);
  if (strikes(sim, "downDoubled")) later(sim, 50, () => store(sim, id, text, from));
}

/** All of them but 0 and 563, which the ids themselves decide. */
const OPEN_ERRORS = [
  550, 551, 552, 553, 554, 555, 556, 561, 564, 565, 566, 568, 569, 570, 572, 574,
];

function openError(sim: Sim, id: number, call: Call): number {
  if (!strikes(sim, "openFails")) return createSocket(sim, id, call);
  return OPEN_ERRORS[sim.options.chance.below(OPEN_ERRORS.length)];
}

/** It is gone without a word to its other end; the id is free again. */
function breakSocket(sim: Sim, id: number): Reply {
  sim.sockets[id]?.udp?.close();
  sim.sockets[id] = undefined;
  return failed(sim, 570);
}

function awaitClosing(sim: Sim, id: number): void {
  const opened = sim.sockets[id];
  awaitFault(sim, "socketClosed", () => {
    if (opened === undefined || sim.sockets[id] !== opened) return;
    breakSocket(sim, id);
    emitLine(sim, `+QIURC: "closed",${id}`);
  });
}

function createSocket(sim: Sim, id: number, call: Call): number {
  const [, , kind, host, port, localPort, mode] = call.args;
  if (sim.sockets[id] !== undefined) return 563;
  if (!sim.contextUp) return 561;
  if ((kind !== "UDP" && kind !== "UDP SERVICE") || !/^\d+$/.test(port ?? "")) return 552;
  sim.sockets[id] = {
    kind,
    host,
    port: Number(port),
    mode: Number(mode ?? "0"),
    udp: sim.options.network.open({
      port: Number(localPort ?? "0"),
      onDatagram: (octets, from) => receive(sim, id, octets, from),
      onFault(text) {
        say(sim, "radio", `socket ${id}: ${text}`);
        if (sim.sockets[id] === undefined) return;
        sim.sockets[id]?.udp?.close();
        sim.sockets[id] = undefined;
        emitLine(sim, `+QIURC: "closed",${id}`);
      },
    }),
    inbox: [],
    announced: false,
    octets: { received: 0, read: 0 },
  };
  return 0;
}

function answerOpen(sim: Sim, call: Call): Reply {
  const id = Number(call.args[1]);
  if (call.form !== "set" || !(id >= 0 && id < IDS) || call.args.length < 5) {
    return failed(sim, 552);
  }
  const silent = strikes(sim, "openSilent");
  return {
    after() {
      if (silent) return;
      later(sim, sim.timing.openMs, () => {
        sim.socketError = openError(sim, id, call);
        if (sim.socketError === 0) awaitClosing(sim, id);
        emitLine(sim, `+QIOPEN: ${id},${sim.socketError}`);
      });
    },
  };
}

/** Leaves now, or when the receiver gives the radio back. */
function transmit(sim: Sim, socket: SimSocket, octets: string, to: Endpoint): void {
  if (!sim.covered || strikes(sim, "sendLost")) return;
  const leave = () => {
    touchRadio(sim);
    say(sim, "sent", `${octets.length} octets to ${to.host}:${to.port}`);
    socket.udp?.send(octetsOf(octets), to);
  };
  if (sim.gnssOn) sim.held.push(leave);
  else leave();
}

function sendOctets(sim: Sim, id: number, octets: string, to: Endpoint): Reply {
  const socket = sim.sockets[id];
  if (socket?.udp === undefined || !sim.contextUp) return failed(sim, 558);
  if (strikes(sim, "sendFails")) return breakSocket(sim, id);
  if (strikes(sim, "sendRefused")) return { final: "SEND FAIL" };
  if (strikes(sim, "brownOut")) return { brownOut: "modem" };
  if (strikes(sim, "brownOutBoth")) return { brownOut: "both" };
  transmit(sim, socket, octets, to);
  return { final: "SEND OK" };
}

function peerOf(socket: SimSocket): Endpoint {
  return { host: socket.host, port: socket.port };
}

function answerSendHex(sim: Sim, call: Call): Reply {
  const id = Number(call.args[0]);
  const hex = call.args[1] ?? "";
  const socket = sim.sockets[id];
  if (socket === undefined) return failed(sim, 558);
  if (hex.length % 2 === 1 || hex.length > HEX_MAX || !/^[0-9a-f]+$/i.test(hex)) {
    return failed(sim, 552);
  }
  return sendOctets(sim, id, Buffer.from(hex, "hex").toString("latin1"), peerOf(socket));
}

/** `AT+QISEND=<id>,<length>[,<ip>,<port>]`: a prompt, then counted octets. */
function answerSend(sim: Sim, call: Call): Reply {
  const id = Number(call.args[0]);
  const length = Number(call.args[1] ?? "NaN");
  const socket = sim.sockets[id];
  if (socket === undefined) return failed(sim, 558);
  if (length === 0) return { lines: ["+QISEND: 0,0,0"] };
  if (!(length > 0 && length <= SEND_OCTETS_MAX)) return failed(sim, 552);
  const [, , host, port] = call.args;
  const to = host === undefined ? peerOf(socket) : { host, port: Number(port) };
  return { prompt: { left: length, done: (text) => sendOctets(sim, id, text, to) } };
}

function answerRead(sim: Sim, call: Call): Reply {
  const socket = sim.sockets[Number(call.args[0])];
  const most = Number(call.args[1] ?? "1500");
  if (socket === undefined) return failed(sim, 559);
  if (most > 0 && strikes(sim, "readFails")) return breakSocket(sim, Number(call.args[0]));
  const { received, read } = socket.octets;
  if (most === 0) return { lines: [`+QIRD: ${received},${read},${received - read}`] };
  const next = socket.inbox[0];
  if (next === undefined) {
    socket.announced = false;
    return { lines: ["+QIRD: 0"] };
  }
  const body = next.octets.slice(0, most);
  next.octets = next.octets.slice(most);
  if (next.octets === "") socket.inbox.shift();
  socket.octets.read += body.length;
  const from = socket.kind === "UDP SERVICE" ? `,"${next.from.host}",${next.from.port}` : "";
  return { lines: [`+QIRD: ${body.length}${from}`], body };
}

function answerClose(sim: Sim, call: Call): Reply {
  const id = Number(call.args[0]);
  if (!(id >= 0 && id < IDS)) return failed(sim, 552);
  sim.sockets[id]?.udp?.close();
  sim.sockets[id] = undefined;
  return OK;
}

function answerState(sim: Sim, call: Call): Reply {
  const ids = call.args.length > 1 ? [Number(call.args[1])] : [...Array(IDS).keys()];
  const lines = ids.flatMap((id) => {
    const socket = sim.sockets[id];
    if (socket === undefined) return [];
    const { kind, host, port, udp, mode } = socket;
    return [`+QISTATE: ${id},"${kind}","${host}",${port},${udp?.port ?? 0},2,1,0,${mode},"uart1"`];
  });
  return { lines };
}

/** Ids that an earlier life of the processor left open [bg96 trap 7]. */
export function leaveSockets(sim: Sim): void {
  for (const id of [0, 1]) {
    sim.sockets[id] = {
      kind: "UDP",
      host: "0.0.0.0",
      port: 5683,
      mode: 0,
      udp: undefined,
      inbox: [],
      announced: false,
      octets: { received: 0, read: 0 },
    };
  }
}

export const SOCKETS: Handlers = {
  "+QIOPEN": answerOpen,
  "+QISEND": answerSend,
  "+QISENDEX": answerSendHex,
  "+QIRD": answerRead,
  "+QICLOSE": answerClose,
  "+QISTATE": answerState,
  "+QIGETERROR": (sim) => ({
    lines: [`+QIGETERROR: ${sim.socketError},${SOCKET_ERRORS[sim.socketError] ?? "unknown error"}`],
  }),
};
