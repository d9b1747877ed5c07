// The cell by which the modem is registered: what the core is told of it, when, and what is asked for it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type ScriptedFault, scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
/** LTE-M, 460-00, and GSM in area 5650: radio and network in 3 octets, the cell in 4. */
const FIRST = "4704e0029a7df4";
const SECOND = "4704e0001a2b3c";

const cells = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "cell" ? [input.cell.toLowerCase()] : []));
const asked = (world: World) =>
  world.writes.filter(({ text }) => text.startsWith("AT+QNWINFO")).length;

function cellWorld(options: WorldOptions = {}, script: ScriptedFault[] = []): World {
  const world = createWorld({ faults: scriptFaults(script), ...options });
  world.start();
  assert.ok(world.runUntil(5 * MINUTE, () => cells(world).length > 0) !== undefined, "no cell");
  return world;
}

test("the cell is told once it is registered, for one question of its network", () => {
  const world = cellWorld();
  world.runUntil(40 * MINUTE, () => false);
  assert.equal(cells(world), [FIRST]);
  assert.is(asked(world), 1);
});

test("another cell is told as soon as the modem tells it, and none while its network is asked", () => {
  const world = cellWorld();
  world.runUntil(MINUTE, () => false);
  world.modem.setCell(0x1a2b3c);
  world.runUntil(1000, () => false);
  assert.equal(cells(world), [FIRST, "", SECOND]);
  assert.is(asked(world), 2);
});

test("on GSM the area goes along, and a cell of few digits is filled up", () => {
  const world = cellWorld({ modem: { air: "gsm" } });
  world.modem.setCell(0x12);
  world.runUntil(1000, () => false);
  assert.equal(cells(world), ["0704e056507df4", "", "0704e056500012"]);
});

test("a network's code of three digits is told from one of two", () => {
  const world = cellWorld({ onSerial: (text) => text.replace('"46000"', '"310004"') });
  assert.equal(cells(world), ["54baf4029a7df4"]);
});

test("a registration that was lost takes the cell with it; the same cell needs no question", () => {
  const world = cellWorld({}, [{ name: "registrationLost", afterMs: MINUTE }]);
  world.runUntil(5 * MINUTE, () => cells(world).length === 2);
  assert.is(world.radioState(), "searching");
  world.runUntil(5 * MINUTE, () => world.radioState() === "ready");
  assert.equal(cells(world), [FIRST, "", FIRST]);
  assert.is(asked(world), 1);
});

test("an answer that another cell has overtaken tells nothing", () => {
  let answers = 0;
  const world = createWorld({
    // The first answer is of a network that was left, the second one of another.
    onSerial: (text) => {
      if (text.includes("+QNWINFO:")) answers += 1;
      return text
        .replace(/\r\n\+QNWINFO/, '\r\n+CEREG: 1,"5650","1A2B3C",8\r\n$&')
        .replace("46000", answers === 1 ? "46000" : "46001");
    },
  });
  world.start();
  world.runUntil(5 * MINUTE, () => asked(world) === 1);
  world.runUntil(100, () => false);
  assert.is(asked(world), 2);
  assert.equal(cells(world), ["4704e1001a2b3c"], "never with the network of the first answer");
});

test("what says no cell, or none that can be, tells none", () => {
  for (const line of [
    "",
    ',"5650"',
    ',"5650","29A7DF4"',
    ',"5650","29A7DFG",8',
    ',"5650","7DF4",2',
  ]) {
    const world = createWorld({
      onSerial: (text) => text.replace(',"5650","29A7DF4",8', line),
    });
    world.start();
    world.runUntil(5 * MINUTE, () => world.radioState() === "ready");
    world.runUntil(MINUTE, () => false);
    assert.equal([cells(world), asked(world)], [[], 0], line);
  }
});

test("a network without a code is asked for with each round of chores, and tells none", () => {
  for (const name of [
    '"CAT-M1","4600","LTE BAND 3",1300',
    '"CAT-M1","46-00","LTE BAND 3",1300',
    "No Service",
  ]) {
    const world = createWorld({
      onSerial: (text) => text.replace('"CAT-M1","46000","LTE BAND 3",1300', name),
    });
    world.start();
    world.runUntil(65 * MINUTE, () => false);
    assert.equal([cells(world), asked(world)], [[], 3], name);
  }
});

test("nothing is asked of the modem between an alarm and its datagram [N-12]", () => {
  const world = cellWorld();
  world.runUntil(MINUTE, () => false);
  world.modem.setCell(0x1a2b3c);
  // Heard, and the pause behind each line is not over.
  world.runUntil(12, () => false);
  assert.is(cells(world).length, 2);
  const before = world.writes.length;
  world.urgent(true);
  world.send("help");
  world.runUntil(5000, () => asked(world) === 2);
  const texts = world.writes.slice(before).map(({ text }) => text.slice(0, 10));
  assert.is(texts.indexOf("AT+QISENDE"), 0);
  assert.ok(texts.indexOf("AT+QNWINFO") > 0);
});

test("a cell that changed while it rested is found when it says something", () => {
  const world = cellWorld();
  const ports = () => world.events.filter(({ text }) => text.startsWith("port ")).length;
  for (let i = 0; i < 12; i++) {
    world.rest(1);
    world.clock.advanceBy(10000);
  }
  assert.is(ports(), 1, "the port is released");
  world.modem.setCell(0x1a2b3c);
  world.clock.advanceBy(2000);
  assert.equal(cells(world).slice(-1), [SECOND]);
});

test.run();
