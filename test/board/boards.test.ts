// Every board passes the one suite of conformance.ts [design §4]: the shipped ones, the storms', the kit.
// Rows only; what a board can't show stands with its reason.

import { test } from "uvu";
import { boardBundle } from "./board-bundle.ts";
import { type BoardMaker, conformance } from "./conformance.ts";
import { type HostBoard, startHostBoard } from "./host-board.ts";
import { startProcessorFace } from "./processor-face.ts";

/** On Espruino in the host; its bundle is made once. */
function hosted(
  name: string,
  entry: string,
  kind: Omit<HostBoard, "code">,
  unseen: BoardMaker["unseen"] = {},
): BoardMaker {
  const built = boardBundle(entry, { MODEM_TTY: "modem.tty" });
  return {
    name,
    make: async (startMs) => startHostBoard({ ...kind, code: await built }, startMs),
    unseen,
  };
}

const NO_OUTPUTS = "the interpreter on Linux has no pins";

const MAKERS: readonly BoardMaker[] = [
  {
    name: "processor of the storms",
    make: async (startMs) => startProcessorFace(startMs),
    unseen: {
      edges: "the processor brings edges to the loop, around its board",
      play: "a cue is an event of the world there, with no time of its own",
      consoleAnswers: "there is no console in a storm",
      isEnded: "in a storm power is cut at any step instead",
    },
  },
  hosted("rak5010", "firmware/espruino/rak5010.ts", {
    host: "rak5010",
    analog: 0.9,
    wiring: {
      key: "D19",
      red: "D34",
      green: "D33",
      motor: "D20",
      powerKey: "D2",
      reset: "D28",
      lit: 1,
    },
  }),
  hosted(
    "espruino-linux",
    "firmware/espruino/linux.ts",
    { host: "espruino-linux", analog: 0 },
    {
      pulses: `${NO_OUTPUTS}, and a modem there is always on`,
      resets: NO_OUTPUTS,
      play: NO_OUTPUTS,
      consoleAnswers: "its console is how the key is pressed",
    },
  ),
  hosted(
    "nrf52840dk",
    "test/board/bundle/nrf52840dk.ts",
    {
      host: "rak5010",
      analog: 0.73,
      wiring: { key: "D11", red: "D13", green: "D14", motor: "D15", powerKey: "D27", lit: 0 },
    },
    { resets: "its modem's reset pin is not wired" },
  ),
];

for (const maker of MAKERS) conformance(test, maker);

test.run();
