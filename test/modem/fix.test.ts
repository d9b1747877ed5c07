// Fixes from the modem to the core: what they hold, and which of them are not believed.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { type Fix, type Gnss, worldTime } from "../../tools/simulator/gnss.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;

function standing(fix: Partial<Fix>): Gnss {
  return {
    fixAt: (nowMs) => ({
      latitude: 36.68012,
      longitude: 117.06534,
      hdop: 1.1,
      altitudeM: 62.2,
      mode: 3,
      courseDeg: 0,
      speedKnots: 0,
      satellites: 9,
      ...worldTime(nowMs),
      ...fix,
    }),
  };
}

function locating(options: WorldOptions): World {
  const world = createWorld(options);
  world.start();
  world.locate(true);
  world.runUntil(2 * MINUTE, () => world.radioState() === "ready");
  return world;
}

const fixesOf = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "fix" ? [input] : []));

function firstFix(options: WorldOptions) {
  const world = locating(options);
  world.runUntil(2 * MINUTE, () => fixesOf(world).length > 0);
  const fix = fixesOf(world)[0];
  assert.ok(fix, "no fix came");
  return { world, fix };
}

test("a fix comes in 1e-7 degree, south and west negative, with its time", () => {
  const { world, fix } = firstFix({
    gnss: standing({ latitude: -37.78479, longitude: -175.3149 }),
  });
  assert.is(fix.latitude, -377847900);
  assert.is(fix.longitude, -1753149000);
  const expectedS = Math.floor((world.clock.nowMs() - Date.UTC(2020, 0, 1)) / 1000);
  assert.ok(Math.abs(fix.timeS - expectedS) <= 1);
});

test("uncertainty is 5 m times HDOP, at least 10 m", () => {
  for (const [hdop, metres] of [
    [0.7, 10],
    [2.0, 10],
    [2.1, 11],
    [9.9, 50],
    [99.9, 500],
  ]) {
    assert.is(firstFix({ gnss: standing({ hdop }) }).fix.uncertaintyM, metres, `HDOP ${hdop}`);
  }
});

test("a fix without a usable date still counts, with time unknown", () => {
  for (const date of ["", "110513"]) {
    let second = 0;
    const gnss = standing({ date });
    const moving: Gnss = {
      fixAt(nowMs) {
        second++;
        return {
          ...(gnss.fixAt(nowMs) as Fix),
          time: `0000${String(second % 60).padStart(2, "0")}.0`,
        };
      },
    };
    const { fix } = firstFix({ gnss: moving });
    assert.is(fix.timeS, 0);
    assert.is(fix.latitude, 366801200);
  }
});

test("an old first fix is never told", () => {
  const { world } = firstFix({
    gnss: standing({}),
    faults: scriptFaults([{ name: "fixStale", times: 3 }]),
  });
  world.runUntil(MINUTE, () => false);
  assert.ok(world.events.some((event) => event.text.includes("36.67012")));
  for (const fix of fixesOf(world)) assert.is(fix.latitude, 366801200);
});

test("no fix yet, 504, 505 and 509 all end in a fix", () => {
  for (const name of ["fixLate", "gnssOngoing", "gnssInactive", "assistanceOff"] as const) {
    const faults = scriptFaults([{ name }]);
    firstFix({ gnss: standing({}), faults });
    assert.is(faults.counts[name], 1, name);
  }
});

test("while the radio is connected there may be no fix; it comes when the radio is idle", () => {
  const faults = scriptFaults([{ name: "fixBlocked", times: 100 }]);
  const world = locating({ gnss: standing({}), faults });
  world.deliver("one", MINUTE);
  const before = fixesOf(world).length;
  world.runUntil(MINUTE, () => fixesOf(world).length > before);
  assert.ok(faults.counts.fixBlocked > 0);
  assert.ok(fixesOf(world).length > before);
});

test("nothing is asked of the receiver while no fix is wanted, and it goes off when told", () => {
  const world = locating({});
  world.runUntil(MINUTE, () => fixesOf(world).length > 2);
  assert.ok(world.modem.gnssOn);
  world.locate(false);
  world.runUntil(2000, () => !world.modem.gnssOn);
  assert.not.ok(world.modem.gnssOn);
  const from = world.writes.length;
  world.runUntil(MINUTE, () => false);
  assert.not.ok(world.writes.slice(from).some((write) => write.text.includes("QGPS")));
});

test("that the receiver works is told once behind each wish for it, with a fix or before one", () => {
  const heard = (world: World) => world.inputs.filter(({ kind }) => kind === "gnss").length;
  const world = locating({ gnss: { fixAt: () => undefined } });
  world.runUntil(MINUTE, () => false);
  assert.equal([heard(world), fixesOf(world).length], [1, 0]);
  world.locate(true);
  world.runUntil(MINUTE, () => false);
  assert.is(heard(world), 2);
  const { world: seeing } = firstFix({ gnss: standing({}) });
  assert.is(heard(seeing), 1);
});

test("a receiver that goes off each time it is asked is not told to work", () => {
  const faults = scriptFaults([{ name: "gnssInactive", times: 1000 }]);
  const world = locating({ gnss: standing({}), faults });
  world.runUntil(MINUTE, () => false);
  assert.ok((faults.counts.gnssInactive ?? 0) > 3);
  assert.not.ok(world.inputs.some(({ kind }) => kind === "gnss"));
});

test("a place outside the globe or a garbled one is no fix", () => {
  for (const gnss of [
    standing({ latitude: 91 }),
    standing({ longitude: -180.5 }),
    standing({ latitude: Number.NaN }),
  ]) {
    const world = locating({ gnss });
    world.runUntil(MINUTE, () => false);
    assert.is(fixesOf(world).length, 0);
  }
});

test.run();
