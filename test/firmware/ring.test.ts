// A pager that rings so that it is found, and notices to its wearer.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { giveNotice, startRing } from "../../firmware/core/ring.ts";
import { command } from "./orders.ts";
import { readyWorld, type World } from "./world.ts";

function ring(world: World, forS: number): boolean {
  let done = false;
  command(world, (moment) => {
    done = startRing(moment, forS);
  });
  return done;
}

function notice(world: World, code: number): boolean {
  let done = false;
  command(world, (moment) => {
    done = giveNotice(moment, code);
  });
  return done;
}

test("it rings every three seconds for its span, and then no more", () => {
  const world = readyWorld();
  assert.is(ring(world, 10), true);
  world.run(60000);
  assert.equal(world.cues(), ["ring", "ring", "ring", "ring"]);
});

test("without a span of its own it rings as long as the settings say", () => {
  const world = readyWorld();
  ring(world, 0);
  world.run(120000);
  assert.is(world.cues().length, 10);
});

test("any press ends it, and that click is no check-in; the next one is", () => {
  const world = readyWorld();
  ring(world, 60);
  world.run(4000);
  world.press(150);
  world.run(10000);
  assert.equal(world.cues(), ["ring", "ring"]);
  assert.is(world.platform.ofLetter("c").length, 0);
  world.press(150);
  world.run(2000);
  assert.is(world.platform.ofLetter("c").length, 1);
});

test("a hold that ends it is an alarm", () => {
  const world = readyWorld();
  ring(world, 60);
  world.hold();
  world.run(10000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.cues().filter((name) => name === "ring").length, 1);
});

test("while an alarm is open neither ring nor notice is heard", () => {
  const world = readyWorld();
  world.hold();
  assert.is(ring(world, 10), false);
  assert.is(notice(world, 2), false);
  world.run(10000);
  assert.equal(world.cues(), ["raised", "delivered"]);
});

test("a notice has one cue whatever it says, but for the one that asks to charge", () => {
  const world = readyWorld();
  for (let code = 0; code <= 4; code++) notice(world, code);
  assert.equal(world.cues(), ["notice", "batteryLow", "notice", "notice", "notice"]);
});

test("cues that can wait stay away while it rings", () => {
  const world = readyWorld();
  ring(world, 10);
  world.input({ kind: "battery", batteryMv: 3440, charging: false });
  world.run(30000);
  assert.equal(world.cues(), ["ring", "ring", "ring", "ring", "batteryLast"]);
});

test.run();
