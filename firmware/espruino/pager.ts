// One pager on Espruino: a board made of a few ports, the BG96 behind it, and the loop.
// Names no pin: that is what `rak5010.ts` and `linux.ts` are for.

import { fromText } from "../../protocol/bytes.ts";
import { LOG_CUE } from "../../protocol/log-events.ts";
import type { Bytes } from "../../protocol/machine.ts";
import type { Board } from "../board/board.ts";
import { createLoop, type Loop } from "../board/loop.ts";
import { CUES, type Cue } from "../core/cues.ts";
import { decodeIdentity } from "../core/identity.ts";
import type { ImageFacts } from "../core/image-slots.ts";
import { PAGES_IDENTITY } from "../core/limits.ts";
import { createBg96 } from "../modem/bg96.ts";
import { espruinoMachine, sha256 } from "./machine.ts";
import { type CueOutputs, createPlayer } from "./player.ts";

/** What differs between boards that run Espruino. */
export interface Ports {
  readPage(page: number): Bytes;
  writePage(page: number, offset: number, bytes: Bytes): boolean;
  erasePage(page: number): boolean;
  keyDown(): boolean;
  outputs: CueOutputs;
  batteryMv(): number;
  charging(): boolean;
  /** Of boards with an accelerometer. */
  motion?(level: number): void;
  pulsePowerKey(ms: number): void;
  pulseReset?(ms: number): void;
  modemRest(on: boolean): void;
  restart(): void;
  /** What the loader said of the images; absent where none began this one. */
  image?: ImageFacts;
  /** The first octets from this page on, as a text; of boards with an image. */
  pageText?(page: number, octets: number): string;
  /** By BOARDS of protocol/codes.ts. */
  code: number;
  /** Bits of the parts light 2, motor 4, sound 256. */
  parts: number;
  console(open: boolean): void;
  print(text: string): void;
  log(event: number, alarm: number, detail: number): void;
}

const BATTERY_MS = 60000;
const WATCHDOG_S = 60;
const ROUND_MS_MAX = 10000;

/** The interpreter counts seconds as a float; the core counts in an int32 that wraps. */
function millisOf(seconds: number): number {
  const ms = Math.floor(seconds * 1000) % 4294967296;
  return ms >= 2147483648 ? ms - 4294967296 : ms;
}

function nowMs(): number {
  return millisOf(getTime());
}

function boardOf(ports: Ports, wake: () => void): Board {
  let timer = -1;
  const play = createPlayer(ports.outputs);
  return {
    roundMsMax: ROUND_MS_MAX,
    nowMs: nowMs,
    seed: function () {
      return E.hwRand() & 0x7fffffff;
    },
    keyDown: ports.keyDown,
    readPage: ports.readPage,
    writePage: ports.writePage,
    erasePage: ports.erasePage,
    play: function (cue: Cue) {
      ports.log(LOG_CUE, 0, CUES.indexOf(cue.name));
      play(cue);
    },
    batteryMv: ports.batteryMv,
    charging: ports.charging,
    motion: ports.motion,
    wakeIn: function (ms) {
      if (timer !== -1) clearTimeout(timer);
      timer = setTimeout(function () {
        timer = -1;
        wake();
      }, ms);
    },
    serialWrite: function (text) {
      Serial1.write(text);
    },
    pulsePowerKey: ports.pulsePowerKey,
    pulseReset: ports.pulseReset,
    modemRest: ports.modemRest,
    outputs: ports.parts,
    console: ports.console,
    print: ports.print,
    kickWatchdog: function () {
      E.kickWatchdog();
    },
    restart: ports.restart,
    image: ports.image,
    hashPages: function (page, octets) {
      return sha256(ports.pageText === undefined ? "" : ports.pageText(page, octets));
    },
    code: ports.code,
    chip: function () {
      return fromText(espruinoMachine, getSerial().slice(0, 16));
    },
    log: ports.log,
  };
}

export function feelBattery(loop: Loop, batteryMv: number, charging: boolean): void {
  loop.input({ kind: "battery", atMs: nowMs(), batteryMv: batteryMv, charging: charging });
}

/** Starts the pager that stands in the storage pages, or one that only says it was never provisioned. */
export function startPager(ports: Ports): Loop {
  const pages = [ports.readPage(PAGES_IDENTITY), ports.readPage(PAGES_IDENTITY + 1)];
  const identity = decodeIdentity(espruinoMachine, pages);
  const radio = createBg96(espruinoMachine, {
    apn: identity.apn,
    addresses: identity.addresses,
    resets: ports.pulseReset !== undefined,
  });
  // Declared above the function that uses it: Espruino hoists nothing [espruino trap 3].
  let loop: Loop;
  const board = boardOf(ports, function () {
    loop.wake();
  });
  loop = createLoop(espruinoMachine, board, radio);

  function reportBattery(): void {
    feelBattery(loop, ports.batteryMv(), ports.charging());
    setTimeout(reportBattery, BATTERY_MS);
  }

  Serial1.removeAllListeners();
  Serial1.on("data", function (text) {
    loop.serial(text);
  });
  E.enableWatchdog(WATCHDOG_S, false);
  loop.start();
  reportBattery();
  return loop;
}

/** A line that came over the console. */
export function consoleLine(loop: Loop, text: string): void {
  loop.input({ kind: "line", atMs: nowMs(), text: text });
}

/** An edge of the key, by a pin or by hand, at this time of the interpreter's own clock. */
export function keyEdge(loop: Loop, down: boolean, atS: number): void {
  loop.input({ kind: "key", atMs: millisOf(atS), down: down });
}

/** The wearer moved, or seems to have fallen, as the core's input says it. */
export function feelMotion(loop: Loop, what: number): void {
  loop.input({ kind: "motion", atMs: nowMs(), what: what });
}
