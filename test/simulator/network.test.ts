// Both networks: in memory and on real UDP of this machine. Delivery, loss by seed, counts, idle.

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createMemoryNetwork } from "../../tools/simulator/memory-network.ts";
import type { Loss, Network } from "../../tools/simulator/network.ts";
import { createUdpNetwork } from "../../tools/simulator/udp-network.ts";

const octets = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

interface Kind {
  readonly name: string;
  open(loss?: Loss): { network: Network; settle(): Promise<void> };
}

const KINDS: Kind[] = [
  {
    name: "memory",
    open(loss) {
      const clock = createVirtualClock();
      const network = createMemoryNetwork({ clock, loss });
      return { network, settle: async () => clock.advanceBy(1000) };
    },
  },
  {
    name: "udp",
    open(loss) {
      const network = createUdpNetwork({ loss });
      return { network, settle: () => network.idle() };
    },
  },
];

/** Sends numbered datagrams to a peer that answers each; gives what came where. */
async function exchange(kind: Kind, count: number, loss?: Loss) {
  const { network, settle } = kind.open(loss);
  const up: string[] = [];
  const down: string[] = [];
  const peer = network.open({
    port: 0,
    peer: true,
    onDatagram(datagram, from) {
      up.push(Buffer.from(datagram).toString("latin1"));
      peer.send(datagram, from);
    },
    onFault: () => assert.unreachable(),
  });
  await settle();
  const pager = network.open({
    port: 0,
    onDatagram: (datagram) => down.push(Buffer.from(datagram).toString("latin1")),
    onFault: () => assert.unreachable(),
  });
  for (let number = 0; number < count; number++) {
    pager.send(octets(`datagram ${number}`), { host: "127.0.0.1", port: peer.port });
    await settle();
  }
  assert.is(network.pending, 0);
  const counts = { ...network.counts };
  await network.close();
  return { up, down, counts };
}

for (const kind of KINDS) {
  test(`${kind.name}: what is sent arrives, and comes back`, async () => {
    const { up, down, counts } = await exchange(kind, 20);
    assert.is(up.length, 20);
    assert.equal(down, up);
    assert.equal(counts, { sent: 20, sentLost: 0, received: 20, receivedLost: 0 });
  });

  test(`${kind.name}: losses each way are drawn from the seed and counted`, async () => {
    const loss = (seed: number): Loss => ({ up: 0.3, down: 0.2, chance: createChance(seed) });
    const one = await exchange(kind, 200, loss(4));
    const again = await exchange(kind, 200, loss(4));
    const other = await exchange(kind, 200, loss(5));
    assert.equal(one, again);
    assert.is.not(one.down.join(), other.down.join());
    assert.is(one.counts.sent + one.counts.sentLost, 200);
    assert.is(one.counts.received + one.counts.receivedLost, one.counts.sent);
    assert.is(one.up.length, one.counts.sent);
    assert.is(one.down.length, one.counts.received);
    assert.ok(one.counts.sentLost > 35 && one.counts.sentLost < 85, String(one.counts.sentLost));
  });

  test(`${kind.name}: a taken port is told, and a closed socket hears nothing`, async () => {
    const { network, settle } = kind.open();
    const faults: string[] = [];
    const first = network.open({
      port: 0,
      onDatagram: () => assert.unreachable(),
      onFault: () => assert.unreachable(),
    });
    await settle();
    const second = network.open({
      port: first.port,
      onDatagram: () => assert.unreachable(),
      onFault: (text) => faults.push(text),
    });
    await settle();
    assert.is(faults.length, 1);
    first.close();
    second.close();
    const sender = network.open({
      port: 0,
      onDatagram: () => assert.unreachable(),
      onFault: () => assert.unreachable(),
    });
    sender.send(octets("x"), { host: "127.0.0.1", port: first.port });
    await settle();
    assert.is(network.pending, 0);
    await network.close();
  });
}

test("a socket that is closed at once leaves nothing pending", async () => {
  const network = createUdpNetwork();
  const socket = network.open({
    port: 0,
    onDatagram: () => assert.unreachable(),
    onFault: () => assert.unreachable(),
  });
  assert.is(network.pending, 1);
  socket.close();
  assert.is(network.pending, 0);
  await network.idle();
  await network.close();
});

test("a watched peer holds the world until its answer has arrived", async () => {
  const gateway = createSocket("udp4");
  gateway.bind(0, "127.0.0.1");
  await once(gateway, "listening");
  const network = createUdpNetwork();
  const watched = network.watch(gateway.address().port);
  const order: string[] = [];
  gateway.on("message", (message, from) => {
    order.push("received");
    setImmediate(() => {
      gateway.send(message, from.port, from.address, () => order.push("answered"));
      watched.sent(from.port);
      watched.handled();
    });
  });
  const pager = network.open({
    port: 0,
    onDatagram: () => order.push("back"),
    onFault: () => assert.unreachable(),
  });
  await network.idle();
  pager.send(octets("sos"), { host: "127.0.0.1", port: gateway.address().port });
  assert.is(network.pending, 1);
  await network.idle();
  assert.ok(order.includes("received") && order.includes("back"), order.join());
  assert.is(network.pending, 0);
  await network.close();
  gateway.close();
});

test.run();
