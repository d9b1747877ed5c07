// The Espruino host in this process as an engine: the built bundle without an interpreter.
// Storage is the caller's map: hand the same one in again to play a power cut.

import type { Clock } from "../../sdk/clock.ts";
import { type Engine, type EnginePorts, LINE_MARK } from "./engine.ts";
import type { HostStorage, StorageChance } from "./espruino/storage.ts";
import { createEspruinoHost } from "./espruino-host.ts";
import type { SimModem } from "./modem.ts";

export interface HostEngineOptions extends EnginePorts {
  /** The built bundle as text. */
  readonly code: string;
  readonly clock: Clock;
  readonly storage: HostStorage;
  readonly modem: SimModem;
  /** 32 random bits; always the same ones where not given. */
  random?(): number;
  readonly storageChance?: StorageChance;
}

export async function startHostEngine(options: HostEngineOptions): Promise<Engine> {
  const host = createEspruinoHost({
    code: options.code,
    board: "espruino-linux",
    clock: options.clock,
    storage: options.storage,
    random: options.random,
    storageChance: options.storageChance,
    onWrite: (text) => options.modem.fromPager(text),
    onLine(line) {
      const mark = line.indexOf(LINE_MARK);
      if (mark >= 0) options.onLine(line.slice(mark + 1));
      else options.onEnd(`the bundle printed: ${line}`);
    },
    onWatchdog: () => options.onEnd("the watchdog ran out"),
    onCut: () => options.onEnd("the power was cut"),
  });
  options.modem.onToPager((text) => host.feedSerial(text));
  return {
    version: host.version,
    evaluate: (text) => void host.evaluate(text),
    async kill() {
      options.modem.onToPager(() => undefined);
      host.kill();
    },
  };
}
