// The energy model: its arithmetic by hand, its direction, and what its meter counts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { CURRENTS, type Current, type Usage } from "../../tools/simulator/energy/currents.ts";
import { createMeter } from "../../tools/simulator/energy/meter.ts";
import { estimate, partOf } from "../../tools/simulator/energy/model.ts";
import { runWeek } from "../../tools/simulator/energy/run-week.ts";
import { WEEKS } from "../../tools/simulator/energy/weeks.ts";
import type { ModemEvent } from "../../tools/simulator/modem-state.ts";

/** Two days, of which the modem was awake for an hour and asleep for the rest. */
const USAGE: Usage = {
  spanS: 172800,
  offS: 0,
  savingS: 0,
  flightS: 0,
  searchS: 0,
  asleepS: 169200,
  awakeS: 3600,
  connections: 10,
  gnssS: 0,
  sensorS: 0,
  uartS: 0,
  steps: 0,
  motorS: 0,
  lightS: 0,
};

function current(of: keyof Usage, low: number, high: number): Current {
  return { of, zh: of, en: of, low, high, source: "by hand" };
}

test("days are the charge of a full battery over that of a day, at both ends of the range", () => {
  // A day: 23.5 h at 1 or 2 mA, half an hour at 15 mA, five connections of 36 or 72 mAs.
  const result = estimate(USAGE, [
    current("asleepS", 1, 2),
    current("awakeS", 15, 15),
    current("connections", 36, 72),
  ]);
  assert.equal(
    result.shares.map(({ of, lowMah, highMah }) => [of, lowMah, highMah]),
    [
      ["asleepS", 23.5, 47],
      ["awakeS", 7.5, 7.5],
      ["connections", 0.05, 0.1],
    ],
  );
  assert.is(result.daysMax.toFixed(4), (1000 / 31.05).toFixed(4));
  assert.is(result.daysMin.toFixed(4), (1000 / 54.6).toFixed(4));
});

test("the parts of all consumers are one, and the first is the greatest", () => {
  const result = estimate(USAGE, CURRENTS);
  const parts = result.shares.map((share) => partOf(share, result));
  assert.is(parts.reduce((whole, part) => whole + part).toFixed(9), "1.000000000");
  assert.equal(
    parts,
    [...parts].sort((one, other) => other - one),
  );
});

test("more current is never more days, whichever consumer draws it", () => {
  const used = Object.fromEntries(
    Object.entries(USAGE).map(([of, value]) => [of, value + 100]),
  ) as unknown as Usage;
  const before = estimate(used, CURRENTS);
  for (const one of CURRENTS) {
    const more = CURRENTS.map((each) =>
      each === one ? { ...each, low: each.low * 2, high: each.high * 2 } : each,
    );
    const after = estimate(used, more);
    assert.ok(after.daysMin < before.daysMin && after.daysMax < before.daysMax, one.of);
  }
});

test("each state has one current, of a source, whose ends are in order", () => {
  assert.equal(CURRENTS.map(({ of }) => of).sort(), Object.keys(USAGE).sort());
  for (const { of, low, high, source } of CURRENTS) {
    assert.ok(low > 0 && low <= high && source !== "", of);
  }
});

test("the meter counts each second of the modem in one state, and its port and receiver beside it", () => {
  const clock = createVirtualClock();
  const meter = createMeter(clock);
  const say = (kind: ModemEvent["kind"], text: string, forMs: number) => {
    meter.modem({ atMs: clock.nowMs(), kind, text });
    clock.advanceBy(forMs);
  };
  clock.advanceBy(1000);
  say("power", "booting", 5000);
  say("power", "on", 3000);
  say("radio", "registration 2", 2000);
  say("radio", "registration 1", 4000);
  say("sent", "30 octets to 198.51.100.1:5683", 11000);
  say("received", "20 octets from 198.51.100.1:5683", 1000);
  say("command", "AT+QGPS=1", 60000);
  say("command", "AT+QGPSEND", 0);
  say("power", "port released", 5000);
  say("power", "port there", 0);
  say("command", "AT+QSCLK=1", 0);
  say("power", "port released", 100000);
  say("power", "port there", 0);
  say("command", "AT+CFUN=4", 2000);
  say("power", "port released", 50000);
  say("power", "port there", 0);
  say("command", "AT+QGPS=1", 40000);
  say("command", "AT+QGPSEND", 0);
  say("command", "AT+CFUN=1", 3000);
  meter.sensor(true);
  say("power", "asleep", 7000);
  meter.step();
  // One short pulse to feel and see, and no light that stays.
  meter.cue("tick");
  assert.equal(meter.read(), {
    ...USAGE,
    spanS: 294,
    offS: 1,
    savingS: 7,
    flightS: 90,
    searchS: 10,
    asleepS: 100,
    awakeS: 86,
    connections: 2,
    gnssS: 100,
    sensorS: 7,
    uartS: 139,
    steps: 1,
    motorS: 0.1,
    lightS: 0.1,
  });
});

test("a week is counted whole, from the real firmware and driver", async () => {
  const { usage } = await runWeek({ week: WEEKS[0], settings: [], days: 7 });
  const { spanS, offS, savingS, flightS, searchS, asleepS, awakeS } = usage;
  assert.is(spanS, 7 * 86400);
  assert.is(Math.round(offS + savingS + flightS + searchS + asleepS + awakeS), spanS);
  // Two beats and a check-in a day, as the setting and the wearer have it.
  assert.is(usage.connections, 21);
});

test.run();
