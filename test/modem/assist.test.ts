// Assistance data: fetched by the modem beside all else, and given up at the first thing that fails.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type FaultName, scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const DAY = 24 * 60 * MINUTE;
const URL = "http://xtra.example/xtra2.bin";
const LIGHTLY = 1;

function readyWorld(names: FaultName[] = [], options: WorldOptions = {}): World {
  const faults = scriptFaults(names.map((name) => ({ name })));
  const world = createWorld({ faults, ...options });
  world.start();
  assert.ok(world.runUntil(MINUTE, () => world.radioState() === "ready") !== undefined);
  world.clock.advanceBy(5000);
  return world;
}

const taken = (world: World) =>
  world.events.filter(({ text }) => text === "assistance data taken").length;
const fetched = (world: World) =>
  world.events.filter(({ text }) => text === `fetches ${URL}`).length;
/** What was said to the modem of it, in order. */
const said = (world: World, from = 0) =>
  world.writes
    .slice(from)
    .map(({ text }) => text.trim())
    .filter((text) => /XTRA|HTTP|QLTS|^http/.test(text));
const states = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "radio" ? [input.state] : []));

test("assistance data is fetched into the modem's own file and taken, step by step, and ready never ends", () => {
  const world = readyWorld();
  const from = states(world).length;
  world.assist(URL);
  world.runUntil(MINUTE, () => taken(world) > 0);
  assert.equal(said(world), [
    "AT+QLTS=1",
    "AT+QGPSXTRADATA?",
    "AT+QGPSXTRA=1",
    'AT+QGPSXTRATIME=0,"2026/09/01,00:00:15",1,1,3500',
    `AT+QHTTPURL=${URL.length},1`,
    URL,
    "AT+QHTTPGET=60",
    'AT+QHTTPREADFILE="UFS:xtra2.bin",60',
    'AT+QGPSXTRADATA="UFS:xtra2.bin"',
  ]);
  assert.is(taken(world), 1);
  assert.ok(
    states(world)
      .slice(from)
      .every((state) => state === "ready"),
  );
  assert.equal(world.modem.violations, []);
});

test("what lasts for three days more is left alone, and what does not is fetched anew", () => {
  const world = readyWorld();
  for (const [days, fetches] of [
    [0, 1],
    [3, 1],
    [2, 2],
    [9, 3],
  ] as const) {
    world.runUntil(days * DAY, () => false);
    world.assist(URL);
    world.runUntil(5 * MINUTE, () => false);
    assert.equal([fetched(world), taken(world)], [fetches, fetches], `${days} days on`);
  }
});

for (const [name, last] of [
  ["connectNever", "AT+QHTTPURL"],
  ["fetchSilent", "AT+QHTTPGET"],
  ["fetchFails", "AT+QHTTPGET"],
  ["fetchMissing", "AT+QHTTPGET"],
  ["saveFails", "AT+QHTTPREADFILE"],
  ["assistRefused", "AT+QGPSXTRADATA="],
] as const) {
  test(`${name}: it ends there until it is asked again, and datagrams go on`, () => {
    const world = readyWorld([name]);
    world.assist(URL);
    world.runUntil(30 * MINUTE, () => false);
    assert.ok(world.events.some(({ kind, text }) => kind === "fault" && text === name));
    const before = said(world).length;
    assert.ok(said(world).at(-1)?.startsWith(last), said(world).at(-1));
    world.runUntil(2 * DAY, () => false);
    assert.equal([said(world).length, taken(world)], [before, 0]);
    assert.ok(world.deliver("one", MINUTE) !== undefined);
    assert.is(world.radioState(), "ready");
    assert.not.ok(world.inputs.some(({ kind }) => kind === "ladder"));
    world.assist(URL);
    world.runUntil(5 * MINUTE, () => false);
    assert.is(taken(world), 1);
    assert.equal(world.modem.violations, []);
  });
}

test("assistance is fetched in no alarm, and what was begun ends with one", () => {
  const world = readyWorld();
  world.urgent(true);
  world.assist(URL);
  world.runUntil(MINUTE, () => false);
  assert.equal(said(world), []);
  world.urgent(false);
  world.runUntil(MINUTE, () => false);
  assert.equal(said(world), []);
  world.assist(URL);
  world.runUntil(MINUTE, () => fetched(world) > 0);
  const from = world.writes.length;
  world.urgent(true);
  assert.ok(world.deliver("help", 5000) !== undefined);
  world.runUntil(MINUTE, () => false);
  assert.equal([said(world, from), taken(world)], [[], 0]);
});

test("help that is sent at any moment of a fetch leaves as soon as without one", () => {
  for (const names of [[], ["connectNever"], ["fetchSilent"]] as FaultName[][]) {
    let slowest = 0;
    for (let lateMs = 0; lateMs < 500; lateMs += 6) {
      const world = readyWorld(names.slice(0, lateMs < 200 ? 0 : 1));
      world.assist(URL);
      world.clock.advanceBy(lateMs);
      const pressMs = world.clock.nowMs();
      world.urgent(true);
      world.send("help");
      const left = () => world.events.find(({ kind, atMs }) => kind === "sent" && atMs >= pressMs);
      world.runUntil(5000, () => left() !== undefined);
      slowest = Math.max(slowest, (left()?.atMs ?? pressMs + 5000) - pressMs);
      assert.ok(world.runUntil(5000, () => world.answered.includes("answer help")) !== undefined);
      assert.equal(world.modem.violations, [], `${lateMs} ms`);
    }
    // One short command stands before it at most; without its CONNECT that one lasts a second.
    assert.ok(
      slowest <= (names[0] === "connectNever" ? 1100 : 100),
      `${slowest} ms beside ${names.join()}`,
    );
  }
});

test("while the modem fetches its port stays there, and the receiver's search goes first", () => {
  const world = readyWorld();
  world.rest(LIGHTLY);
  for (let i = 0; i < 30; i++) {
    world.clock.advanceBy(10000);
    world.rest(LIGHTLY);
  }
  world.assist(URL);
  for (let i = 0; i < 30; i++) {
    world.clock.advanceBy(10000);
    world.rest(LIGHTLY);
  }
  assert.is(taken(world), 1);
  assert.is(world.events.filter(({ text }) => text === "port released").length, 2);
  assert.equal(world.modem.violations, []);
  const other = readyWorld();
  other.locate(true);
  other.runUntil(MINUTE, () => other.modem.gnssOn);
  other.assist(URL);
  other.runUntil(MINUTE, () => false);
  assert.equal(said(other), []);
  other.locate(false);
  other.runUntil(MINUTE, () => taken(other) === 1);
  assert.is(taken(other), 1);
  assert.equal(other.modem.violations, []);
});

test("lines of a fetch that nobody waits for are nobody's", () => {
  const world = readyWorld([], {
    onSerial: (text) => text.replace("\r\n+QGPSXTRADATA: ", "\r\n+QHTTPGET: 0,200,9\r\n$&"),
  });
  world.assist("");
  world.runUntil(MINUTE, () => false);
  assert.equal(said(world), []);
});

test.run();
