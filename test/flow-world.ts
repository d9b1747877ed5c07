// One small world on one stepped clock: platform, network, modem, bundle. Seeded, with real UDP.
// The clock moves only when no datagram is under way and the gateway is done with all it has.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlatform, type Platform, type PlatformOptions } from "../sdk/platform.ts";
import type { Person } from "../sdk/events.ts";
import { buildEspruino, type EspruinoBundle } from "../tools/build/espruino.ts";
import { provisioningLines } from "../tools/serial/provision.ts";
import { type Chance, createChance } from "../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../tools/simulator/clock.ts";
import {
  createHostStorage,
  type HostStorage,
  type StorageChance,
} from "../tools/simulator/espruino/storage.ts";
import { scriptFaults } from "../tools/simulator/faults.ts";
import { createWalk } from "../tools/simulator/gnss.ts";
import { startHostEngine } from "../tools/simulator/host-engine.ts";
import { createModem } from "../tools/simulator/modem.ts";
import type { ModemEvent } from "../tools/simulator/modem-state.ts";
import { PAGER_TTY } from "../tools/simulator/pty-pair.ts";
import { createUdpNetwork, type UdpNetwork } from "../tools/simulator/udp-network.ts";
import { startVirtualPager, type VirtualPager } from "../tools/simulator/virtual-pager.ts";

/** The bundle that every engine runs; built once a process. */
export const linuxBundle: Promise<EspruinoBundle> = buildEspruino({
  board: "espruino-linux",
  define: { MODEM_TTY: PAGER_TTY },
});

export interface WorldOptions {
  seed: number;
  /** Probability that a datagram is lost, each way. */
  loss?: number;
  platform?: Partial<PlatformOptions>;
  /** Each thing that happened: who, and what in one line. */
  onLine?(who: string, text: string): void;
}

export interface World {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly network: UdpNetwork;
  readonly dir: string;
  platform: Platform;
  addPager(name: string, options?: PagerOptions): Promise<WorldPager>;
  /** Lets time pass, step by step. */
  run(ms: number): Promise<void>;
  /** Lets time pass until `done`, for `limitMs` at most; false when that was not enough. */
  runUntil(done: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean>;
  /** A datagram from a stranger. */
  attack(octets: Uint8Array): void;
  close(): Promise<void>;
}

export interface PagerOptions {
  person?: Person;
  /** What comes of each storage access; all good where not given. */
  storageChance?: StorageChance;
  /** The engine ended by itself; without it that is a fault of the test. */
  onEnd?(reason: string): void;
}

export interface WorldPager extends VirtualPager {
  readonly id: string;
  /** Every cue since the start, in order. */
  readonly cues: string[];
  readonly storage: HostStorage;
  /** Down, time, up. */
  press(ms: number): Promise<void>;
}

/** Octets out of a chance, as keys, tokens and message ids are drawn in a world. */
function randomOf(chance: Chance) {
  return (length: number) => Uint8Array.from({ length }, () => chance.below(256));
}

const QUIET_LIMIT_MS = 5000;

export async function createWorld(options: WorldOptions): Promise<World> {
  const chance = createChance(options.seed);
  const clock = createVirtualClock();
  const dir = mkdtempSync(join(tmpdir(), "onekey-world-"));
  const say = options.onLine ?? (() => undefined);
  const rate = options.loss ?? 0;
  const network = createUdpNetwork({
    loss: { up: rate, down: rate, chance: chance.fork("loss") },
  });
  const platform = await openPlatform({
    dataDir: dir,
    udpPort: 0,
    httpPort: 0,
    clock,
    random: randomOf(chance.fork("platform")),
    trace: (line) => say("gateway", line),
    ...options.platform,
  });
  const pagers: WorldPager[] = [];
  const closers: (() => Promise<void> | void)[] = [];
  let attacks = 0;
  let answersToAttacker = 0;
  const attacker = network.open({
    port: 0,
    peer: true,
    onDatagram: () => void answersToAttacker++,
    onFault(text) {
      throw new Error(text);
    },
  });

  /** Every datagram has come where it goes, and is answered where it is answered. */
  function isQuiet(): boolean {
    const gateway = platform.counters();
    const down = gateway.answered + gateway["words-sent"] + gateway["errors-sent"];
    const { counts } = network;
    return (
      platform.pending() === 0 &&
      counts.sent + attacks === gateway.received &&
      counts.received + counts.receivedLost + answersToAttacker === down
    );
  }

  async function quiet(): Promise<void> {
    const limit = performance.now() + QUIET_LIMIT_MS;
    do {
      await network.idle();
      await new Promise((resolve) => setImmediate(resolve));
      if (performance.now() > limit) throw new Error("a datagram did not arrive on this machine");
    } while (!isQuiet());
  }

  async function runUntil(done: () => boolean | Promise<boolean>, limitMs: number) {
    const endMs = clock.nowMs() + limitMs;
    await quiet();
    while (!(await done())) {
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
  }

  const run = async (ms: number) => void (await runUntil(() => false, ms));

  async function addPager(name: string, asked: PagerOptions = {}): Promise<WorldPager> {
    const { person, storageChance } = asked;
    const code = (await linuxBundle).minified;
    const { pager, provisioning } = await platform.pagers.register({ name, person });
    const own = chance.fork(pager.id);
    const modem = createModem({
      clock,
      network,
      gnss: createWalk({ chance: own.fork("walk") }),
      chance: own.fork("modem"),
      faults: scriptFaults(),
      power: "on",
      selfPowered: true,
      log: (event: ModemEvent) => say("modem", `${event.kind} ${event.text}`),
    });
    const storage = createHostStorage();
    const cues: string[] = [];
    const noise = own.fork("noise");
    const virtual = await startVirtualPager({
      start: (ports) =>
        startHostEngine({
          ...ports,
          code,
          clock,
          storage,
          modem,
          storageChance,
          random: () => noise.below(4294967296),
        }),
      provisioning: provisioningLines({
        provisioning,
        addresses: [`127.0.0.1:${platform.udp.port}`],
        apn: "cmiot",
      }),
      onCue(cue) {
        cues.push(cue);
        say("cue", cue);
      },
      onLine: (line) => say("pager", line),
      onEnd(reason) {
        if (asked.onEnd === undefined) throw new Error(`the pager ended: ${reason}`);
        asked.onEnd(reason);
      },
    });
    closers.push(() => virtual.close(), () => modem.close());
    const worldPager: WorldPager = {
      id: pager.id,
      cues,
      storage,
      get version() {
        return virtual.version;
      },
      setKey(down) {
        say("key", down ? "down" : "up");
        virtual.setKey(down);
      },
      cutPower: () => virtual.cutPower(),
      close: () => virtual.close(),
      async press(ms) {
        worldPager.setKey(true);
        await run(ms);
        worldPager.setKey(false);
      },
    };
    pagers.push(worldPager);
    return worldPager;
  }

  return {
    clock,
    chance,
    network,
    dir,
    platform,
    addPager,
    run,
    runUntil,
    attack(octets) {
      attacks++;
      attacker.send(octets, { host: "127.0.0.1", port: platform.udp.port });
    },
    async close() {
      for (const close of closers.splice(0)) await close();
      await network.close();
      await platform.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
