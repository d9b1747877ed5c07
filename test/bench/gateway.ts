// Alarms a second at the platform, stored and answered, against UDP alone and an unprotected echo.
// Each answers in a process of its own; as many datagrams are under way at each of them.

import { type ChildProcess, fork } from "node:child_process";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CON, encodePacket, POST, pathOption } from "../../protocol/coap.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { makeTestPager } from "../sdk/test-pager.ts";
import { ORDINARY_SOS } from "./codec.ts";
import type { PeerReady } from "./peer.ts";
import { type Contender, compare, type Row, WARM_ROUNDS } from "./rounds.ts";

const PROGRAM = fileURLToPath(new URL("./peer.ts", import.meta.url));
const ROUNDS = 9;
const TIMES = 2000;
/** Below what the gateway sheds at, and what a socket holds by default. */
const UNDER_WAY = 100;
/** A datagram without an answer for so long is lost, and the figures are worth nothing. */
const LIMIT_MS = 10_000;

interface Peer {
  readonly child: ChildProcess;
  readonly ready: PeerReady;
}

async function openPeer(which: string, dataDir: string): Promise<Peer> {
  const child = fork(PROGRAM, [which, dataDir], { execArgv: ["--import", "tsx"] });
  const [ready] = await once(child, "message");
  return { child, ready };
}

/** Each an alarm of its own, the pagers by turns. */
function sealedAlarms({ contexts }: PeerReady, count: number): Uint8Array[] {
  const pagers = contexts.map(makeTestPager);
  return Array.from({ length: count }, (_, at) => {
    return pagers[at % pagers.length].report("s", { ...ORDINARY_SOS, number: at }).bytes;
  });
}

function plainRequest(): Uint8Array {
  return encodePacket(nodeMachine, {
    type: CON,
    code: POST,
    messageId: 1,
    token: Uint8Array.of(1),
    options: [pathOption(nodeMachine, "s")],
    payload: new Uint8Array(24),
  }) as Uint8Array;
}

/** Sends `times` datagrams, never more than `UNDER_WAY` unanswered, until all have an answer. */
function exchange(
  socket: Socket,
  to: { name: string; port: number; times: number; next: () => Uint8Array },
) {
  const { name, port, times, next } = to;
  return new Promise<void>((resolve, reject) => {
    let sent = 0;
    let heard = 0;
    const limit = setTimeout(() => {
      reject(new Error(`${times - heard} of ${times} got no answer: ${name}`));
    }, LIMIT_MS);
    const send = (): void => {
      sent += 1;
      socket.send(next(), port, "127.0.0.1");
    };
    const hear = (_octets: Buffer, from: RemoteInfo): void => {
      if (from.port !== port) return;
      heard += 1;
      if (sent < times) send();
      if (heard < times) return;
      clearTimeout(limit);
      socket.off("message", hear);
      resolve();
    };
    socket.on("message", hear);
    for (let at = 0; at < Math.min(UNDER_WAY, times); at++) send();
  });
}

export async function gatewayRows(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-bench-"));
  const socket = createSocket("udp4");
  const peers: Peer[] = [];
  try {
    for (const which of ["gateway", "echo", "coap"]) peers.push(await openPeer(which, dataDir));
    const [gateway, echo, coap] = peers.map(({ ready }) => ready);
    const alarms = sealedAlarms(gateway, (ROUNDS + WARM_ROUNDS) * TIMES);
    const plain = plainRequest();
    let messageId = 0;
    /** A copy under a new message id: a CoAP end answers a repeat out of its memory. */
    const nextPlain = (): Uint8Array => {
      messageId = (messageId + 1) % 65536;
      const octets = Uint8Array.from(plain);
      octets.set([messageId >> 8, messageId & 255], 2);
      return octets;
    };
    const contender = (name: string, port: number, next: () => Uint8Array): Contender => ({
      name,
      run: (times) => exchange(socket, { name, port, times, next }),
    });
    return await compare({
      subject: "alarms over UDP",
      ours: contender("sealed, stored, answered", gateway.port, () => alarms.shift() ?? plain),
      others: [
        contender("bare UDP echo", echo.port, nextPlain),
        contender("coap package, echo, unprotected, unstored", coap.port, nextPlain),
      ],
      rounds: ROUNDS,
      times: TIMES,
    });
  } finally {
    socket.close();
    for (const { child } of peers) {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}
