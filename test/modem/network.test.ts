// Registration, context and the recovery ladder: what the core is told, and when.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type ScriptedFault, scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const ready = (world: World) => () => world.radioState() === "ready";
const texts = (world: World) => world.writes.map((write) => write.text.trim());

function readyWorld(script: ScriptedFault[] = [], options: WorldOptions = {}): World {
  const world = createWorld({ faults: scriptFaults(script), ...options });
  world.start();
  assert.ok(world.runUntil(5 * MINUTE, ready(world)) !== undefined, "never ready");
  return world;
}

const statesOf = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "radio" ? [input.state] : []));

test("from off to ready the core hears starting, searching, starting, ready", () => {
  const world = readyWorld();
  assert.equal(statesOf(world), ["starting", "searching", "starting", "ready"]);
});

test("denied on LTE alone is still searching", () => {
  const world = readyWorld([{ name: "searchLong" }]);
  assert.ok(world.events.some((event) => event.text === "registration 3"));
  assert.not.ok(statesOf(world).includes("denied"));
});

test("denied by every registration is told as denied", () => {
  const world = createWorld({ modem: { barred: true } });
  world.start();
  assert.ok(world.runUntil(2 * MINUTE, () => world.radioState() === "denied") !== undefined);
});

test("roaming is registered", () => {
  readyWorld([{ name: "roaming" }]);
});

for (const [name, state] of [
  ["registrationLost", "searching"],
  ["contextLost", "starting"],
  ["sleepUnasked", "starting"],
] as const) {
  test(`${name}: ready ends the moment the modem says so, and comes back`, () => {
    const world = readyWorld([{ name, afterMs: MINUTE }]);
    world.runUntil(5 * MINUTE, () => world.events.some((event) => event.text === name));
    const saidMs = world.clock.nowMs();
    world.runUntil(MINUTE, () => world.radioState() !== "ready");
    assert.ok(world.clock.nowMs() - saidMs < 20, `${world.clock.nowMs() - saidMs} ms`);
    assert.is(world.radioState(), state);
    assert.ok(world.runUntil(5 * MINUTE, ready(world)) !== undefined);
    assert.ok(world.deliver("after it", MINUTE) !== undefined);
  });
}

test("the network's time is told once it is known, and never the year 80", () => {
  const world = readyWorld();
  world.runUntil(MINUTE, () => world.inputs.some((input) => input.kind === "clock"));
  const clocks = world.inputs.filter((input) => input.kind === "clock");
  const expectedS = Math.floor((world.clock.nowMs() - Date.UTC(2020, 0, 1)) / 1000);
  assert.is(clocks.length, 1);
  assert.ok(Math.abs(clocks[0].timeS - expectedS) <= 1);
  assert.is(clocks[0].source, "network");
});

test("the signal is told in dBm when it is ready and 0 when it is not", () => {
  const world = readyWorld();
  world.runUntil(MINUTE, () => world.inputs.some((input) => input.kind === "clock"));
  for (const input of world.inputs) {
    if (input.kind !== "radio") continue;
    const { state, signalDbm } = input;
    assert.ok(signalDbm === 0 || (state === "ready" && signalDbm >= -140 && signalDbm <= -44));
  }
  const last = world.inputs.findLast((input) => input.kind === "radio");
  assert.ok(last?.kind === "radio" && last.signalDbm < 0);
});

test("without any address it is ready all the same, and leaves the modem in peace", () => {
  const world = readyWorld([], { addresses: [] });
  world.runUntil(30 * MINUTE, () => false);
  assert.is(world.radioState(), "ready");
  assert.equal(world.pulses, [600]);
});

test("QIOPEN without its second line is closed and opened again", () => {
  const world = readyWorld([{ name: "openSilent", times: 2 }]);
  const opened = texts(world).filter((text) => text.startsWith("AT+QIOPEN"));
  const closed = texts(world).filter((text) => text.startsWith("AT+QICLOSE"));
  assert.is(opened.length, 3);
  assert.is(closed.length, 3);
});

test("the ladder: again, again, restart by command, power off and on", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "openSilent", times: 12 }]) });
  world.start();
  assert.ok(world.runUntil(20 * MINUTE, ready(world)) !== undefined);
  assert.is(texts(world).filter((text) => text === "AT+CFUN=1,1").length, 1);
  assert.equal(world.pulses, [600, 700, 600]);
  const reset = world.writes.find((write) => write.text.startsWith("AT+CFUN=1,1"));
  const opened = world.writes.filter((write) => write.text.startsWith("AT+QIOPEN"));
  assert.is(opened.filter((write) => write.atMs < (reset?.atMs ?? 0)).length, 9);
  assert.is(opened.length, 13);
});

test("a context on which no socket opens is left and activated anew", () => {
  const world = readyWorld([{ name: "openSilent", times: 3 }]);
  const left = texts(world).indexOf("AT+QIDEACT=1");
  assert.ok(left > 0 && texts(world).indexOf("AT+QIACT=1", left) > left);
});

test("all goes on across the wrap of the millisecond counter", () => {
  for (const offsetMs of [2147483647 - 8000, 2147483647 - 20000]) {
    const world = readyWorld([], { offsetMs });
    world.locate(true);
    assert.ok(world.deliver("one", MINUTE) !== undefined);
    world.runUntil(MINUTE, () => false);
    assert.ok(world.deliver("two", MINUTE) !== undefined);
    assert.ok(
      world.inputs.some((input) => input.atMs < 0),
      "the counter wrapped",
    );
    assert.equal(world.modem.violations, []);
  }
});

test.run();
