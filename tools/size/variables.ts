// Variables of a RAK5010 that the firmware takes at rest and in an alarm, counted on the interpreter
// through one alarm, beside a simulated modem and a platform of its own.

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
import { scriptFaults } from "../simulator/faults.ts";
import { createWalk } from "../simulator/gnss.ts";
import { createModem } from "../simulator/modem.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import { createUdpNetwork } from "../simulator/udp-network.ts";
import { startVirtualPager, type VirtualPager } from "../simulator/virtual-pager.ts";
import type { Budget } from "./budget.ts";
import { type CountedEngine, startCounted, storeImage, type Used } from "./counted-engine.ts";

const VARIABLES = 12500;
const STEADY_MAX = VARIABLES * 0.45;
const PEAK_MAX = VARIABLES * 0.65;
/** One alarm takes some ten seconds of real time. */
const LIMIT_MS = 60_000;

/** What the pager says once the platform knows it: before that a hold has another cue. */
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
    async until(name: string): Promise<void> {
      while (!given.includes(name)) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
  };
}

interface Counts {
  alarm: Used;
  rest: Used;
  textRests: number;
}

interface Bench {
  platform: Platform;
  pager: VirtualPager;
  cues: ReturnType<typeof createCues>;
  /** The engine that runs now: the first one only takes the provisioning. */
  engine(): CountedEngine;
}

async function countAlarm({ platform, pager, cues, engine }: Bench): Promise<Counts> {
  await cues.until(ACTIVATED);
  await engine().used();
  pager.setKey(true);
  await cues.until("raised");
  pager.setKey(false);
  await cues.until("delivered");
  const [{ id }] = await platform.alarms.list();
  await platform.alarms.take(id, "size");
  await cues.until("taken");
  await platform.alarms.close(id, "size", "test");
  await cues.until("closed");
  const alarm = await engine().used();
  return { alarm, rest: await engine().used(), textRests: await engine().textRests() };
}

/** Rejects where it takes too long, or the interpreter ends. */
function limited<T>(work: (end: (reason: string) => void) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = (reason: string) => reject(new OnekeyError("engine-ended", reason));
    const cancel = systemClock.after(LIMIT_MS, () => end("the alarm came to no end"));
    work(end).then(resolve, reject).finally(cancel);
  });
}

async function countOn(binary: string, dir: string, platform: Platform): Promise<Counts> {
  const { provisioning } = await platform.pagers.register({ name: "size" });
  const network = createUdpNetwork();
  const chance = createChance(1);
  const modem = createModem({
    ...{ clock: systemClock, network, power: "on", selfPowered: true, faults: scriptFaults() },
    ...{ gnss: createWalk({ chance: chance.fork("walk") }), chance: chance.fork("modem") },
  });
  const cues = createCues();
  const engines: CountedEngine[] = [];
  const addresses = [`127.0.0.1:${platform.udp.port}`];
  try {
    return await limited(async (end) => {
      const pager = await startVirtualPager({
        async start(ports) {
          engines.push(await startCounted(ports, { binary, dir, modem }));
          return engines[engines.length - 1];
        },
        provisioning: provisioningLines({ provisioning, addresses, apn: "cmiot" }),
        onCue: cues.give,
        onLine: cues.give,
        onEnd: end,
      });
      return countAlarm({ platform, pager, cues, engine: () => engines[engines.length - 1] });
    });
  } finally {
    await engines.at(-1)?.kill();
    modem.close();
    await network.close();
  }
}

/** The budgets alone, where the interpreter is missing. */
export function notCounted(why: string): Budget[] {
  return [
    { what: "variables at rest", allowed: STEADY_MAX, unit: "variables", why },
    { what: "variables at an alarm's peak", allowed: PEAK_MAX, unit: "variables", why },
  ];
}

export async function variableBudgets(binary: string): Promise<Budget[]> {
  const dir = mkdtempSync(join(tmpdir(), "onekey-size-"));
  const define = { MODEM_TTY: PAGER_TTY };
  const { stored } = await buildEspruino({ board: "espruino-linux", define });
  await storeImage(stored, binary, dir);
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  try {
    const { alarm, rest, textRests } = await countOn(binary, dir, platform);
    // The board has room for half as much text in each: what is left over of a text counts twice.
    const [steady, peak] = notCounted("");
    return [
      { ...steady, measured: rest.now + textRests, why: undefined },
      { ...peak, measured: alarm.peak + textRests, why: undefined },
    ];
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
