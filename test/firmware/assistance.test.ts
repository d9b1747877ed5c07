// When the radio may look after assistance data: in calm, on the charger, each three days, and only if told where.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import { ASSISTANCE_H } from "../../firmware/core/limits.ts";
import { ASSISTANCE_KEY } from "../../protocol/settings.ts";
import { change, knownWorld, resultOf } from "./known-world.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const URL = "http://xtra.example/xtra2.bin";

test.before(() => {
  abilities.zones = true;
});
test.after(() => {
  abilities.zones = false;
});

const charge = (world: World, charging: boolean) =>
  world.input({ kind: "battery", batteryMv: 4000, charging });

test("assistance data is looked after on the charger only, once in three days", () => {
  const world = knownWorld();
  const id = change(world, 1, [ASSISTANCE_KEY, URL]);
  world.run(1000);
  assert.equal(resultOf(world, id), [0, 0]);
  world.run(HOUR_MS);
  assert.is(world.count("assist"), 0);
  charge(world, true);
  world.run(1000);
  assert.is(world.count("assist"), 1);
  world.run((ASSISTANCE_H - 1) * HOUR_MS);
  assert.is(world.count("assist"), 1);
  world.run(2 * HOUR_MS);
  assert.is(world.count("assist"), 2);
  charge(world, false);
  world.run(10 * ASSISTANCE_H * HOUR_MS);
  assert.is(world.count("assist"), 2);
});

test("nothing is looked after in an alarm, before the radio is ready, or where no address is set", () => {
  const world = knownWorld();
  charge(world, true);
  world.run(HOUR_MS);
  assert.is(world.count("assist"), 0);
  world.hold();
  change(world, 1, [ASSISTANCE_KEY, URL]);
  world.run(HOUR_MS);
  assert.is(world.count("assist"), 0);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.radio("searching");
  world.run(HOUR_MS);
  assert.is(world.count("assist"), 0);
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.is(world.count("assist"), 1);
});

test.run();
