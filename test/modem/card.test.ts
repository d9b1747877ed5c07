// The SIM card: absent, locked, without contact, another one. Help is looked for all the while.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World } from "./world.ts";

const MINUTE = 60000;
const ready = (world: World) => () => world.radioState() === "ready";
const cards = (world: World) => world.inputs.filter((input) => input.kind === "card");

for (const [sim, fault, words] of [
  [false, 10, "absent"],
  ["pin", 11, "locked by its PIN"],
] as const) {
  test(`a card that is ${words} is told with its reason, and no PIN is ever tried`, () => {
    const world = createWorld({ modem: { sim } });
    world.start();
    world.runUntil(10 * MINUTE, () => false);
    assert.is(
      world.inputs.filter((input) => input.kind === "radio").at(-1)?.state === "ready",
      false,
    );
    assert.ok(cards(world).length > 0);
    for (const card of cards(world)) assert.equal([card.fault, card.iccid], [fault, ""]);
    assert.not.ok(world.writes.some(({ text }) => text.startsWith("AT+CPIN=")));
  });
}

test("a card without contact ends ready at once, and the ladder leads to the restart that finds it", () => {
  const faults = scriptFaults([{ name: "cardLost", afterMs: MINUTE }]);
  const world = createWorld({ faults });
  world.start();
  assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
  world.runUntil(2 * MINUTE, () => faults.counts.cardLost > 0);
  assert.ok(world.runUntil(20, () => world.radioState() !== "ready") !== undefined);
  assert.ok(world.deliver("after it", 2 * MINUTE) !== undefined);
  assert.ok(world.writes.some(({ text }) => text.startsWith("AT+CFUN=1,1")));
  assert.equal(world.modem.violations, []);
});

test("another card is told by its number once it is found", () => {
  const world = createWorld();
  world.start();
  assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
  world.modem.swapCard("89860099999999999999");
  assert.ok(world.runUntil(1000, () => world.radioState() !== "ready") !== undefined);
  assert.ok(world.runUntil(3 * MINUTE, ready(world)) !== undefined);
  assert.equal(
    [...new Set(cards(world).map((card) => card.iccid))],
    ["89860012345678901234", "", "89860099999999999999"],
  );
});

for (const alarm of [false, true]) {
  test(`a card that is put in where none was is found within two minutes, ${alarm ? "with" : "without"} an alarm`, () => {
    const world = createWorld({ modem: { sim: false } });
    world.start();
    world.urgent(alarm);
    world.runUntil(30 * MINUTE, () => false);
    assert.is(world.radioState() === "ready", false);
    world.modem.swapCard("89860099999999999999");
    assert.ok(world.deliver("help", 2 * MINUTE) !== undefined);
    const last = cards(world).at(-1);
    assert.equal([last?.iccid, last?.fault], ["89860099999999999999", 0]);
    assert.equal(world.modem.violations, []);
  });
}

test.run();
