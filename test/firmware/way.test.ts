// A change of the way to the platform: it stays if somebody answers there, else it goes back by itself.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { numberOf, textOf } from "../../firmware/core/settings.ts";
import { change, ids, knownWorld, resultOf } from "./known-world.ts";
import { PowerCut } from "./storage.ts";

const DONE = 0;
const FAILED = 3;
const BUSY = 4;
const MINUTE_MS = 60_000;

const NEW_ADDRESS = "198.51.100.7:5683";

test("a new address that answers stays, and is used after a reset", () => {
  const world = knownWorld();
  const id = change(world, 1, [64, NEW_ADDRESS]);
  assert.equal(world.network?.addresses, [NEW_ADDRESS, "192.0.2.1:5683"]);
  assert.is(resultOf(world, id), undefined);
  world.run(60_000);
  assert.equal(resultOf(world, id), [DONE, 0]);
  assert.equal(world.network?.addresses, [NEW_ADDRESS]);
  world.network = undefined;
  world.reboot();
  assert.equal((world.network as unknown as { addresses: string[] }).addresses, [NEW_ADDRESS]);
});

test("an address where nobody answers goes back by itself after ten minutes [design §4]", () => {
  const world = knownWorld();
  world.reaches = (address) => address !== NEW_ADDRESS;
  const id = change(world, 1, [64, NEW_ADDRESS]);
  world.run(9 * MINUTE_MS);
  assert.is(resultOf(world, id), undefined);
  assert.is(textOf(world.state, 64), NEW_ADDRESS);
  world.run(2 * MINUTE_MS);
  assert.equal(resultOf(world, id), [FAILED, 64]);
  assert.equal(world.network?.addresses, ["192.0.2.1:5683"]);
  assert.is(world.state.settings.version, 0);
});

test("an access point name under which no radio comes up goes back by itself", () => {
  const world = knownWorld();
  world.up = false;
  const id = change(world, 1, [66, "wrong"]);
  assert.is(world.network?.apn, "wrong");
  world.radio("searching");
  world.run(11 * MINUTE_MS);
  assert.is(world.network?.apn, "cmiot");
  world.up = true;
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.equal(resultOf(world, id), [FAILED, 66]);
});

test("an alarm during a trial goes both ways, and ends the trial after two minutes", () => {
  const world = knownWorld();
  world.reaches = (address) => address !== NEW_ADDRESS;
  const id = change(world, 1, [64, NEW_ADDRESS]);
  world.run(1000);
  world.hold();
  world.run(1000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.state.alarm.stage, "delivered");
  world.run(3 * MINUTE_MS);
  assert.equal(resultOf(world, id), [FAILED, 64]);
  assert.is(textOf(world.state, 64), "");
});

test("while an alarm is open no way is changed, but other settings are", () => {
  const world = knownWorld();
  world.hold();
  world.run(1000);
  const way = change(world, 1, [64, NEW_ADDRESS]);
  const other = change(world, 1, [2, 7200]);
  world.run(1000);
  assert.equal(resultOf(world, way), [BUSY, 0]);
  assert.equal(resultOf(world, other), [DONE, 0]);
});

test("a cut at any stroke of a trial never leaves a pager cut off", () => {
  for (const reachable of [true, false]) {
    let cut = true;
    for (let cutAt = 0; cut; cutAt++) {
      const world = knownWorld();
      world.reaches = (address) => reachable || address !== NEW_ADDRESS;
      world.storage.cutAt = world.storage.strokes + cutAt;
      const id = ids.next;
      cut = false;
      try {
        change(world, 1, [64, NEW_ADDRESS], [3, 60]);
        world.run(12 * MINUTE_MS);
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        cut = true;
      }
      world.storage.cutAt = -1;
      ids.next = id + 1;
      if (cut) {
        world.network = undefined;
        world.reboot();
        world.radio("ready");
        world.run(25 * MINUTE_MS);
      }
      const isNew = textOf(world.state, 64) === NEW_ADDRESS;
      assert.is(numberOf(world.state, 3), isNew ? 60 : 30, `cut ${cutAt}`);
      assert.ok(reachable || !isNew, `cut ${cutAt}`);
      world.press(200);
      world.run(5000);
      assert.is(world.platform.ofLetter("c").length, 1, `cut ${cutAt}: it is heard`);
      assert.equal(world.platform.complaints, []);
    }
  }
});

test.run();
