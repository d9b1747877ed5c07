// The virtual pagers of the demo: each the built bundle on an engine, with a modem of its own.
// Keeps what a panel shows of them; knows no HTTP.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type SpokenCue, spokenCue } from "../../firmware/core/cue-words.ts";
import type { CueName } from "../../firmware/core/cues.ts";
import { HOLD_MS_KEY, NUMBER_BOUNDS } from "../../protocol/settings.ts";
import { systemClock } from "../../sdk/clock.ts";
import type { Person } from "../../sdk/events.ts";
import type { Platform } from "../../sdk/platform.ts";
import { systemRandom } from "../../sdk/random.ts";
import type { DemoPager } from "../desk/panel/demo-shapes.ts";
import { provisioningLines } from "../serial/provision.ts";
import { createChance } from "../simulator/chance.ts";
import { createHostStorage } from "../simulator/espruino/storage.ts";
import { scriptFaults } from "../simulator/faults.ts";
import { createWalk, type Gnss } from "../simulator/gnss.ts";
import { startHostEngine } from "../simulator/host-engine.ts";
import { openInterpreterBench } from "../simulator/interpreter-engine.ts";
import { createModem, type SimModem } from "../simulator/modem.ts";
import { createUdpNetwork } from "../simulator/udp-network.ts";
import {
  type StartEngine,
  startVirtualPager,
  type VirtualPager,
} from "../simulator/virtual-pager.ts";

/** What a hold takes, as long as nobody changes it. */
const HOLD_MS = NUMBER_BOUNDS[3 * HOLD_MS_KEY - 1];

export interface DemoPagersOptions {
  platform: Platform;
  count: number;
  code: string;
  /** Path of an interpreter; without it the host in this process runs the bundle. */
  espruino?: string;
  /** Folder for the storage of interpreters. */
  dir: string;
  gnss?: (seed: number) => Gnss;
  /** A pager's engine ended by itself. */
  onEnd(pager: string, reason: string): void;
}

export interface DemoPagers {
  list(): DemoPager[];
  /** False for a pager that is not one of these. */
  setKey(id: string, down: boolean): boolean;
  /** Calls `tell` at each change until the function returned is called. */
  listen(tell: (change: DemoChange) => void): () => void;
  readonly engine: string;
  close(): Promise<void>;
}

export type DemoChange =
  | { kind: "cue"; pager: string; cue: SpokenCue }
  | { kind: "state"; pager: string; stage?: string; radio?: string };

/** Who carries them; every further pager stands unassigned, as a spare does. */
const PERSONS: readonly Person[] = [
  {
    name: "王秀兰 Wang Xiulan",
    age: 84,
    address: "历城区山大路街道 3 号楼 2 单元 501 Building 3, unit 2, flat 501",
    phone: "0531-0000 0001",
    notes: "独居，听力不佳 lives alone, hard of hearing",
  },
  {
    name: "李国栋 Li Guodong",
    age: 81,
    address: "尤溪县城关镇水东 12 号 12 Shuidong, Chengguan",
    phone: "0598-0000 0002",
    notes: "女儿住同一小区 daughter lives close by",
  },
  { name: "陈玉珍 Chen Yuzhen", age: 88, address: "历城区洪家楼 6 号 6 Hongjialou" },
];

/** The stage that the wearer knows of, by the cue that told it. */
const STAGES: Partial<Record<CueName, string>> = {
  raised: "sending",
  sending: "sending",
  stillTrying: "sending",
  noNetwork: "sending",
  delivered: "delivered",
  taken: "taken",
  closed: "closed",
};
const RADIO_LINE = /^0 radio (\w+)$/;

interface Running {
  shown: DemoPager;
  virtual: VirtualPager;
  close(): Promise<void>;
}

export async function startDemoPagers(options: DemoPagersOptions): Promise<DemoPagers> {
  const listeners = new Set<(change: DemoChange) => void>();
  const tell = (change: DemoChange) => {
    for (const listener of listeners) listener(change);
  };
  const running: Running[] = [];
  for (let i = 0; i < options.count; i++) running.push(await startOne(options, i, tell));
  return {
    engine: running[0].virtual.version,
    list: () => running.map((one) => one.shown),
    setKey(id, down) {
      const one = running.find((each) => each.shown.id === id);
      one?.virtual.setKey(down);
      return one !== undefined;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      await Promise.all(running.map((one) => one.close()));
    },
  };
}

// internal

async function startOne(
  options: DemoPagersOptions,
  index: number,
  tell: (change: DemoChange) => void,
): Promise<Running> {
  const { platform } = options;
  const person = PERSONS[index];
  const { pager, provisioning } = await platform.pagers.register({
    name: `demo ${index + 1}`,
    person,
  });
  const shown: DemoPager = { id: pager.id, name: person?.name ?? pager.id, holdMs: HOLD_MS };
  const chance = createChance(index + 1);
  const network = createUdpNetwork();
  const modem = createModem({
    clock: systemClock,
    network,
    gnss: options.gnss?.(index) ?? createWalk({ chance: chance.fork("walk") }),
    chance: chance.fork("modem"),
    faults: scriptFaults(),
    power: "on",
    selfPowered: true,
  });
  const engine = await engineOf(options, shown.id, modem);
  const virtual = await startVirtualPager({
    start: engine.start,
    provisioning: provisioningLines({
      provisioning,
      addresses: [`127.0.0.1:${platform.udp.port}`],
      apn: "cmiot",
    }),
    onCue(cueName) {
      const cue = spokenCue(cueName);
      shown.cue = cue;
      tell({ kind: "cue", pager: shown.id, cue });
      const stage = STAGES[cueName];
      if (stage === undefined || stage === shown.stage) return;
      shown.stage = stage;
      tell({ kind: "state", pager: shown.id, stage });
    },
    onLine(line) {
      const radio = RADIO_LINE.exec(line)?.[1];
      if (radio === undefined) return;
      shown.radio = radio;
      tell({ kind: "state", pager: shown.id, radio });
    },
    onEnd: (reason) => options.onEnd(shown.id, reason),
  });
  return {
    shown,
    virtual,
    async close() {
      await virtual.close();
      await engine.close();
      modem.close();
      await network.close();
    },
  };
}

async function engineOf(
  options: DemoPagersOptions,
  id: string,
  modem: SimModem,
): Promise<{ start: StartEngine; close(): Promise<void> }> {
  const { code, espruino } = options;
  if (espruino === undefined) {
    const storage = createHostStorage();
    const random = () => Buffer.from(systemRandom(4)).readUInt32LE(0);
    return {
      start: (ports) =>
        startHostEngine({ ...ports, code, clock: systemClock, storage, modem, random }),
      close: async () => undefined,
    };
  }
  const dir = join(options.dir, id);
  mkdirSync(dir, { recursive: true });
  const onLost = (reason: string) => options.onEnd(id, reason);
  return openInterpreterBench({ binary: espruino, dir, code, modem, onLost });
}
