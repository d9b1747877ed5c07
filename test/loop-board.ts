// A board of memory for tests of the real loop: pages, cues and a timer on a stepped clock.
// Fakes octets and time only; a test sets `wake` when it has its loop.

import type { Board } from "../firmware/board/board.ts";
import type { VirtualClock } from "../tools/simulator/clock.ts";

export type LoopBoard = Board & { wake: () => void };

export function boardOf(
  clock: VirtualClock,
  pages: Uint8Array[],
  cues: string[],
  say: (text: string) => void,
): LoopBoard {
  let cancel = () => {};
  const board: LoopBoard = {
    roundMsMax: 10000,
    nowMs: () => clock.nowMs() | 0,
    seed: () => 4711,
    keyDown: () => false,
    readPage: (page) => pages[page].slice(),
    writePage(page, offset, bytes) {
      pages[page].set(bytes as Uint8Array, offset);
      return true;
    },
    erasePage(page) {
      pages[page].fill(255);
      return true;
    },
    play: (cue) => void cues.push(cue.name),
    batteryMv: () => 3950,
    charging: () => false,
    wakeIn(ms) {
      cancel();
      cancel = clock.after(ms, () => board.wake());
    },
    serialWrite: say,
    pulsePowerKey: () => undefined,
    modemRest: () => undefined,
    console() {},
    print() {},
    kickWatchdog: () => undefined,
    restart: () => undefined,
    code: 0,
    chip: () => new Uint8Array(0),
    log: () => undefined,
    wake: () => undefined,
  };
  return board;
}
