// Words of the desk about an alarm: taken, closed, released, reopened, in any order and at any moment.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { WORD_RELEASED, WORD_REOPENED } from "../../protocol/messages.ts";
import { PowerCut } from "./storage.ts";
import { readyWorld, type World } from "./world.ts";

/** An alarm that is delivered, on a pager that has heard the platform's number. */
function openAlarm(): World {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  world.run(1000);
  return world;
}

test("released goes back to delivered with a cue of its own and a result [wire §2.5]", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  world.bring(world.platform.take(alarm));
  world.run(1000);
  world.bring(world.platform.giveBack(WORD_RELEASED, alarm));
  world.run(1000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.cues().slice(-2), ["taken", "waitingAgain"]);
  assert.equal(world.platform.pending, []);
  world.reboot();
  assert.is(world.state.alarm.stage, "delivered", "also after a reset");
});

test("reopened brings the last alarm back into hand: reports and polls go on", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  world.bring(world.platform.close(alarm));
  world.run(100000);
  const before = world.platform.stored.length;
  world.bring(world.platform.giveBack(WORD_REOPENED, alarm));
  world.run(100);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.cues().slice(-2), ["closed", "waitingAgain"]);
  world.input({ kind: "fix", latitude: 1, longitude: 1, uncertaintyM: 20, timeS: 0 });
  world.run(60000);
  const after = world.platform.stored.slice(before).map((message) => message.letter);
  assert.ok(after.includes("r") && after.filter((letter) => letter === "w").length >= 2);
  world.bring(world.platform.close(alarm));
  world.run(1000);
  assert.is(world.cues().pop(), "closed", "it can be closed again");
});

test("reopened is obeyed after a reset too, and changes nothing once a newer alarm is in hand", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  world.bring(world.platform.close(alarm));
  world.run(1000);
  world.reboot();
  world.radio("ready");
  world.press(100);
  world.run(2000);
  world.bring(world.platform.giveBack(WORD_REOPENED, alarm));
  assert.is(world.state.alarm.stage, "delivered");
  world.bring(world.platform.close(alarm));
  world.run(1000);
  world.hold();
  world.run(1000);
  const cues = world.cues().length;
  world.bring(world.platform.giveBack(WORD_REOPENED, alarm));
  world.run(30000);
  assert.is(world.state.alarm.number, world.platform.alarms[1].number);
  assert.equal(world.cues().slice(cues), []);
  assert.equal(world.platform.pending, [], "its result is in all the same");
});

test("released before taken came tells nobody, and reopened before closed came is one step back", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  const cues = world.cues().length;
  world.bring(world.platform.giveBack(WORD_RELEASED, alarm));
  assert.equal(world.cues().slice(cues), []);
  world.bring(world.platform.take(alarm));
  world.bring(world.platform.giveBack(WORD_REOPENED, alarm));
  assert.equal(world.cues().slice(cues), ["taken", "waitingAgain"]);
});

test("released proves delivered where nothing else has", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.run(40000);
  world.down = false;
  world.hold();
  world.run(100);
  world.bring(world.platform.giveBack(WORD_RELEASED, world.platform.alarms[0]));
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.cues().pop(), "delivered");
});

test("a result that waits gives its place to that of the next word about the same alarm", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  world.platform.listening = false;
  world.bring(world.platform.take(alarm));
  world.run(20000);
  world.bring(world.platform.giveBack(WORD_RELEASED, alarm));
  world.run(100);
  const waiting = () => world.state.outbox.filter((item) => item.letter === "o");
  assert.equal(
    waiting().map((item) => item.what),
    [WORD_RELEASED],
  );
  world.reboot();
  assert.equal(
    waiting().map((item) => item.what),
    [WORD_RELEASED],
    "also after a reset",
  );
  assert.is(world.state.alarm.stage, "delivered");
});

test("an old taken that comes behind a newer released does not win: the platform's number decides", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  const first = world.platform.take(alarm);
  const late = world.platform.take(alarm);
  world.bring(first);
  const released = world.platform.giveBack(WORD_RELEASED, alarm);
  world.bring(released);
  world.bring(late);
  assert.is(world.state.alarm.stage, "delivered", "at no moment");
  world.run(1000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.cues().pop(), "waitingAgain");
  world.bring(world.platform.take(alarm));
  assert.is(world.state.alarm.stage, "taken", "a newer one does");
});

test("nothing but released and reopened steps back", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  world.bring(world.platform.close(alarm));
  world.bring(world.platform.take(alarm));
  world.bring(world.platform.giveBack(WORD_RELEASED, alarm));
  assert.is(world.state.alarm.stage, "closed");
});

test("behind a page turn an alarm stands where its last word led, and that result still waits", () => {
  const world = openAlarm();
  const [alarm] = world.platform.alarms;
  world.up = false;
  world.bring(world.platform.take(alarm));
  world.bring(world.platform.giveBack(WORD_RELEASED, alarm));
  world.input({ kind: "clock", timeS: 210000000, source: "satellite" });
  const turned = turnPages(world);
  assert.is(turned.state.alarm.stage, "delivered");
  const results = turned.state.outbox.filter((item) => item.letter === "o");
  assert.equal(
    results.map((item) => item.what),
    [WORD_RELEASED],
  );
});

/** The same pager after so many records that its journal has moved to the other page. */
function turnPages(world: World): World {
  const erases = world.count("erase");
  for (let i = 0; world.count("erase") === erases && i < 2000; i++) {
    world.run(3600000);
    world.input({ kind: "fix", latitude: i * 100000, longitude: 1, uncertaintyM: 20, timeS: 0 });
  }
  assert.ok(world.count("erase") > erases, "the page was turned");
  world.reboot();
  return world;
}

test("a cut at any stroke of taken, released, closed, reopened leaves a stage that was said", () => {
  const strokes = (cutAt: number) => {
    const world = openAlarm();
    const [alarm] = world.platform.alarms;
    const from = world.storage.strokes;
    world.storage.cutAt = cutAt < 0 ? -1 : from + cutAt;
    const stages = ["delivered"];
    try {
      world.bring(world.platform.take(alarm));
      stages.push("taken");
      world.bring(world.platform.giveBack(WORD_RELEASED, alarm));
      stages.push("delivered");
      world.bring(world.platform.close(alarm));
      stages.push("closed");
      world.bring(world.platform.giveBack(WORD_REOPENED, alarm));
      stages.push("delivered");
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      world.reboot();
      const next = ["taken", "delivered", "closed", "delivered"][stages.length - 1];
      assert.ok([stages[stages.length - 1], next].includes(world.state.alarm.stage), `${cutAt}`);
      const told = world.state.outbox.filter((item) => item.letter === "o").length;
      assert.ok(world.state.alarm.stage === stages[stages.length - 1] || told > 0, "its result");
    }
    return world.storage.strokes - from;
  };
  const all = strokes(-1);
  assert.ok(all > 20, `${all} strokes`);
  for (let cutAt = 0; cutAt < all; cutAt++) strokes(cutAt);
});

test.run();
