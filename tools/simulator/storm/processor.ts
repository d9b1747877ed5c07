// One run of a pager's processor, from power-up to its end: the real loop, core and driver on a board.
// Decides nothing about power: what ends it is told to `end`, and it never starts itself again.

import { createLoop, type Loop } from "../../../firmware/board/loop.ts";
import type { Radio } from "../../../firmware/board/radio.ts";
import { abilities } from "../../../firmware/core/abilities.ts";
import { decodeIdentity } from "../../../firmware/core/identity.ts";
import type { Input } from "../../../firmware/core/input.ts";
import { createBg96 } from "../../../firmware/modem/bg96.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import type { Senses } from "./care.ts";
import {
  alarmOf,
  type BoardOptions,
  createProcessorBoard,
  HELD_MS,
  PowerCut,
  powerCut,
} from "./processor-board.ts";
import { createSettled } from "./settled.ts";
import { WORKS } from "./stir.ts";
import type { See } from "./world-event.ts";

export interface ProcessorOptions extends BoardOptions {
  /** What its board has beside the least; where not given, what every other one has. */
  readonly senses?: Senses;
  /** Power went in the middle of something, or the pager asked to start anew. */
  end(isRestart: boolean): void;
}

export interface Processor {
  key(down: boolean): void;
  serial(text: string): void;
  /** The accelerometer feels this, as the core's input says it; false where it wasn't asked to. */
  feel(what: number): boolean;
  readonly state: Loop["state"];
  /** True also where power went while it started. */
  readonly stopped: boolean;
  /** Storage has held it within the last second. */
  wasHeld(): boolean;
  /** Nothing of it runs any more. */
  stop(): void;
}

const BATTERY_MS = 600000;

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
  const { clock, weather, see, pager, flash, battery, senses } = options;
  const telling: See = (seen) => {
    if (seen.kind === "log") settled.settings();
    see(seen);
  };
  const around = createProcessorBoard({ ...options, see: telling }, () => ({
    state: loop.state,
    wake: () => enter(() => loop.wake()),
  }));
  const { board } = around;
  let stopped = false;
  let cancelBattery = () => {};
  /** Edges that wait while storage holds the processor: interrupts go before timers. */
  const edges: Input[] = [];

  function stop(): void {
    stopped = true;
    around.stop();
    cancelBattery();
  }

  function enter(run: () => void): void {
    if (stopped) return;
    const waitMs = around.busyUntilMs - clock.nowMs();
    if (waitMs > 0) {
      clock.after(waitMs, () => enter(run));
      return;
    }
    try {
      if (weather.strikes("cutAtStep")) throw powerCut();
      if (senses !== undefined) Object.assign(abilities, senses);
      for (let edge = edges.shift(); edge !== undefined; edge = edges.shift()) loop.input(edge);
      run();
      settled.settings();
      settled.track();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      stop();
      options.end(error.isRestart);
    }
  }

  const { apn, addresses } = decodeIdentity(nodeMachine, [flash.read(0), flash.read(1)]);
  const bg96 = createBg96(nodeMachine, { apn, addresses, resets: true });
  const radio = watched(bg96, see, pager, () => alarmOf(pager, loop.state));
  const loop = createLoop(nodeMachine, board, radio);
  const settled = createSettled(loop.state, pager, see);

  function reportBattery(): void {
    loop.input({
      kind: "battery",
      atMs: board.nowMs(),
      batteryMv: battery.batteryMv(),
      charging: battery.charging,
    });
    cancelBattery = clock.after(BATTERY_MS, () => enter(reportBattery));
  }

  enter(() => {
    around.load();
    loop.start();
  });
  enter(reportBattery);
  return {
    key(down) {
      edges.push({ kind: "key", atMs: around.msAt(clock.nowMs()), down });
      enter(() => undefined);
    },
    serial: (text) => enter(() => loop.serial(text)),
    feel(what) {
      enter(() => {
        if (!around.feels) return;
        if (what < WORKS) see({ kind: "motion", pager, what });
        loop.input({ kind: "motion", atMs: board.nowMs(), what });
      });
      return around.feels;
    },
    state: loop.state,
    get stopped() {
      return stopped;
    },
    wasHeld: () => clock.nowMs() - around.busyUntilMs < HELD_MS,
    stop,
  };
}
