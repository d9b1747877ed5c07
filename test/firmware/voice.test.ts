// Calls by voice: who is dialled and when, who is answered, and what a call never means.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import { newSettings } from "../../firmware/core/settings.ts";
import { CONTACT_KEY_MIN, DESK_NUMBER_KEY } from "../../protocol/settings.ts";
import { readyWorld, type World } from "./world.ts";

const DESK = "+8610086000001";
const PEOPLE = ["+8613800000001", "+8613800000002"];

test.before.each(() => {
  abilities.voice = true;
});
test.after.each(() => {
  abilities.voice = false;
});

function silentWorld(): World {
  const world = readyWorld();
  world.set(DESK_NUMBER_KEY, DESK);
  for (let i = 0; i < PEOPLE.length; i++) world.set(CONTACT_KEY_MIN + i, PEOPLE[i]);
  world.up = false;
  return world;
}

function dialled(world: World): { atMs: number; number: string }[] {
  return world.trace.flatMap(({ atMs, effect }) =>
    effect.kind === "dial" ? [{ atMs, number: effect.number }] : [],
  );
}

const numbers = (world: World) => dialled(world).map((one) => one.number);

test("undelivered for 90 s the desk is dialled, then the contacts in order, 60 s each, and again", () => {
  const world = silentWorld();
  const raisedMs = world.nowMs + 3000;
  world.hold();
  world.run(600000);
  assert.equal(numbers(world).slice(0, 4), [DESK, ...PEOPLE, DESK]);
  assert.equal(
    dialled(world)
      .slice(0, 4)
      .map((one) => one.atMs - raisedMs),
    [90000, 150000, 210000, 390000],
  );
});

test("a call that somebody picked up is not taken, and nothing is dialled until the far end ends it [R-20]", () => {
  const world = silentWorld();
  world.hold();
  world.run(91000);
  world.input({ kind: "call", state: "answered" });
  const sends = world.count("send");
  world.run(600000);
  assert.is(world.state.alarm.stage, "sending");
  assert.not.ok(world.cues().includes("taken") || world.cues().includes("delivered"));
  assert.equal(numbers(world), [DESK]);
  assert.ok(world.count("send") > sends + 50, "data goes on");
  world.input({ kind: "call", state: "ended" });
  assert.equal(numbers(world), [DESK, PEOPLE[0]], "still undelivered: the next one");
});

test("a call that can't be made is followed by the next number at once", () => {
  const world = silentWorld();
  world.hold();
  world.run(91000);
  world.input({ kind: "call", state: "failed" });
  assert.equal(numbers(world), [DESK, PEOPLE[0]]);
});

test("a radio that can call nobody is not asked again in this alarm", () => {
  const world = silentWorld();
  world.hold();
  world.run(91000);
  world.input({ kind: "call", state: "unable" });
  world.run(600000);
  assert.equal(numbers(world), [DESK]);
});

test("after delivery nobody is dialled", () => {
  const world = silentWorld();
  world.hold();
  world.run(91000);
  world.up = true;
  world.run(600000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(numbers(world), [DESK]);
});

test("while an alarm is open a listed number is answered by itself; no other, and none else [R-30]", () => {
  const world = silentWorld();
  const answers = (number: string) => {
    const before = world.count("answer");
    world.input({ kind: "incoming", number });
    return world.count("answer") - before;
  };
  assert.is(answers(DESK), 0, "no alarm is open");
  world.hold();
  for (const number of [DESK, ...PEOPLE]) assert.is(answers(number), 1);
  for (const number of ["", "+8613999999999", PEOPLE[0].slice(1)]) assert.is(answers(number), 0);
});

test("while somebody who called is talking nobody is dialled", () => {
  const world = silentWorld();
  world.hold();
  world.input({ kind: "incoming", number: PEOPLE[0] });
  world.input({ kind: "call", state: "answered" });
  world.run(300000);
  assert.equal(numbers(world), []);
  world.input({ kind: "call", state: "ended" });
  assert.equal(numbers(world), [DESK]);
});

test("a start goes on with the next number and not with the first again", () => {
  const world = silentWorld();
  world.hold();
  world.run(91000);
  world.reboot();
  world.radio("ready");
  world.run(95000);
  assert.equal(numbers(world), [DESK, PEOPLE[0]]);
});

test("without numbers, and on a board without voice, nobody is dialled or answered", () => {
  const world = silentWorld();
  world.state.settings = newSettings();
  world.hold();
  world.run(600000);
  assert.equal(numbers(world), []);
  abilities.voice = false;
  const mute = silentWorld();
  mute.hold();
  mute.run(600000);
  mute.input({ kind: "incoming", number: DESK });
  mute.input({ kind: "call", state: "answered" });
  assert.is(mute.count("dial") + mute.count("answer"), 0);
  assert.is(mute.state.alarm.call, undefined);
});

test.run();
