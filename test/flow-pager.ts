// A pager of a test's world: the built bundle on the Espruino host, a modem, a wearer's finger.
// Faked at the octets only: storage is a map, the serial line a call.

import type { Person } from "../sdk/events.ts";
import type { Platform } from "../sdk/platform.ts";
import { buildEspruino, type EspruinoBundle } from "../tools/build/espruino.ts";
import { provisioningLines } from "../tools/serial/provision.ts";
import type { Chance } from "../tools/simulator/chance.ts";
import type { VirtualClock } from "../tools/simulator/clock.ts";
import { createHostStorage, type StorageChance } from "../tools/simulator/espruino/storage.ts";
import { scriptFaults } from "../tools/simulator/faults.ts";
import { createWalk } from "../tools/simulator/gnss.ts";
import { startHostEngine } from "../tools/simulator/host-engine.ts";
import { createModem } from "../tools/simulator/modem.ts";
import { PAGER_TTY } from "../tools/simulator/pty-pair.ts";
import type { UdpNetwork } from "../tools/simulator/udp-network.ts";
import { startVirtualPager, type VirtualPager } from "../tools/simulator/virtual-pager.ts";

/** The bundle that every engine runs; built once a process. */
export const linuxBundle: Promise<EspruinoBundle> = buildEspruino({
  board: "espruino-linux",
  define: { MODEM_TTY: PAGER_TTY },
});

/** Where the pager lives. */
export interface Surroundings {
  platform: Platform;
  clock: VirtualClock;
  network: UdpNetwork;
  chance: Chance;
  /** Each thing that happened: who, and what in one line. */
  say(who: string, text: string): void;
  run(ms: number): Promise<void>;
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
  /** Down, time, up. */
  press(ms: number): Promise<void>;
}

/** Registered, provisioned and started; its modem is on and begins to look for a network. */
export async function addPager(
  world: Surroundings,
  name: string,
  options: PagerOptions,
): Promise<WorldPager> {
  const { platform, clock, network, say } = world;
  const { pager, provisioning } = await platform.pagers.register({ name, person: options.person });
  const chance = world.chance.fork(pager.id);
  const modem = createModem({
    clock,
    network,
    gnss: createWalk({ chance: chance.fork("walk") }),
    chance: chance.fork("modem"),
    faults: scriptFaults(),
    power: "on",
    selfPowered: true,
    log: (event) => say("modem", `${event.kind} ${event.text}`),
  });
  const code = (await linuxBundle).minified;
  const storage = createHostStorage();
  const noise = chance.fork("noise");
  const random = () => noise.below(4294967296);
  const { storageChance } = options;
  const cues: string[] = [];
  const virtual = await startVirtualPager({
    start: (ports) =>
      startHostEngine({ ...ports, code, clock, storage, modem, storageChance, random }),
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
      if (options.onEnd === undefined) throw new Error(`the pager ended: ${reason}`);
      options.onEnd(reason);
    },
  });
  const setKey = (down: boolean) => {
    say("key", down ? "down" : "up");
    virtual.setKey(down);
  };
  return {
    id: pager.id,
    cues,
    version: virtual.version,
    setKey,
    cutPower: () => virtual.cutPower(),
    async close() {
      await virtual.close();
      modem.close();
    },
    async press(ms) {
      setKey(true);
      await world.run(ms);
      setKey(false);
    },
  };
}
