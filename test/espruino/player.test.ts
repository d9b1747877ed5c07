// Cues on the pins of the RAK5010 bundle: played whole, and kept apart when one cuts another short.
// The bundle's own player runs on the Espruino host; levels are read at the pins.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { buildEspruino } from "../../tools/build/espruino.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";

const KEY = "D19";
const MOTOR = "D20";

/** A pager that was never provisioned, with the spans of its motor: on, off, on, ... */
async function startBoard() {
  const clock = createVirtualClock();
  const { minified: code } = await buildEspruino({ board: "rak5010" });
  const spans: { on: boolean; ms: number }[] = [];
  let sinceMs = clock.nowMs();
  let motorOn = false;
  const host = createEspruinoHost({
    code,
    board: "rak5010",
    clock,
    storage: createHostStorage(),
    onWrite() {},
    onLine(line) {
      throw new Error(`the bundle printed: ${line}`);
    },
    onPin(pin, level) {
      const on = Number(level) === 1;
      if (pin !== MOTOR || on === motorOn) return;
      spans.push({ on: motorOn, ms: clock.nowMs() - sinceMs });
      motorOn = on;
      sinceMs = clock.nowMs();
    },
  });
  host.setPin(KEY, 1);
  clock.advanceBy(1000);
  return { clock, host, spans };
}

test("held and never provisioned: ticks while the key is down, then three long pulses", async () => {
  const { clock, host, spans } = await startBoard();
  host.setPin(KEY, 0);
  clock.advanceBy(8000);
  host.setPin(KEY, 1);
  const on = spans.filter((span) => span.on).map((span) => span.ms);
  assert.equal(on, [100, 100, 100, 100, 100, 100, 1200, 1200, 1200]);
});

test("a cue that cuts another short begins after quiet", async () => {
  const { clock, host, spans } = await startBoard();
  for (let i = 0; i < 2; i++) {
    host.setPin(KEY, 0);
    clock.advanceBy(3400);
    host.setPin(KEY, 1);
    clock.advanceBy(100);
  }
  clock.advanceBy(8000);
  const cut = spans.findIndex((span) => span.on && span.ms > 400);
  assert.is.not(cut, -1);
  const quiet = spans.slice(cut + 1).find((span) => !span.on);
  assert.ok(quiet !== undefined && quiet.ms >= 600, `${quiet?.ms} ms of quiet`);
});

test.run();
