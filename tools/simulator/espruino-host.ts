// An Espruino 2v29 in Node: runs a built bundle with no interpreter installed.
// Not modelled: missing hoisting (the bundle check sees it), memory blocks, speed, lost octets.

import type { Clock } from "../../sdk/clock.ts";
import { bluetoothLibrary } from "./espruino/bluetooth.ts";
import { cryptoLibrary } from "./espruino/crypto.ts";
import { type I2cChip, i2cLibrary } from "./espruino/i2c.ts";
import { type Analog, type Level, pinLibrary } from "./espruino/pins.ts";
import { createRealm, PowerCut, type Realm } from "./espruino/realm.ts";
import { serialLibrary } from "./espruino/serial.ts";
import {
  flashArea,
  type HostStorage,
  type StorageChance,
  storageLibraries,
} from "./espruino/storage.ts";
import { createConsole, createWatchdog, fixedRandom, systemLibrary } from "./espruino/system.ts";
import { type Guard, timerLibrary } from "./espruino/timers.ts";

export interface EspruinoHostOptions {
  /** The bundle as text. */
  code: string;
  /** `rak5010` has pins and raw flash pages, `espruino-linux` neither. */
  board: "rak5010" | "espruino-linux";
  clock: Clock;
  /** Survives restarts: hand the same one to the next host. */
  storage: HostStorage;
  /** What the bundle writes to the modem, one character an octet. */
  onWrite(text: string): void;
  /** Each line that is printed, `Uncaught ...` too. */
  onLine(line: string): void;
  /** A pin that the bundle drives changed its level. */
  onPin?(pin: string, level: Level): void;
  /** What the bundle says to whoever is there by Bluetooth; `rak5010` only. */
  onSay?(text: string): void;
  /** The bundle asked to be started anew; the host is dead by then. */
  onRestart?(): void;
  /** The watchdog ran out; the host is dead by then. */
  onWatchdog?(): void;
  /** The power went in the middle of a storage access. */
  onCut?(): void;
  /** Fraction of the converter's reference; 0.5 where not given. */
  analog?: Analog;
  /** The chip on the board's own bus; none where not given. */
  i2c?: I2cChip;
  /** What comes of each storage access; all good where not given. */
  storageChance?: StorageChance;
  /** 32 random bits for `E.hwRand` and `Math.random`; always the same ones where not given. */
  random?(): number;
}

export interface EspruinoHost {
  readonly version: string;
  /** Octets from the modem, one character each. */
  feedSerial(text: string): void;
  /** Drives a pin from outside, as a key does. */
  setPin(pin: string, level: Level): void;
  /** A line at the console; returns what the console would show. */
  evaluate(text: string): string;
  /** Somebody connects by Bluetooth and sends this; false where the board isn't to be seen. */
  connect(text: string): boolean;
  /** Cuts the power: nothing of the bundle runs after it. */
  kill(): void;
}

const STORAGE_OCTETS = { rak5010: 80 * 1024, "espruino-linux": 256 * 1024 };
const PAGE_OCTETS = { rak5010: 4096, "espruino-linux": 0 };

/** Calls into the bundle: what it throws is printed, as on the interpreter, unless it is listened for. */
function createGuard(realm: Realm, options: EspruinoHostOptions) {
  const listeners: ((fault: unknown) => void)[] = [];
  const guard: Guard = (run) => {
    if (realm.isCut()) return;
    try {
      run();
    } catch (fault) {
      if (fault instanceof PowerCut || realm.isCut()) options.onCut?.();
      else if (listeners.length > 0) for (const listener of listeners) listener(fault);
      else options.onLine(`Uncaught ${fault}`);
    }
  };
  return { guard, listeners };
}

export function createEspruinoHost(options: EspruinoHostOptions): EspruinoHost {
  const { board, clock } = options;
  const realm = createRealm();
  const { guard, listeners } = createGuard(realm, options);
  const timers = timerLibrary(realm, clock, guard);
  const serial = serialLibrary(realm, clock, guard, options.onWrite);
  const onPin = (pin: string, level: Level) => options.onPin?.(pin, level);
  const pins = pinLibrary(realm, clock, guard, options.analog ?? (() => 0.5), onPin);
  const limits = { storageOctets: STORAGE_OCTETS[board], pageOctets: PAGE_OCTETS[board] };
  const chance = options.storageChance ?? (() => "good" as const);
  const watchdog = createWatchdog(clock, () => {
    if (realm.isCut()) return;
    kill();
    options.onWatchdog?.();
  });
  const bluetooth = bluetoothLibrary(realm, guard, (text) => options.onSay?.(text));
  const terminal = createConsole(realm, options.onLine);

  function kill(): void {
    realm.cut();
    watchdog.stop();
    timers.stop();
  }

  function restart(): void {
    realm.alive();
    kill();
    options.onRestart?.();
    realm.alive();
  }

  const system = systemLibrary(realm, {
    board,
    clock,
    restart,
    memoryArea: (address, octets) =>
      limits.pageOctets === 0 ? undefined : flashArea(options.storage, address, octets),
    onLine: options.onLine,
    watchdog,
    closeConsole: terminal.close,
    listeners,
    random: options.random ?? fixedRandom(),
    modules: {
      ...storageLibraries(realm, options.storage, limits, chance),
      crypto: cryptoLibrary(realm, options.onLine),
    },
  });
  Object.assign(realm.globals, timers.names, pins.names, system, { Serial1: serial.Serial1 });
  if (board === "rak5010") {
    Object.assign(realm.globals, bluetooth.names, { I2C1: i2cLibrary(realm, options.i2c) });
  }
  guard(() => realm.run(options.code, "bundle.js"));
  return {
    version: `Espruino 2v29 host on Node ${process.version}`,
    feedSerial: serial.feed,
    setPin: pins.setPin,
    evaluate: terminal.evaluate,
    connect(text) {
      if (!bluetooth.isAwake()) return false;
      terminal.connect();
      bluetooth.hear(text);
      return true;
    },
    kill,
  };
}
