// The port of the RAK5010 bundle while its modem sleeps: released, DTR high, antenna off [pager §4].
// The bundle runs on the Espruino host, and a simulated modem that is on hangs on its port.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { PAGES_IDENTITY, PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { buildEspruino } from "../../tools/build/espruino.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWalk } from "../../tools/simulator/gnss.ts";
import { createMemoryNetwork } from "../../tools/simulator/memory-network.ts";
import { createModem } from "../../tools/simulator/modem.ts";
import { Platform } from "../firmware/platform.ts";
import { provisionedStorage } from "../firmware/storage.ts";
import { putRawPage } from "./raw-pages.ts";

const KEY = "D19";
const DTR = "D26";
const ANTENNA = "D39";
const MODEM_RX = "D8";
const HOUR = 3600000;

async function startBoard() {
  const { minified: code } = await buildEspruino({ board: "rak5010" });
  const clock = createVirtualClock();
  const storage = createHostStorage();
  const { pages } = provisionedStorage(["127.0.0.1:5683"]);
  for (const page of [PAGES_IDENTITY, PAGES_JOURNAL]) {
    putRawPage(storage, page, pages[page]);
  }
  const chance = createChance(1);
  const network = createMemoryNetwork({ clock });
  const platform = new Platform();
  const end = network.open({
    port: 5683,
    peer: true,
    onDatagram(bytes, from) {
      for (const answer of platform.hear(bytes)) end.send(answer, from);
    },
    onFault(text) {
      throw new Error(text);
    },
  });
  const modem = createModem({
    clock,
    network,
    gnss: createWalk({ chance }),
    chance,
    faults: scriptFaults(),
    power: "on",
  });
  const levels: Record<string, number> = {};
  const host = createEspruinoHost({
    code,
    board: "rak5010",
    clock,
    storage,
    // A battery that is not low: a report of that would go out again and again.
    analog: () => 0.75,
    onWrite: (text) => modem.fromPager(text),
    onLine(line) {
      throw new Error(`the bundle printed: ${line}`);
    },
    onPin(pin, level) {
      if (pin === DTR && levels[DTR] !== undefined && levels[DTR] !== level)
        modem.rest(level === 1);
      levels[pin] = level;
    },
  });
  modem.onToPager((text) => {
    if (levels[DTR] === 0) host.feedSerial(text);
  });
  host.setPin(KEY, 1);
  host.setPin("D40", 1);
  host.setPin(MODEM_RX, 1);
  return { clock, host, modem, levels };
}

/** A start bit on the line from the modem. */
function fall({ host, clock }: Awaited<ReturnType<typeof startBoard>>): void {
  host.setPin(MODEM_RX, 0);
  clock.advanceBy(1);
  host.setPin(MODEM_RX, 1);
}

test("the port is released while nothing goes on, and an edge on its line takes it back", async () => {
  const board = await startBoard();
  const { clock, modem, levels } = board;
  clock.advanceBy(10000);
  assert.equal([levels[DTR], levels[ANTENNA]], [0, 1], "at the start it is there");
  for (let ms = 0; ms < HOUR && levels[DTR] === 0; ms += 1000) clock.advanceBy(1000);
  assert.equal([levels[DTR], levels[ANTENNA]], [1, 0]);
  fall(board);
  clock.advanceBy(100);
  assert.equal([levels[DTR], levels[ANTENNA]], [0, 1]);
  clock.advanceBy(60000);
  assert.is(levels[DTR], 1, "and is released again");
  assert.equal(modem.violations, []);
});

/** Until the port is released. */
function rest({ clock, levels }: Awaited<ReturnType<typeof startBoard>>): void {
  for (let ms = 0; ms < HOUR && levels[DTR] === 0; ms += 1000) clock.advanceBy(1000);
  assert.is(levels[DTR], 1);
}

test("a hand on the key wakes the modem before the hold is over, and behind a click it rests again", async () => {
  const board = await startBoard();
  const { clock, host, levels } = board;
  rest(board);
  host.setPin(KEY, 0);
  clock.advanceBy(1000);
  assert.is(levels[DTR], 0, "what the hand says finds it awake");
  host.setPin(KEY, 1);
  rest(board);
});

test.run();
