// A platform, a simulated modem and the bundle on an interpreter, for what is measured through alarms.
// Measures nothing itself; real time, so each alarm takes some ten seconds.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOG_DELIVERED } from "../../protocol/log-events.ts";
import { systemClock } from "../../sdk/clock.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { LOG_LETTERS, logText } from "../../sdk/log-text.ts";
import { openPlatform, type Platform } from "../../sdk/platform.ts";
import { buildEspruino } from "../build/espruino.ts";
import { provisioningLines } from "../serial/provision.ts";
import { createChance } from "../simulator/chance.ts";
import type { Engine, EnginePorts } from "../simulator/engine.ts";
import { scriptFaults } from "../simulator/faults.ts";
import { createWalk } from "../simulator/gnss.ts";
import { createModem, type SimModem } from "../simulator/modem.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import { createUdpNetwork } from "../simulator/udp-network.ts";
import { startVirtualPager, type VirtualPager } from "../simulator/virtual-pager.ts";

/** Once the platform knows it: before that a hold has another cue. */
const ACTIVATED = `0 ${logText(LOG_DELIVERED, LOG_LETTERS.indexOf("a"))}`;

/** Says when a cue is given or a line printed; none is lost between two questions. */
function createCues() {
  const given: string[] = [];
  let heard: () => void = () => undefined;
  return {
    give(name: string): void {
      given.push(name);
      heard();
    },
    /** Resolves at the first one behind the last that was waited for. */
    async until(name: string): Promise<void> {
      while (!given.includes(name)) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      given.splice(0, given.indexOf(name) + 1);
    },
  };
}

export interface AlarmBench {
  pager: VirtualPager;
  /** One alarm: raised, delivered, taken and closed. */
  alarm(): Promise<void>;
}

/** What an engine is started with. */
export interface Place {
  /** Of this bench alone, and gone behind it. */
  dir: string;
  /** As a pager stores it. */
  image: Buffer;
  modem: SimModem;
}

export interface BenchOptions {
  limitMs: number;
  start(ports: EnginePorts, place: Place): Promise<Engine>;
}

/** Rejects where it takes too long, or the interpreter ends. */
function limited<T>(limitMs: number, work: (end: (why: string) => void) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = (reason: string) => reject(new OnekeyError("engine-ended", reason));
    const cancel = systemClock.after(limitMs, () => end("the alarms came to no end"));
    work(end).then(resolve, reject).finally(cancel);
  });
}

type Work<T> = (bench: AlarmBench) => Promise<T>;

/** Runs `work` with a pager that a platform of its own knows. */
export async function onAlarmBench<T>(options: BenchOptions, work: Work<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "onekey-size-"));
  const define = { MODEM_TTY: PAGER_TTY };
  const { stored: image } = await buildEspruino({ board: "espruino-linux", define });
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  try {
    return await withPager({ ...options, platform, dir, image }, work);
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

// internal

type PagerOptions = BenchOptions & Pick<Place, "dir" | "image"> & { platform: Platform };

async function withPager<T>(options: PagerOptions, work: Work<T>): Promise<T> {
  const { platform, limitMs, dir, image, start } = options;
  const { provisioning } = await platform.pagers.register({ name: "size" });
  const network = createUdpNetwork();
  const chance = createChance(1);
  const modem = createModem({
    ...{ clock: systemClock, network, power: "on", selfPowered: true, faults: scriptFaults() },
    ...{ gnss: createWalk({ chance: chance.fork("walk") }), chance: chance.fork("modem") },
  });
  const cues = createCues();
  let engine: Engine | undefined;

  async function alarm(pager: VirtualPager): Promise<void> {
    pager.setKey(true);
    await cues.until("raised");
    pager.setKey(false);
    await cues.until("delivered");
    const [{ id }] = await platform.alarms.list();
    await platform.alarms.take(id, "size");
    await cues.until("taken");
    await platform.alarms.close(id, "size", "test");
    await cues.until("closed");
  }

  try {
    return await limited(limitMs, async (end) => {
      const pager = await startVirtualPager({
        async start(ports) {
          engine = await start(ports, { dir, image, modem });
          return engine;
        },
        provisioning: provisioningLines({
          ...{ provisioning, addresses: [`127.0.0.1:${platform.udp.port}`], apn: "cmiot" },
        }),
        onCue: cues.give,
        onLine: cues.give,
        onEnd: end,
      });
      await cues.until(ACTIVATED);
      return work({ pager, alarm: () => alarm(pager) });
    });
  } finally {
    await engine?.kill();
    modem.close();
    await network.close();
  }
}
