// Stands in the place of the loop in a bundle: hands the board to whoever judges it at the console.
// Decides nothing; what the board reports is kept as it came.

import type { Board } from "../../../firmware/board/board.ts";
import type { Loop } from "../../../firmware/board/loop.ts";
import type { Radio } from "../../../firmware/board/radio.ts";
import { cueOf } from "../../../firmware/core/cues.ts";
import type { State } from "../../../firmware/core/state.ts";
import type { Machine } from "../../../protocol/machine.ts";

export function createLoop(_machine: Machine, board: Board, _radio: Radio): Loop {
  let woken = 0;
  let heard = "";
  let edges = "";
  global.board = board;
  global.cueOf = cueOf;
  global.woken = () => woken;
  global.heard = () => heard;
  global.edges = () => edges;
  return {
    state: {} as State,
    start: () => {},
    input: (input) => {
      if (input.kind === "key") edges += input.down ? "down " : "up ";
    },
    serial: (text) => {
      heard += text;
    },
    wake: () => {
      woken += 1;
    },
  };
}
