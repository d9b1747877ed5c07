// One pager on the real interpreter, in a folder of its own, and the next thing that it says.
// Real time, real processes, a real platform's network; asserts nothing.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../sdk/clock.ts";
import type { Platform } from "../sdk/platform.ts";
import { provisioningLines } from "../tools/serial/provision.ts";
import { createChance } from "../tools/simulator/chance.ts";
import type { Engine } from "../tools/simulator/engine.ts";
import { scriptFaults } from "../tools/simulator/faults.ts";
import { openInterpreterBench } from "../tools/simulator/interpreter-engine.ts";
import { createModem } from "../tools/simulator/modem.ts";
import { createUdpNetwork } from "../tools/simulator/udp-network.ts";
import { startVirtualPager } from "../tools/simulator/virtual-pager.ts";
import { linuxBundle } from "./flow-pager.ts";

export type InterpreterPager = Awaited<ReturnType<typeof openPager>>;

/** `program`: what its folder holds; the bundle alone, without a loader, where none is given. */
export async function openPager(
  platform: Platform,
  dir: string,
  n: number,
  binary: string,
  program?: string,
) {
  const { pager, provisioning } = await platform.pagers.register({
    name: `${n}`,
    person: { name: `Wearer ${n}` },
  });
  const code = program ?? (await linuxBundle).minified;
  const network = createUdpNetwork();
  const modem = createModem({
    clock: systemClock,
    network,
    power: "on",
    selfPowered: true,
    chance: createChance(n),
    faults: scriptFaults(),
    gnss: { fixAt: () => undefined },
    networkTimeMs: () => Date.now(),
  });
  const said: string[] = [];
  let heard = () => {};
  const hear = (line: string) => {
    said.push(line);
    heard();
  };
  const own = join(dir, `${n}`);
  mkdirSync(own);
  const bench = await openInterpreterBench({
    binary,
    code,
    dir: own,
    modem,
    onLost: (reason) => hear(`end ${reason}`),
  });
  let engine: Engine | undefined;
  const virtual = await startVirtualPager({
    async start(ports) {
      engine = await bench.start(ports);
      return engine;
    },
    provisioning: provisioningLines({
      provisioning,
      addresses: [`127.0.0.1:${platform.udp.port}`],
      apn: "cmiot",
    }),
    onCue: (cue) => hear(`cue ${cue}`),
    onLine: hear,
    onEnd: (reason) => hear(`end ${reason}`),
  });
  return {
    id: pager.id,
    version: virtual.version,
    setKey: virtual.setKey,
    evaluate: (text: string) => engine?.evaluate(text),
    restart: async () => {
      modem.processorRestarts();
      await virtual.cutPower();
    },
    /** The next line that it says. */
    async next(): Promise<string> {
      while (said.length === 0) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      return said.shift() as string;
    },
    async close() {
      await virtual.close();
      await bench.close();
      modem.close();
      await network.close();
    },
  };
}
