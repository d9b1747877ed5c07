// The ten rows that driver and simulator must both know: under each a datagram gets through.
// Driver, simulated modem and a UDP end on a virtual clock; then whole climates from seeds.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  FAULT_NAMES,
  FAULTS,
  type FaultName,
  scriptFaults,
  seedFaults,
} from "../../tools/simulator/faults.ts";
import { createWorld, type World } from "./world.ts";

const MINUTE = 60000;
/** Longest time to an answer with one fault: a search of 180 s, or two rungs of the ladder. */
/** Three activations that take their 150 s each to fail, and a start. */
const ONE_FAULT_MS = 8 * MINUTE;

const ROWS: Record<number, string> = {
  1: "boot",
  2: "already on",
  3: "stream",
  4: "sockets",
  5: "registration",
  6: "satellites",
  7: "short messages",
  8: "sleep",
  9: "line noise",
  10: "supply",
};

/** Two datagrams with time between them, for the faults that strike by themselves. */
function deliverTwo(world: World): void {
  world.start();
  world.locate(true);
  assert.ok(world.deliver("first", ONE_FAULT_MS) !== undefined, "the first did not get through");
  world.runUntil(2 * MINUTE, () => false);
  assert.ok(world.deliver("second", ONE_FAULT_MS) !== undefined, "the second did not get through");
  assert.equal(world.modem.violations, []);
}

function checkFault(name: FaultName): void {
  for (const times of [1, 3]) {
    const faults = scriptFaults([{ name, times, afterMs: 20000 }]);
    const world = createWorld({ faults });
    deliverTwo(world);
    assert.ok(faults.counts[name] > 0, `${name} never struck`);
    const logged = world.events.filter((event) => event.kind === "fault" && event.text === name);
    assert.is(logged.length, faults.counts[name], "each that struck is logged");
  }
}

for (const [row, area] of Object.entries(ROWS)) {
  const names = FAULT_NAMES.filter((name) => FAULTS[name].row === Number(row));
  if (Number(row) === 7) continue;
  test(`row ${row}, ${area}: ${names.join(", ")}`, () => {
    for (const name of names) checkFault(name);
  });
}

test("row 7, short messages: lines in the midst, and a full store that says nothing", () => {
  const faults = scriptFaults([{ name: "smsStoreFull" }]);
  const world = createWorld({ faults });
  const kept: boolean[] = [];
  world.start();
  world.runUntil(MINUTE, () => world.radioState() === "ready");
  for (let count = 0; count < 12; count++) {
    kept.push(world.modem.deliverMessage("+8613800000000", "OK\r\nRDY"));
    assert.ok(world.deliver(`beside message ${count}`, MINUTE) !== undefined);
  }
  assert.is(kept.filter((one) => one).length, 10);
  world.runUntil(MINUTE, () => false);
  assert.ok(world.modem.deliverMessage("+8613800000000", "there is room again"));
  assert.is(faults.counts.smsStoreFull, 1);
  assert.is(world.radioState(), "ready");
});

test("every fault of every row has an opportunity in some climate", () => {
  const struck = new Set<FaultName>();
  for (let seed = 1; seed <= 40; seed++) {
    const faults = seedFaults(seed);
    const world = createWorld({ faults, seed });
    world.start();
    world.locate(true);
    for (let count = 0; count < 3; count++) {
      const tookMs = world.deliver(`datagram ${count}`, 20 * MINUTE);
      assert.ok(tookMs !== undefined, `seed ${seed}: datagram ${count} did not get through`);
      world.modem.deliverMessage("+8613800000000", "a message");
      world.text(count, "+8613800000000", "a message");
      world.runUntil(2 * MINUTE, () => false);
    }
    assert.equal(world.modem.violations, [], `seed ${seed}`);
    for (const name of FAULT_NAMES) if (faults.counts[name] > 0) struck.add(name);
  }
  // Those of calls, row 11, have theirs in voice.test.ts.
  const row = FAULT_NAMES.filter((name) => FAULTS[name].row < 11);
  assert.equal(
    row.filter((name) => !struck.has(name)),
    [],
  );
});

test("one seed gives one world, another seed another", () => {
  const traceOf = (seed: number) => {
    const world = createWorld({ faults: seedFaults(seed), seed });
    world.start();
    world.deliver("one", 20 * MINUTE);
    return world.events.map((event) => `${event.atMs} ${event.kind} ${event.text}`).join("\n");
  };
  assert.is(traceOf(7), traceOf(7));
  assert.is.not(traceOf(7), traceOf(8));
});

test.run();
