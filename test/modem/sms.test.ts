// Short messages through the driver: leaving, ending, coming in; and datagrams that go on beside them.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type FaultName, scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const SOMEBODY = "+8613800000001";

function canText(world: World): boolean {
  const last = world.inputs.findLast((input) => input.kind === "radio");
  return last?.kind === "radio" && last.texts;
}

function readyWorld(options: WorldOptions = {}): World {
  const world = createWorld(options);
  world.start();
  const ready = () => canText(world) && world.radioState() === "ready";
  assert.ok(world.runUntil(10 * MINUTE, ready) !== undefined, "texts can leave");
  return world;
}

function ended(world: World): [number, boolean][] {
  return world.inputs.flatMap((input) =>
    input.kind === "texted" ? [[input.id, input.good] as [number, boolean]] : [],
  );
}

function came(world: World): string[] {
  return world.inputs.flatMap((input) =>
    input.kind === "sms" ? [`${input.from} ${input.text}`] : [],
  );
}

test("texts can leave behind a start at any moment of a clock that wraps", () => {
  for (const offsetMs of [0, 2147483647, -2147483648, -2000000000, -1000]) {
    readyWorld({ offsetMs });
  }
});

test("a text leaves in text form, and its end is told", () => {
  const world = readyWorld();
  world.text(5, SOMEBODY, "OK1:abc+/xyz");
  world.runUntil(MINUTE, () => ended(world).length > 0);
  assert.equal(
    world.carried.map(({ to, text }) => `${to} ${text}`),
    [`${SOMEBODY} OK1:abc+/xyz`],
  );
  assert.equal(ended(world), [[5, true]]);
  assert.equal(world.modem.violations, []);
});

test("texts can leave as soon as the network is there, before any way for datagrams", () => {
  const world = createWorld({ answers: false, modem: { timing: { activateMs: 100000 } } });
  world.start();
  world.runUntil(MINUTE, () => canText(world));
  assert.is.not(world.radioState(), "ready");
  world.text(1, SOMEBODY, "help");
  world.runUntil(5 * MINUTE, () => ended(world).length > 0);
  assert.equal(ended(world), [[1, true]]);
});

test("a text that can't leave yet waits and leaves first of all; one too many is told so at once", () => {
  const world = createWorld();
  world.start();
  for (let id = 1; id <= 5; id++) world.text(id, SOMEBODY, `early ${id}`);
  assert.equal(ended(world), [[5, false]]);
  world.runUntil(2 * MINUTE, () => ended(world).length === 5);
  assert.equal(
    world.carried.map(({ text }) => text),
    ["early 1", "early 2", "early 3", "early 4"],
  );
});

test("a text that was begun when the modem went has failed; those behind it leave later", () => {
  const world = readyWorld();
  world.text(1, SOMEBODY, "begun");
  world.text(2, SOMEBODY, "behind");
  world.runUntil(MINUTE, () => world.writes.some(({ text }) => text.startsWith("begun")));
  world.modem.powerKey(700);
  world.clock.after(5000, () => world.modem.powerKey(600));
  world.runUntil(5 * MINUTE, () => ended(world).length === 2);
  assert.equal(ended(world), [
    [1, false],
    [2, true],
  ]);
});

test("datagrams go first behind each text [pager §2.6]", () => {
  const world = readyWorld();
  world.text(1, SOMEBODY, "one");
  world.runUntil(MINUTE, () => world.writes.some(({ text }) => text.startsWith("AT+CMGS")));
  world.text(2, SOMEBODY, "two");
  world.send("first");
  world.runUntil(MINUTE, () => ended(world).length === 2);
  const acts = world.writes.flatMap(({ text }) =>
    text.startsWith("AT+CMGS") ? ["text"] : text.startsWith("AT+QISENDEX") ? ["datagram"] : [],
  );
  assert.equal(acts, ["text", "datagram", "text"]);
});

test("a text that stays silent for 60 s is a step on the ladder, and datagrams go again [pager §2.6]", () => {
  const world = readyWorld({ onSerial: (text) => (text.includes("+CMGS:") ? "" : text) });
  const startMs = world.clock.nowMs();
  world.text(1, SOMEBODY, "help");
  world.runUntil(5 * MINUTE, () => ended(world).length > 0);
  assert.equal(ended(world), [[1, false]]);
  assert.ok(world.clock.nowMs() - startMs < 70000);
  const slow = readyWorld({ faults: scriptFaults([{ name: "smsSlow", times: 20 }]) });
  slow.text(1, SOMEBODY, "help");
  assert.ok(slow.deliver("beside", 5 * MINUTE) !== undefined);
  assert.equal(slow.modem.violations, []);
});

test("a prompt that never comes is left with Escape, so that nothing is sent by mistake", () => {
  const world = readyWorld({ onSerial: (text) => text.replaceAll(">", "") });
  world.text(1, SOMEBODY, "help");
  assert.ok(world.deliver("beside", 3 * MINUTE) !== undefined);
  assert.equal(ended(world), [[1, false]]);
  assert.equal(world.carried, []);
});

test("a message that comes is passed on and deleted; a full store empties itself", () => {
  const world = readyWorld();
  for (let i = 0; i < 10; i++) assert.ok(world.modem.deliverMessage(SOMEBODY, `text ${i}`));
  world.runUntil(2 * MINUTE, () => came(world).length === 10);
  world.runUntil(1000, () => false);
  assert.equal(new Set(came(world)).size, 10);
  for (let i = 0; i < 10; i++) {
    assert.ok(world.modem.deliverMessage(SOMEBODY, `again ${i}`), "there is room again");
  }
  world.runUntil(2 * MINUTE, () => came(world).length === 20);
  assert.is(came(world).length, 20);
  assert.equal(world.modem.violations, []);
});

test("what lay there before the start, and what no line announced, is found by looking", () => {
  const options: WorldOptions = {
    onSerial: (text) => (text.includes("+CMTI") ? "" : text),
    modem: { power: "on" },
  };
  const world = createWorld(options);
  world.modem.deliverMessage(SOMEBODY, "before the start");
  world.start();
  world.runUntil(2 * MINUTE, () => came(world).length > 0);
  world.modem.deliverMessage(SOMEBODY, "unannounced");
  world.runUntil(40 * MINUTE, () => came(world).length > 1);
  assert.equal(came(world), [`${SOMEBODY} before the start`, `${SOMEBODY} unannounced`]);
});

test("lines inside a stranger's text are text: no restart, no end, no further message", () => {
  const world = readyWorld();
  const pulses = world.pulses.length;
  for (const text of ["OK\r\nRDY", "x\r\nOK\r\nPOWERED DOWN\r\nOK", '+CMGR: "', ">", "AT"]) {
    world.modem.deliverMessage(SOMEBODY, text);
    world.runUntil(20000, () => false);
    assert.is(world.radioState(), "ready", text);
  }
  assert.is(world.pulses.length, pulses);
  assert.equal(
    came(world).map((one) => one.split(" ").slice(1).join(" ")),
    ["OK", "x", '+CMGR: "', ">", "AT"],
  );
  assert.ok(world.deliver("and datagrams go on", MINUTE) !== undefined);
});

test("after a restart of the modem its form is set anew and texts leave again", () => {
  const world = readyWorld({ faults: scriptFaults([{ name: "brownOut" }]) });
  world.send("breaks the supply");
  world.runUntil(MINUTE, () => !canText(world));
  world.runUntil(5 * MINUTE, () => canText(world));
  world.text(3, SOMEBODY, "help");
  world.runUntil(MINUTE, () => ended(world).length > 0);
  assert.equal(ended(world), [[3, true]]);
  world.modem.deliverMessage(SOMEBODY, "read as text");
  world.runUntil(MINUTE, () => came(world).length > 0);
  assert.equal(came(world), [`${SOMEBODY} read as text`]);
});

for (const name of ["smsSlow", "smsLost", "smsDoubled", "smsStoreFull"] as FaultName[]) {
  test(`row 7, ${name}: each text has an end, what was not lost comes, and datagrams go on`, () => {
    const faults = scriptFaults([{ name, times: 3 }]);
    const world = readyWorld({ faults });
    for (let id = 1; id <= 6; id++) {
      world.text(id, SOMEBODY, `text ${id}`);
      world.modem.deliverMessage(SOMEBODY, `back ${id}`);
      assert.ok(world.deliver(`beside ${id}`, 5 * MINUTE) !== undefined);
      world.runUntil(5 * MINUTE, () => ended(world).length === id && canText(world));
    }
    world.runUntil(MINUTE, () => false);
    assert.is(faults.counts[name], 3);
    assert.is(ended(world).length, 6);
    assert.ok(world.carried.some(({ text }) => text === "text 6"));
    assert.ok(came(world).includes(`${SOMEBODY} back 6`));
    assert.equal(world.modem.violations, []);
  });
}

test.run();
