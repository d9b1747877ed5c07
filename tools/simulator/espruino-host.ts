// An Espruino 2v29 in Node: runs a built bundle with no interpreter installed.
// Not modelled: missing hoisting (the bundle check sees it), memory blocks, speed, lost octets.

import type { Clock } from "../../sdk/clock.ts";
import { cryptoLibrary } from "./espruino/crypto.ts";
import { type Analog, type Level, pinLibrary } from "./espruino/pins.ts";
import { createRealm, octetsOf, PowerCut, type Realm, textOf } from "./espruino/realm.ts";
import { serialLibrary } from "./espruino/serial.ts";
import { type HostStorage, type StorageChance, storageLibraries } from "./espruino/storage.ts";
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
  /** The watchdog ran out; the host is dead by then. */
  onWatchdog?(): void;
  /** The power went in the middle of a storage access. */
  onCut?(): void;
  /** Fraction of the converter's reference; 0.5 where not given. */
  analog?: Analog;
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
  /** Cuts the power: nothing of the bundle runs after it. */
  kill(): void;
}

const STORAGE_OCTETS = { rak5010: 80 * 1024, "espruino-linux": 256 * 1024 };
const PINS = { rak5010: 48, "espruino-linux": 33 };
const PAGE_OCTETS = { rak5010: 4096, "espruino-linux": 0 };
const SUPPLY_V = 1.8;

/** One line as `print` and the console write it. */
function show(values: unknown[]): string {
  const one = (value: unknown) =>
    typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  return values.map(one).join(" ");
}

/** A repeating row of numbers: like the unseeded generator of the Linux interpreter. */
function fixedRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

function crc32(data: unknown): number {
  let crc = 0xffffffff;
  for (const octet of octetsOf(data)) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The watchdog: once started only kicks keep it quiet. */
function createWatchdog(clock: Clock, onEnd: () => void) {
  let cancel = () => undefined as void;
  let limitMs = 0;
  const kick = () => {
    cancel();
    if (limitMs > 0) cancel = clock.after(limitMs, onEnd);
  };
  return {
    kick,
    start(seconds: number, automatic: boolean) {
      if (automatic) return;
      limitMs = seconds * 1000;
      kick();
    },
    stop() {
      limitMs = 0;
      cancel();
    },
  };
}

function createConsole(realm: Realm, onLine: (line: string) => void) {
  let open = true;
  return {
    close: () => {
      open = false;
    },
    evaluate(text: string): string {
      if (!open || realm.isCut()) return "";
      try {
        return show([realm.run(text, "console")]);
      } catch (fault) {
        if (!(fault instanceof PowerCut)) onLine(`Uncaught ${fault}`);
        return "";
      }
    },
  };
}

export function createEspruinoHost(options: EspruinoHostOptions): EspruinoHost {
  const { board, clock } = options;
  const realm = createRealm();
  const random = options.random ?? fixedRandom();
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
  const timers = timerLibrary(realm, clock, guard);
  const serial = serialLibrary(realm, clock, guard, options.onWrite);
  const onPin = (pin: string, level: Level) => options.onPin?.(pin, level);
  const pins = pinLibrary(realm, clock, guard, options.analog ?? (() => 0.5), onPin);
  const limits = { storageOctets: STORAGE_OCTETS[board], pageOctets: PAGE_OCTETS[board] };
  const chance = options.storageChance ?? (() => "good" as const);
  const modules: Record<string, unknown> = {
    ...storageLibraries(realm, options.storage, limits, chance),
    crypto: cryptoLibrary(realm, options.onLine),
  };
  const watchdog = createWatchdog(clock, () => {
    if (realm.isCut()) return;
    kill();
    options.onWatchdog?.();
  });
  const terminal = createConsole(realm, options.onLine);

  function kill(): void {
    realm.cut();
    watchdog.stop();
    timers.stop();
  }

  const print = (...values: unknown[]) => {
    realm.alive();
    for (const line of show(values).split("\n")) options.onLine(line);
  };
  Object.assign(realm.globals, timers.names, pins.names, {
    global: realm.globals,
    Serial1: serial.Serial1,
    print,
    console: { log: print },
    getTime: () => clock.nowMs() / 1000,
    require(name: string) {
      if (modules[name] === undefined) throw realm.error(`Module "${name}" not found`);
      return modules[name];
    },
    E: {
      hwRand: () => random() | 0,
      CRC32: crc32,
      toString: (...data: unknown[]) => textOf(octetsOf(data)),
      toUint8Array: (...data: unknown[]) => realm.newOctets(octetsOf(data)),
      toArrayBuffer: (data: unknown) => realm.newBuffer(octetsOf(data)),
      getErrorFlags: () => realm.run("[]", "getErrorFlags"),
      getAnalogVRef: () => SUPPLY_V,
      enableWatchdog: watchdog.start,
      kickWatchdog: watchdog.kick,
      setConsole: (port: unknown) => (port === null ? terminal.close() : undefined),
      on: () => undefined,
    },
    process: {
      version: "2v29",
      env: { VERSION: "2v29", BOARD: board === "rak5010" ? "RAK5010" : "LINUX" },
      on(event: string, listener: (fault: unknown) => void) {
        if (event === "uncaughtException") listeners.push(listener);
      },
    },
  });
  for (let pin = 0; pin < PINS[board]; pin++) realm.globals[`D${pin}`] = `D${pin}`;
  const math = realm.globals.Math as Record<string, unknown>;
  math.random = () => (random() >>> 0) / 4294967296;
  (realm.globals.Date as unknown as Record<string, unknown>).now = () => clock.nowMs();

  guard(() => realm.run(options.code, "bundle.js"));
  return {
    version: `Espruino 2v29 host on Node ${process.version}`,
    feedSerial: serial.feed,
    setPin: pins.setPin,
    evaluate: terminal.evaluate,
    kill,
  };
}
