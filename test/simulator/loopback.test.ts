// Driver and simulated modem over real UDP of this machine, on a clock that a test steps:
// it moves only when no datagram is under way.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createChance } from "../../tools/simulator/chance.ts";
import { seedFaults } from "../../tools/simulator/faults.ts";
import { createUdpNetwork } from "../../tools/simulator/udp-network.ts";
import { createWorld, type World } from "../modem/world.ts";

/** Steps the clock until it is done; undefined when so many milliseconds of the world passed. */
async function stepUntil(world: World, limitMs: number, done: () => boolean) {
  const startMs = world.clock.nowMs();
  while (!done()) {
    await world.network.idle();
    if (done()) break;
    if (world.clock.nowMs() - startMs >= limitMs || !world.clock.advanceToNext()) return undefined;
  }
  return world.clock.nowMs() - startMs;
}

async function deliver(world: World, text: string): Promise<number> {
  const startMs = world.clock.nowMs();
  const came = () => world.answered.includes(`answer ${text}`);
  for (const waitMs of Array.from({ length: 60 }, (_, at) => [4000, 8000, 13000][at % 3])) {
    world.send(text);
    await stepUntil(world, waitMs, came);
    if (came()) return world.clock.nowMs() - startMs;
  }
  throw new Error(`${text} did not get through`);
}

test("with a quarter lost each way all get through, and the losses are counted", async () => {
  const network = createUdpNetwork({ loss: { up: 0.25, down: 0.25, chance: createChance(2) } });
  const world = createWorld({ network: () => network, port: 0 });
  await network.idle();
  world.start();
  assert.ok((await stepUntil(world, 60000, () => world.radioState() === "ready")) !== undefined);
  for (let count = 0; count < 30; count++) await deliver(world, `datagram ${count}`);
  const { sent, sentLost, received, receivedLost } = network.counts;
  assert.is(world.arrived.length, sent, "each that left has arrived");
  assert.ok(received >= 30 && sentLost > 3 && receivedLost > 3);
  assert.is(received + receivedLost, sent);
  await network.close();
});

test("a whole climate of faults over real UDP, twice the same", async () => {
  async function run(): Promise<string> {
    const network = createUdpNetwork();
    const faults = seedFaults(12);
    const world = createWorld({ network: () => network, faults, seed: 12, port: 0 });
    await network.idle();
    world.start();
    world.locate(true);
    await stepUntil(world, 300000, () => world.radioState() === "ready");
    for (let count = 0; count < 5; count++) await deliver(world, `datagram ${count}`);
    await network.close();
    const port = /:\d{4,5}|",\d{4,5}/g; // the system draws port numbers
    return world.events
      .map((event) => `${event.atMs} ${event.text.replace(port, ":port")}`)
      .join("\n");
  }
  assert.is(await run(), await run());
});

test.run();
