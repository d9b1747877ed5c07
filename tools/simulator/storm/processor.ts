// One run of a pager's processor, from power-up to its end: the real loop, core and driver on a board.
// Decides nothing about power: what ends it is told to `end`, and it never starts itself again.

import type { Board } from "../../../firmware/board/board.ts";
import { createLoop, type Loop } from "../../../firmware/board/loop.ts";
import type { Radio } from "../../../firmware/board/radio.ts";
import { slotInUse } from "../../../firmware/core/counter.ts";
import { decodeIdentity } from "../../../firmware/core/identity.ts";
import type { Input } from "../../../firmware/core/input.ts";
import { createBg96 } from "../../../firmware/modem/bg96.ts";
import { fromText } from "../../../protocol/bytes.ts";
import type { Clock } from "../../../sdk/clock.ts";
import { alarmIdOf } from "../../../sdk/events.ts";
import { logText } from "../../../sdk/log-text.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { hexOf } from "../../../sdk/octets.ts";
import type { Chance } from "../chance.ts";
import type { SimModem } from "../modem.ts";
import type { Battery } from "./battery.ts";
import type { Access, Flash } from "./flash.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

export interface ProcessorOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly see: See;
  readonly pager: string;
  readonly flash: Flash;
  readonly modem: Pick<SimModem, "fromPager" | "powerKey" | "rest">;
  readonly battery: Battery;
  keyDown(): boolean;
  /** Milliseconds of the pager's clock at power-up, so that it wraps where a world wants it. */
  readonly firstMs: number;
  /** How much faster its clock runs than the world's, in parts of a million. */
  readonly driftPpm: number;
  readonly roundMsMax: number;
  /** Power went in the middle of something. */
  end(): void;
}

export interface Processor {
  key(down: boolean): void;
  serial(text: string): void;
  /** The accelerometer feels this, as the core's input says it. */
  feel(what: number): void;
  readonly state: Loop["state"];
  /** True also where power went while it started. */
  readonly stopped: boolean;
  /** Storage has held it within the last second. */
  wasHeld(): boolean;
  /** Nothing of it runs any more. */
  stop(): void;
}

/** Not an error of the product: power goes here and now, through all that is running. */
class PowerCut extends Error {}
const powerCut = () => new PowerCut();

const BATTERY_MS = 600000;
const HELD_MS = 1000;

/** Id of the alarm with this number, of the last one where none is given; "" where there is none. */
export function alarmOf(pager: string, state: Loop["state"], number = state.alarm.number): string {
  const slot = slotInUse(state);
  if (slot < 0 || number === 0) return "";
  const kid = hexOf(Uint8Array.from(state.identity.contexts[slot].senderId));
  return alarmIdOf(pager, kid, number);
}

/** The same radio, seen from outside. */
function watched(radio: Radio, see: See, pager: string, inHand: () => string): Radio {
  let state = "off";
  return {
    step(input) {
      if (input.kind === "send") {
        see({ kind: "send", pager, bytes: Uint8Array.from(input.bytes) });
      }
      if (input.kind === "text") see({ kind: "text", pager, alarm: inHand(), to: input.to });
      const outputs = radio.step(input);
      for (const output of outputs) {
        if (output.kind !== "input" || output.input.kind !== "radio") continue;
        if (output.input.state === state) continue;
        state = output.input.state;
        see({ kind: "radio", pager, state: output.input.state });
      }
      return outputs;
    },
    dueInMs: (nowMs) => radio.dueInMs(nowMs),
  };
}

export function startProcessor(options: ProcessorOptions): Processor {
  const { clock, weather, see, pager, flash, modem, battery } = options;
  const startMs = clock.nowMs();
  let stopped = false;
  /** Storage holds the processor until then. */
  let busyUntilMs = startMs - HELD_MS;
  let cancelWake = () => {};
  let cancelBattery = () => {};
  /** The accelerometer runs. */
  let feels = false;
  /** Edges that wait while storage holds the processor: interrupts go before timers. */
  const edges: Input[] = [];

  function msAt(worldMs: number): number {
    const ranMs = worldMs - startMs;
    return (options.firstMs + Math.floor(ranMs * (1 + options.driftPpm / 1e6))) | 0;
  }

  const nowMs = () => msAt(Math.max(clock.nowMs(), busyUntilMs));

  function stop(): void {
    stopped = true;
    cancelWake();
    cancelBattery();
  }

  function enter(run: () => void): void {
    if (stopped) return;
    const waitMs = busyUntilMs - clock.nowMs();
    if (waitMs > 0) {
      clock.after(waitMs, () => enter(run));
      return;
    }
    try {
      if (weather.strikes("cutAtStep")) throw powerCut();
      for (let edge = edges.shift(); edge !== undefined; edge = edges.shift()) loop.input(edge);
      run();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      stop();
      options.end();
    }
  }

  function access(act: "write" | "erase", page: number, { outcome, tookMs }: Access): boolean {
    see({ kind: "storage", pager, act, page, outcome });
    if (outcome === "cut") throw powerCut();
    if (tookMs > 0) busyUntilMs = Math.max(clock.nowMs(), busyUntilMs) + tookMs;
    return outcome !== "failed";
  }

  const board: Board = {
    roundMsMax: options.roundMsMax,
    nowMs,
    seed: () => options.chance.below(0x7fffffff),
    keyDown: options.keyDown,
    readPage: (page) => flash.read(page),
    writePage: (page, offset, bytes) => access("write", page, flash.write(page, offset, bytes)),
    erasePage: (page) => access("erase", page, flash.erase(page)),
    play(cue) {
      see({ kind: "cue", pager, cue: cue.name, alarm: alarmOf(pager, loop.state) });
      if (weather.strikes("cutAtCue")) throw powerCut();
    },
    motion(on) {
      feels = on;
    },
    console() {},
    print() {},
    batteryMv: () => battery.batteryMv(),
    charging: () => battery.charging,
    wakeIn(ms) {
      cancelWake();
      const worldMs = Math.ceil(ms / (1 + options.driftPpm / 1e6));
      cancelWake = clock.after(worldMs, () => enter(() => loop.wake()));
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
    modemRest: (on) => modem.rest(on),
    kickWatchdog: () => undefined,
    restart() {
      throw powerCut();
    },
    code: 0,
    chip: () => fromText(nodeMachine, pager.padStart(16, "0").slice(-16)),
    log(event, number, detail) {
      const alarm = alarmOf(pager, loop.state, number);
      see({ kind: "log", pager, alarm, text: logText(event, detail), number, event, detail });
    },
  };
  const bg96 = createBg96(decodeIdentity(nodeMachine, [flash.read(0), flash.read(1)]));
  const radio = watched(bg96, see, pager, () => alarmOf(pager, loop.state));
  const loop = createLoop(nodeMachine, board, radio);

  function reportBattery(): void {
    loop.input({
      kind: "battery",
      atMs: nowMs(),
      batteryMv: battery.batteryMv(),
      charging: battery.charging,
    });
    cancelBattery = clock.after(BATTERY_MS, () => enter(reportBattery));
  }

  enter(() => loop.start());
  enter(reportBattery);
  return {
    key(down) {
      edges.push({ kind: "key", atMs: msAt(clock.nowMs()), down });
      enter(() => undefined);
    },
    serial: (text) => enter(() => loop.serial(text)),
    feel(what) {
      if (feels) enter(() => loop.input({ kind: "motion", atMs: nowMs(), what }));
    },
    state: loop.state,
    get stopped() {
      return stopped;
    },
    wasHeld: () => clock.nowMs() - busyUntilMs < HELD_MS,
    stop,
  };
}
