// The recovery ladder: its rungs, and that it goes on where the run before had come to [pager §2.7].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World } from "./world.ts";

const MINUTE = 60000;
const ready = (world: World) => () => world.radioState() === "ready";
const resets = (world: World) =>
  world.writes.filter(({ text }) => text.startsWith("AT+CFUN=1,1")).length;
const told = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "ladder" ? [input.failures] : []));

test("failures in a row are told from the second on, and that they are over", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "openSilent", times: 12 }]) });
  world.start();
  assert.ok(world.runUntil(20 * MINUTE, ready(world)) !== undefined);
  assert.equal(told(world), [2, 3]);
  assert.ok(world.deliver("one", MINUTE) !== undefined);
  assert.equal(told(world), [2, 3, 0]);
});

test("an outage without end is told twice: each word costs a record on flash", () => {
  const world = createWorld({ modem: { sim: false } });
  world.start();
  world.runUntil(120 * MINUTE, () => false);
  assert.equal(told(world), [2, 3]);
});

test("behind two failures of the run before, the next one restarts the modem by command", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "openSilent", times: 3 }]) });
  world.start(2);
  assert.ok(world.runUntil(20 * MINUTE, ready(world)) !== undefined);
  assert.is(resets(world), 1);
  assert.equal(world.pulses, [600]);
});

test("behind three failures of the run before, the next one switches the modem off and on", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "openSilent", times: 3 }]) });
  world.start(3);
  assert.ok(world.runUntil(20 * MINUTE, ready(world)) !== undefined);
  assert.is(resets(world), 0);
  assert.equal(world.pulses, [600, 700, 600]);
});

test("a path that works is left alone, whatever the run before had come to", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "alreadyOn" }]) });
  world.start(3);
  assert.ok(world.deliver("one", MINUTE) !== undefined);
  assert.equal([resets(world), world.pulses], [0, []]);
  assert.equal(told(world), [0]);
});

test("a modem that says nothing behind three pulses is held to go off: it hears no command", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "rdyNever", times: 3 }]) });
  world.start();
  assert.ok(world.runUntil(5 * MINUTE, ready(world)) !== undefined);
  assert.equal(world.pulses, [600, 600, 600, 700]);
  assert.is(resets(world), 0);
});

test("a modem that neither hears nor heeds its power key is reset by its pin, behind a power cycle that brought nothing [pager §2.7]", () => {
  for (const urgent of [false, true]) {
    const world = createWorld({ faults: scriptFaults([{ name: "locked", afterMs: MINUTE }]) });
    world.start();
    assert.ok(world.deliver("one", MINUTE) !== undefined);
    world.runUntil(2 * MINUTE, () => world.events.some(({ text }) => text === "locked"));
    world.urgent(urgent);
    assert.ok(world.deliver("help", 5 * MINUTE) !== undefined, "no pin has ended it");
    assert.equal(world.resets, [200]);
    assert.is(world.pulses.includes(700), true, "and its power key was held before");
    assert.equal(world.modem.violations, []);
  }
});

test("a board without that pin goes on as if there were no such rung", () => {
  const world = createWorld({
    resets: false,
    faults: scriptFaults([{ name: "locked", afterMs: 20000 }]),
  });
  world.start();
  assert.ok(world.deliver("one", MINUTE) !== undefined);
  world.runUntil(30 * MINUTE, () => false);
  assert.equal(world.resets, []);
  const held = world.pulses.filter((ms) => ms === 700).length;
  assert.ok(held > 8, `${held} times`);
});

test("of a modem that hears and finds no network every eighth failure is a reset by its pin", () => {
  const world = createWorld({ modem: { sim: false } });
  world.start();
  world.runUntil(60 * MINUTE, () => world.resets.length === 2);
  assert.equal(world.resets, [200, 200]);
  assert.is(world.pulses.filter((ms) => ms === 700).length, 2);
  assert.is(resets(world), 4);
});

test.run();
