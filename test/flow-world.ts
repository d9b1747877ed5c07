// One small world on one stepped clock: platform, network, pagers. Seeded, with real UDP.
// The clock moves only when no datagram is under way and the gateway is done with all it has.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlatform, type Platform } from "../sdk/platform.ts";
import { type Chance, createChance } from "../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../tools/simulator/clock.ts";
import { createUdpNetwork, type UdpNetwork } from "../tools/simulator/udp-network.ts";
import { addPager, type PagerOptions, type Surroundings, type WorldPager } from "./flow-pager.ts";

export interface WorldOptions {
  seed: number;
  /** Probability that a datagram is lost, each way. */
  loss?: number;
  /** Each thing that happened: who, and what in one line. */
  onLine?(who: string, text: string): void;
}

export interface World {
  readonly clock: VirtualClock;
  readonly network: UdpNetwork;
  readonly platform: Platform;
  addPager(name: string, options?: PagerOptions): Promise<WorldPager>;
  /** Lets time pass, step by step. */
  run(ms: number): Promise<void>;
  /** Lets time pass until `done`, for `limitMs` at most; false when that was not enough. */
  runUntil(done: () => boolean, limitMs: number): Promise<boolean>;
  /** A datagram from a stranger. */
  attack(octets: Uint8Array): void;
  close(): Promise<void>;
}

/** Real time in which a datagram on this machine must have come. */
const QUIET_MS_MAX = 5000;

/** Octets out of a chance, as keys, tokens and message ids are drawn in a world. */
function randomOf(chance: Chance) {
  return (length: number) => Uint8Array.from({ length }, () => chance.below(256));
}

/** Somebody with a socket and no keys; counts what left and what came back. */
function createStranger(network: UdpNetwork, port: number) {
  const counts = { sent: 0, received: 0 };
  const socket = network.open({
    port: 0,
    peer: true,
    onDatagram: () => void counts.received++,
    onFault(text) {
      throw new Error(text);
    },
  });
  return {
    counts,
    send(octets: Uint8Array) {
      counts.sent++;
      socket.send(octets, { host: "127.0.0.1", port });
    },
  };
}

type Stranger = ReturnType<typeof createStranger>;

/** True when every datagram has come where it goes, and is answered where it is answered. */
function isQuiet(platform: Platform, { counts }: UdpNetwork, stranger: Stranger): boolean {
  const gateway = platform.counters();
  const down = gateway.answered + gateway["words-sent"] + gateway["errors-sent"];
  return (
    platform.pending() === 0 &&
    counts.sent + stranger.counts.sent === gateway.received &&
    counts.received + counts.receivedLost + stranger.counts.received === down
  );
}

/** Steps the clock from event to event; between any two all is quiet. */
function createStepper(clock: VirtualClock, network: UdpNetwork, quietNow: () => boolean) {
  async function quiet(): Promise<void> {
    const limitMs = performance.now() + QUIET_MS_MAX;
    do {
      await network.idle();
      await new Promise((resolve) => setImmediate(resolve));
      if (performance.now() > limitMs) throw new Error("a datagram did not come on this machine");
    } while (!quietNow());
  }

  return async function runUntil(done: () => boolean, limitMs: number): Promise<boolean> {
    const endMs = clock.nowMs() + limitMs;
    await quiet();
    while (!done()) {
      const nextInMs = clock.nextInMs;
      if (nextInMs < 0 || clock.nowMs() + nextInMs > endMs) {
        clock.advanceBy(endMs - clock.nowMs());
        await quiet();
        return done();
      }
      clock.advanceToNext();
      await quiet();
    }
    return true;
  };
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const chance = createChance(options.seed);
  const clock = createVirtualClock();
  const dir = mkdtempSync(join(tmpdir(), "onekey-world-"));
  const say = options.onLine ?? (() => undefined);
  const { loss = 0 } = options;
  const network = createUdpNetwork({ loss: { up: loss, down: loss, chance: chance.fork("loss") } });
  const platform = await openPlatform({
    dataDir: dir,
    udpPort: 0,
    httpPort: 0,
    clock,
    random: randomOf(chance.fork("platform")),
    trace: (line) => say("gateway", line),
  });
  const stranger = createStranger(network, platform.udp.port);
  const runUntil = createStepper(clock, network, () => isQuiet(platform, network, stranger));
  const run = async (ms: number) => void (await runUntil(() => false, ms));
  const surroundings: Surroundings = { platform, clock, network, chance, say, run };
  const pagers: WorldPager[] = [];
  return {
    clock,
    network,
    platform,
    run,
    runUntil,
    attack: stranger.send,
    async addPager(name, asked = {}) {
      const pager = await addPager(surroundings, name, asked);
      pagers.push(pager);
      return pager;
    },
    async close() {
      for (const pager of pagers) await pager.close();
      await network.close();
      await platform.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
