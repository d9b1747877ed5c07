// The board of the storms' pagers as conformance.ts looks at it, on a flash that fails when told to.
// Decides nothing.

import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { createBattery } from "../../tools/simulator/storm/battery.ts";
import { fairWeather } from "../../tools/simulator/storm/fair-weather.ts";
import { createFlash, type Flash } from "../../tools/simulator/storm/flash.ts";
import { createProcessorBoard, type Running } from "../../tools/simulator/storm/processor-board.ts";
import type { BoardFace } from "./conformance.ts";

const DAY_MS = 86400000;

function start(clock: VirtualClock, flash: Flash, firstMs: number, refuse: { next: boolean }) {
  let woken = 0;
  let written = "";
  let keyDown = false;
  const pulses: number[] = [];
  const resets: number[] = [];
  const running: Pick<Running, "wake"> = {
    wake() {
      woken += 1;
    },
  };
  const { board } = createProcessorBoard(
    {
      clock,
      chance: createChance(1),
      weather: fairWeather(() => false),
      see: () => undefined,
      pager: "P-000001",
      flash,
      modem: {
        fromPager(said) {
          written += said;
        },
        powerKey: (ms) => void pulses.push(ms),
        resetPin: (ms) => void resets.push(ms),
        rest: () => undefined,
      },
      battery: createBattery({ clock, lastsMs: 10 * DAY_MS, share: 0.8 }),
      keyDown: () => keyDown,
      firstMs,
      driftPpm: 0,
      roundMsMax: 10000,
    },
    () => running as Running,
  );
  const face: BoardFace = {
    board,
    clock,
    woken: () => woken,
    written: () => written,
    refuseNext() {
      refuse.next = true;
    },
    restarted: () => start(clock, flash, 0, refuse),
    pulses: () => pulses,
    resets: () => resets,
    setKey(down) {
      keyDown = down;
    },
  };
  return face;
}

/** Its own clock begins at what of these milliseconds fits an int32. */
export function startProcessorFace(startMs: number): BoardFace {
  const refuse = { next: false };
  const weather = fairWeather((name) => {
    if (!refuse.next || (name !== "writeFailed" && name !== "eraseFailed")) return false;
    refuse.next = false;
    return true;
  });
  const flash = createFlash(weather, createChance(1));
  return start(createVirtualClock(startMs), flash, startMs | 0, refuse);
}
