// The rest of Espruino that a bundle may call: `E`, `process`, `require`, print, console, watchdog.

import type { Clock } from "../../../sdk/clock.ts";
import { octetsOf, PowerCut, type Realm, textOf } from "./realm.ts";

const PINS = { rak5010: 48, "espruino-linux": 33 };
/** What the interpreter on Linux says. */
const SERIAL = "00000000-addeadde-addeadde";
const SUPPLY_V = 1.8;

/** One line as `print` and the console write it. */
function show(values: unknown[]): string {
  const one = (value: unknown) =>
    typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  return values.map(one).join(" ");
}

/** Always the same row of numbers, as the unseeded generator of the Linux interpreter gives. */
export function fixedRandom(): () => number {
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
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export interface Watchdog {
  kick(): void;
  start(seconds: number, automatic: boolean): void;
  stop(): void;
}

/** Once started, only kicks keep it quiet. */
export function createWatchdog(clock: Clock, onEnd: () => void): Watchdog {
  let cancel: (() => void) | undefined;
  let limitMs = 0;
  const kick = () => {
    cancel?.();
    cancel = limitMs > 0 ? clock.after(limitMs, onEnd) : undefined;
  };
  return {
    kick,
    start(seconds, automatic) {
      if (automatic) return;
      limitMs = seconds * 1000;
      kick();
    },
    stop() {
      limitMs = 0;
      cancel?.();
    },
  };
}

/** A line at the console: closed by `E.setConsole(null)`, but for who connects unless it was forced. */
export function createConsole(realm: Realm, onLine: (line: string) => void) {
  let open = true;
  let forced = false;
  return {
    close(byForce: boolean) {
      open = false;
      forced = byForce;
    },
    /** Somebody connects by Bluetooth: the interpreter gives the console there. */
    connect() {
      if (!forced) open = true;
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

export interface SystemPorts {
  board: "rak5010" | "espruino-linux";
  clock: Clock;
  onLine(line: string): void;
  watchdog: Watchdog;
  closeConsole(byForce: boolean): void;
  /** Filled by `process.on("uncaughtException", ...)`. */
  listeners: ((fault: unknown) => void)[];
  random(): number;
  /** The bundle asked to start anew: nothing of it runs any more. */
  restart(): void;
  /** Flash as it stands at an address; undefined where there is none. */
  memoryArea(address: number, octets: number): Uint8Array | undefined;
  /** What `require` finds. */
  modules: Record<string, unknown>;
}

/** Global names by name; chance and the clock of the language are replaced in the realm too. */
export function systemLibrary(realm: Realm, ports: SystemPorts): Record<string, unknown> {
  const { board, clock, random } = ports;
  (realm.globals.Math as Record<string, unknown>).random = () => (random() >>> 0) / 4294967296;
  (realm.globals.Date as unknown as Record<string, unknown>).now = () => clock.nowMs();
  const print = (...values: unknown[]) => {
    realm.alive();
    for (const line of show(values).split("\n")) ports.onLine(line);
  };
  const E = {
    hwRand: () => random() | 0,
    CRC32: crc32,
    toString: (...data: unknown[]) => textOf(octetsOf(data)),
    toUint8Array: (...data: unknown[]) => realm.newOctets(octetsOf(data)),
    toArrayBuffer: (data: unknown) => realm.newBuffer(octetsOf(data)),
    memoryArea(address: number, octets: number) {
      const area = ports.memoryArea(address, octets);
      return area === undefined ? undefined : textOf(area);
    },
    reboot: ports.restart,
    getErrorFlags: () => realm.run("[]", "getErrorFlags"),
    getAnalogVRef: () => SUPPLY_V,
    enableWatchdog: ports.watchdog.start,
    kickWatchdog: ports.watchdog.kick,
    setConsole(port: unknown, options?: { force?: boolean }) {
      if (port === null) ports.closeConsole(options?.force === true);
    },
  };
  const pins = Array.from({ length: PINS[board] }, (_, pin) => [`D${pin}`, `D${pin}`]);
  return {
    ...Object.fromEntries(pins),
    global: realm.globals,
    print,
    console: { log: print },
    quit: ports.restart,
    getSerial: () => SERIAL,
    getTime: () => clock.nowMs() / 1000,
    require(name: string) {
      if (ports.modules[name] === undefined) throw realm.error(`Module "${name}" not found`);
      return ports.modules[name];
    },
    E,
    process: {
      version: "2v29",
      env: { VERSION: "2v29", BOARD: board === "rak5010" ? "RAK5010" : "LINUX" },
      on(event: string, listener: (fault: unknown) => void) {
        if (event === "uncaughtException") ports.listeners.push(listener);
      },
    },
  };
}
