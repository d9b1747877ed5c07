// That the radio is told of an open alarm, from the hold to the close and behind a restart [pager §2.6].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { WEAK_MV } from "../../firmware/core/limits.ts";
import { World } from "./world.ts";

const told = (world: World) =>
  world.trace.flatMap(({ effect }) => (effect.kind === "urgent" ? [effect.on] : []));
const orderOf = (world: World, kind: string) =>
  world.trace.findIndex(({ effect }) => effect.kind === kind);

test("a hold tells the radio that it is urgent, in the step that sends the alarm and behind it", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.run(1000);
  assert.equal(told(world), []);
  world.trace = [];
  world.press(3000);
  assert.equal(told(world), [true]);
  const send = world.trace.find(({ effect }) => effect.kind === "send");
  const urgent = world.trace.find(({ effect }) => effect.kind === "urgent");
  assert.is(urgent?.atMs, send?.atMs);
  assert.ok(orderOf(world, "send") < orderOf(world, "urgent"));
});

test("a start tells it again, behind the start of the radio, while the alarm is open", () => {
  const world = new World();
  world.boot();
  world.hold();
  // From the third start on a weak battery on, the radio waits for two seconds.
  world.batteryMv = WEAK_MV - 1;
  for (let start = 0; start < 4; start++) {
    world.trace = [];
    world.reboot();
  }
  assert.equal(told(world), []);
  world.run(3000);
  assert.equal(told(world), [true]);
  assert.ok(orderOf(world, "startRadio") < orderOf(world, "urgent"));
});

test("a check-in is not urgent, and neither is an alarm that was closed", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.press(200);
  world.run(5000);
  assert.equal(told(world), []);
  world.hold();
  world.run(5000);
  const [alarm] = world.platform.alarms;
  world.bring(world.platform.close(alarm));
  world.run(1000);
  assert.equal(told(world), [true, false]);
});

test.run();
