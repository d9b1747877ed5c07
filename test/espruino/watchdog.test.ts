// The watchdog of the RAK5010 bundle: a pager that no longer comes round starts anew, its alarm goes on.
// The bundle runs on the Espruino host; a line before it makes the interpreter fail while a pin is high.

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
const CHARGING = "D40";
/** Wired to nothing on the board. */
const FAULT = "D28";
const MINUTE = 60_000;

/** While the fault is there no timer does anything: the loop stops coming round. */
const TIMERS_STAND = `(function (real) {
  setTimeout = function (run, ms) { return real(function () { if (!digitalRead(${FAULT})) run(); }, ms); };
})(setTimeout);\n`;
/** While it is there every round of the loop throws, and the next one comes all the same, 10 ms on. */
const ROUNDS_THROW = `(function (real) {
  setTimeout = function (run, ms) { return real(run, ms + 10); };
})(setTimeout);
(function (real) {
  Array.prototype.shift = function () { if (digitalRead(${FAULT})) throw new Error("broken"); return real.call(this); };
})(Array.prototype.shift);\n`;

async function createBoard(fault: string) {
  const { minified } = await buildEspruino({ board: "rak5010" });
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
  const gnss = createWalk({ chance });
  const modem = createModem({ clock, network, gnss, chance, faults: scriptFaults(), power: "on" });
  const resets: number[] = [];
  const lines: string[] = [];
  const start = () => {
    const host = createEspruinoHost({
      code: fault + minified,
      board: "rak5010",
      clock,
      storage,
      // A battery that is not low: a report of that would be an alarm too.
      analog: () => 1.3,
      onWrite: (text) => modem.fromPager(text),
      onLine: (line) => lines.push(line),
      onWatchdog: () => resets.push(clock.nowMs()),
    });
    modem.onToPager((text) => host.feedSerial(text));
    host.setPin(KEY, 1);
    host.setPin(CHARGING, 1);
    return host;
  };
  return { clock, platform, resets, lines, start };
}

for (const [what, fault, says] of [
  ["no longer comes round", TIMERS_STAND, /^$/],
  ["throws in every round", ROUNDS_THROW, /^Uncaught Error: broken$/],
] as const) {
  test(`a loop that ${what} is ended by the watchdog within a minute, and its alarm goes on [pager §2.7]`, async () => {
    const { clock, platform, resets, lines, start } = await createBoard(fault);
    platform.listening = false;
    const host = start();
    clock.advanceBy(2 * MINUTE);
    host.setPin(KEY, 0);
    clock.advanceBy(4000);
    host.setPin(KEY, 1);
    clock.advanceBy(5000);
    assert.equal([resets, lines], [[], []], "a pager that is well is let alone");
    const faultMs = clock.nowMs();
    host.setPin(FAULT, 1);
    clock.advanceBy(10 * MINUTE);
    assert.is(resets.length, 1);
    assert.ok(resets[0] - faultMs <= MINUTE, `${resets[0] - faultMs} ms`);
    for (const line of lines) assert.match(line, says);
    assert.equal(platform.alarms, []);
    platform.listening = true;
    start();
    clock.advanceBy(2 * MINUTE);
    assert.is(platform.alarms.length, 1);
    assert.equal(platform.complaints, []);
    assert.is(resets.length, 1);
  });
}

test.run();
