// A process that answers datagrams, for gateway.ts: the platform itself, or a stranger to compare with.
// argv: which, and a data folder. Tells its parent its port and, of the platform, its pagers' keys.

import { createSocket } from "node:dgram";
import { createServer } from "coap";
import { openPlatform } from "../../sdk/platform.ts";
import type { ProvisionedContext } from "../../sdk/register.ts";

export interface PeerReady {
  port: number;
  contexts: ProvisionedContext[];
}

const PAGERS = 200;
const HOST = "127.0.0.1";

const [which, dataDir] = process.argv.slice(2);

/** Seals, stores with one fsync a group, answers. */
async function openGatewayPeer(): Promise<PeerReady> {
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  const contexts: ProvisionedContext[] = [];
  for (let at = 0; at < PAGERS; at++) {
    const { provisioning } = await platform.pagers.register({ name: `pager ${at}` });
    contexts.push(provisioning.contexts[0]);
  }
  return { port: platform.udp.port, contexts };
}

/** The same octets back: what Node's UDP costs on this machine. */
async function openEchoPeer(): Promise<PeerReady> {
  const socket = createSocket("udp4");
  socket.on("message", (octets, from) => socket.send(octets, from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, HOST, resolve));
  return { port: socket.address().port, contexts: [] };
}

/** Unprotected and unstored CoAP, by the package of that name, which doesn't tell its port. */
async function openCoapPeer(): Promise<PeerReady> {
  const probe = createSocket("udp4");
  await new Promise<void>((resolve) => probe.bind(0, HOST, resolve));
  const { port } = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  const answering = createServer((request, response) => {
    response.end(request.payload);
  });
  await new Promise<void>((resolve) => void answering.listen(port, HOST, () => resolve()));
  return { port, contexts: [] };
}

const OPENERS: Record<string, () => Promise<PeerReady>> = {
  gateway: openGatewayPeer,
  echo: openEchoPeer,
  coap: openCoapPeer,
};

process.send?.(await OPENERS[which]());
