// What stands around a pager's processor in the world: storage, clock, timer, battery, cues, as a Board.
// Decides nothing about power: where it goes in the middle of something, PowerCut is thrown through all.

import type { Board } from "../../../firmware/board/board.ts";
import { slotInUse } from "../../../firmware/core/counter.ts";
import type { State } from "../../../firmware/core/state.ts";
import { fromText } from "../../../protocol/bytes.ts";
import { LOG_STARTED } from "../../../protocol/log-events.ts";
import type { Bytes } from "../../../protocol/machine.ts";
import type { Clock } from "../../../sdk/clock.ts";
import { alarmIdOf } from "../../../sdk/events.ts";
import { logText } from "../../../sdk/log-text.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { hexOf } from "../../../sdk/octets.ts";
import type { Chance } from "../chance.ts";
import { beginImage, hashPages } from "../image-loader.ts";
import type { SimModem } from "../modem.ts";
import type { Battery } from "./battery.ts";
import type { Access, Flash } from "./flash.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

export interface BoardOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly see: See;
  readonly pager: string;
  readonly flash: Flash;
  readonly modem: Pick<SimModem, "fromPager" | "powerKey" | "resetPin" | "rest">;
  readonly battery: Battery;
  keyDown(): boolean;
  /** Milliseconds of the pager's clock at power-up, so that it wraps where a world wants it. */
  readonly firstMs: number;
  /** How much faster its clock runs than the world's, in parts of a million. */
  readonly driftPpm: number;
  readonly roundMsMax: number;
}

/** What runs on it. */
export interface Running {
  readonly state: State;
  wake(): void;
}

export interface ProcessorBoard {
  readonly board: Board;
  /** The pager's own milliseconds at this time of the world. */
  msAt(worldMs: number): number;
  /** Storage holds the processor until then. */
  readonly busyUntilMs: number;
  /** The accelerometer runs. */
  readonly feels: boolean;
  /** The loader: which image runs is known from here on. Power may go in it. */
  load(): void;
  /** The timer runs out no more. */
  stop(): void;
}

/** Not an error of the product: power goes here and now, through all that is running. */
export class PowerCut extends Error {
  /** The pager asked for it: it starts anew at once. */
  constructor(readonly isRestart = false) {
    super();
  }
}
export const powerCut = (isRestart = false) => new PowerCut(isRestart);

const STAGE_CUES: readonly string[] = ["delivered", "taken", "closed", "waitingAgain"];

/** Storage has held the processor within so long. */
export const HELD_MS = 1000;

/** Id of the alarm with this number, of the last one where none is given; "" where there is none. */
export function alarmOf(pager: string, state: State, number = state.alarm.number): string {
  const slot = slotInUse(state);
  if (slot < 0 || number === 0) return "";
  const kid = hexOf(Uint8Array.from(state.identity.contexts[slot].senderId));
  return alarmIdOf(pager, kid, number);
}

export function createProcessorBoard(
  options: BoardOptions,
  running: () => Running,
): ProcessorBoard {
  const { clock, weather, see, pager, flash, modem, battery } = options;
  const startMs = clock.nowMs();
  let busyUntilMs = startMs - HELD_MS;
  let feels = false;
  /** What the last cue was about, or what was in hand when it started. */
  let inHand = "";
  let cancelWake = () => {};

  function msAt(worldMs: number): number {
    const ranMs = worldMs - startMs;
    return (options.firstMs + Math.floor(ranMs * (1 + options.driftPpm / 1e6))) | 0;
  }

  function access(act: "write" | "erase", page: number, { outcome, tookMs }: Access): boolean {
    see({ kind: "storage", pager, act, page, outcome });
    if (outcome === "cut") throw powerCut();
    if (tookMs > 0) busyUntilMs = Math.max(clock.nowMs(), busyUntilMs) + tookMs;
    return outcome !== "failed";
  }

  const writePage = (page: number, offset: number, bytes: Bytes) =>
    access("write", page, flash.write(page, offset, bytes));

  const board: Board = {
    roundMsMax: options.roundMsMax,
    nowMs: () => msAt(Math.max(clock.nowMs(), busyUntilMs)),
    seed: () => options.chance.below(0x7fffffff),
    keyDown: options.keyDown,
    readPage: (page) => flash.read(page),
    writePage,
    erasePage: (page) => access("erase", page, flash.erase(page)),
    play(cue) {
      const { state } = running();
      // A later stage of a call that was raised in this very step is one of the call before.
      const isOfBefore = STAGE_CUES.includes(cue.name) && state.alarm.stage === "sending";
      if (!isOfBefore) inHand = alarmOf(pager, state);
      see({ kind: "cue", pager, cue: cue.name, alarm: inHand });
      if (weather.strikes("cutAtCue")) throw powerCut();
    },
    motion(level) {
      feels = level > 0;
    },
    console() {},
    print() {},
    batteryMv: () => battery.batteryMv(),
    charging: () => battery.charging,
    wakeIn(ms) {
      cancelWake();
      const worldMs = Math.ceil(ms / (1 + options.driftPpm / 1e6));
      cancelWake = clock.after(worldMs, () => running().wake());
    },
    serialWrite(text) {
      const cut = text.startsWith("AT+QISEND") && weather.strikes("cutAtSend");
      const waitMs = busyUntilMs - clock.nowMs();
      if (cut && options.chance.happens(0.5)) throw powerCut();
      if (waitMs > 0) clock.after(waitMs, () => modem.fromPager(text));
      else modem.fromPager(text);
      if (cut) throw powerCut();
    },
    pulsePowerKey(ms) {
      // Released by a timer of the hardware, whatever becomes of the processor [bg96 trap 8].
      clock.after(ms, () => modem.powerKey(ms));
    },
    pulseReset(ms) {
      clock.after(ms, () => modem.resetPin(ms));
    },
    modemRest: (on) => modem.rest(on),
    kickWatchdog: () => undefined,
    restart() {
      throw powerCut(true);
    },
    hashPages: (page, octets) => hashPages(flash, page, octets),
    code: 0,
    chip: () => fromText(nodeMachine, pager.padStart(16, "0").slice(-16)),
    log(event, number, detail) {
      const alarm = alarmOf(pager, running().state, number);
      if (event === LOG_STARTED) inHand = alarm;
      see({ kind: "log", pager, alarm, text: logText(event, detail), number, event, detail });
    },
  };
  return {
    board,
    msAt,
    get busyUntilMs() {
      return busyUntilMs;
    },
    get feels() {
      return feels;
    },
    load() {
      board.image = beginImage({ read: flash.read, write: writePage });
    },
    stop: () => cancelWake(),
  };
}
