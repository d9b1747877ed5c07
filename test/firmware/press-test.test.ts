// The press test: what is a test, and everything that is help all the same.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { startPressTest } from "../../firmware/core/press-test.ts";
import { WORD_PRESS_TEST } from "../../protocol/messages.ts";
import { command, outcomes } from "./orders.ts";
import { readyWorld, type World } from "./world.ts";

const DONE = 0;
const FAILED = 3;
const BUSY = 4;

function ask(world: World, id = 7, forS = 60): void {
  command(world, (moment) => startPressTest(moment, id, forS));
}

function results(world: World) {
  return outcomes(world, WORD_PRESS_TEST);
}

test("the wearer is asked at once and each ten seconds", () => {
  const world = readyWorld();
  ask(world);
  world.run(31000);
  assert.equal(world.cues(), ["pressTest", "pressTest", "pressTest", "pressTest"]);
});

test("the next hold is the test: its cue, a result with its length, and no alarm", () => {
  const world = readyWorld();
  ask(world);
  world.run(2000);
  world.press(3500);
  world.run(20000);
  assert.equal(world.platform.alarms, []);
  assert.equal(world.cues(), ["pressTest", "pressTestGood"]);
  assert.equal(results(world), [{ id: 7, outcome: DONE, detail: 3500 }]);
});

test("a second hold is an alarm as ever", () => {
  const world = readyWorld();
  ask(world);
  world.press(3500);
  world.run(1000);
  world.hold();
  assert.is(world.platform.alarms.length, 1);
});

test("a hold of the test that goes on for more than ten seconds is help after all", () => {
  const world = readyWorld();
  ask(world);
  world.input({ kind: "key", down: true });
  world.run(9999);
  assert.is(world.state.alarm.stage, "none");
  world.run(1);
  assert.is(world.state.alarm.stage, "sending");
  world.run(30000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(results(world)[0].outcome, BUSY);
});

test("the same, where a busy board comes to see it only behind the release", () => {
  const world = readyWorld();
  ask(world);
  world.input({ kind: "key", down: true });
  world.run(1000);
  world.nowMs += 12000;
  world.lateEdge(false, 100);
  world.run(10000);
  assert.is(world.platform.alarms.length, 1);
});

test("a key that was down before the test was asked for is an alarm as ever", () => {
  const world = readyWorld();
  world.input({ kind: "key", down: true });
  world.run(1000);
  ask(world);
  world.run(5000);
  assert.is(world.platform.alarms.length, 1);
  world.run(30000);
  assert.equal(results(world), [{ id: 7, outcome: BUSY, detail: 0 }]);
});

test("a hold that begins within the span and ends behind it is the test", () => {
  const world = readyWorld();
  ask(world, 7, 30);
  world.run(29000);
  world.press(3500);
  world.run(5000);
  assert.equal(world.platform.alarms, []);
  assert.is(results(world)[0].outcome, DONE);
});

test("when the time is over the result is failed, and the next hold an alarm", () => {
  const world = readyWorld();
  ask(world, 7, 30);
  world.run(31000);
  assert.equal(results(world), [{ id: 7, outcome: FAILED, detail: 0 }]);
  world.hold();
  assert.is(world.platform.alarms.length, 1);
});

test("without a span of its own it lasts as the settings say", () => {
  const world = readyWorld();
  ask(world, 7, 0);
  world.run(119000);
  assert.equal(results(world), []);
  world.run(3000);
  assert.is(results(world)[0].outcome, FAILED);
});

test("with an alarm open it is refused as busy", () => {
  const world = readyWorld();
  world.hold();
  ask(world);
  world.run(2000);
  assert.equal(results(world), [{ id: 7, outcome: BUSY, detail: 0 }]);
  assert.not.ok(world.cues().includes("pressTest"));
});

test("a further one takes the place of one that still runs, and each has one result", () => {
  const world = readyWorld();
  ask(world, 7);
  world.run(1000);
  ask(world, 8);
  world.press(3200);
  world.run(5000);
  assert.equal(
    results(world).map(({ id, outcome }) => [id, outcome]),
    [
      [7, FAILED],
      [8, DONE],
    ],
  );
});

test("a stuck key ends it in time", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.input({ kind: "key", down: true });
  world.run(130000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(30000);
  ask(world, 7, 30);
  world.run(40000);
  assert.is(results(world)[0].outcome, FAILED);
});

test("power that goes at any stroke of a test: one result, and a hold behind it is an alarm", () => {
  for (let cutAt = 0; cutAt < 40; cutAt++) {
    const world = readyWorld();
    world.storage.cutAt = world.storage.strokes + cutAt;
    let asked = false;
    try {
      ask(world);
      asked = true;
      world.run(2000);
      world.press(3500);
      world.run(20000);
    } catch (error) {
      assert.is((error as Error).message, "power cut");
    }
    world.reboot();
    world.radio("ready");
    world.run(40000);
    const said = results(world);
    assert.is(new Set(said.map(({ outcome }) => outcome)).size, said.length > 0 ? 1 : 0);
    if (asked) assert.ok(said.length > 0, `cut at stroke ${cutAt}: no result`);
    world.hold();
    assert.is(world.platform.alarms.length, 1, `cut at stroke ${cutAt}`);
  }
});

test.run();
