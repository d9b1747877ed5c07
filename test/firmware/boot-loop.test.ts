// A weak battery that breaks in at the modem's first burst, again and again [pager §2.3].
// The modem waits longer each time; an alarm never waits longer than two seconds.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { WEAK_MV } from "../../firmware/core/limits.ts";
import { CONTACT_KEY_MIN, PLATFORM_NUMBER_KEY } from "../../protocol/settings.ts";
import { World } from "./world.ts";

const LONGEST_MS = 70000;
const PLATFORM = "+8610086000000";
const PEOPLE = ["+8613800000001", "+8613800000002"];

function weakWorld(): World {
  const world = new World();
  world.batteryMv = WEAK_MV - 1;
  return world;
}

/** Milliseconds from the start to the modem's first burst, where power goes. */
function runToBurst(world: World): number {
  const before = world.count("startRadio");
  world.reboot();
  const startMs = world.nowMs;
  while (world.count("startRadio") === before && world.nowMs - startMs < LONGEST_MS) world.run(100);
  return world.nowMs - startMs;
}

function burstsOf(world: World, starts: number): number[] {
  return Array.from({ length: starts }, () => runToBurst(world));
}

test("after three short runs on a weak battery the modem waits, longer each time, a minute at most", () => {
  const world = weakWorld();
  assert.equal(burstsOf(world, 9), [0, 0, 5000, 10000, 20000, 40000, 60000, 60000, 60000]);
  assert.is(world.count("erase"), 0);
});

test("a run of a minute ends the row, and so do a charger and a good battery", () => {
  const world = weakWorld();
  burstsOf(world, 6);
  world.run(61000);
  assert.equal(burstsOf(world, 2), [0, 0]);
  burstsOf(world, 3);
  world.charging = true;
  assert.is(runToBurst(world), 0);
  world.charging = false;
  world.batteryMv = WEAK_MV;
  assert.is(runToBurst(world), 0);
});

test("no start on a good battery or a charger writes anything", () => {
  const world = new World();
  world.batteryMv = WEAK_MV;
  burstsOf(world, 20);
  world.batteryMv = WEAK_MV - 1;
  world.charging = true;
  burstsOf(world, 20);
  assert.is(world.count("write"), 0);
});

test("fifty starts that break in at the burst, with an alarm open: two seconds each, delivered in the end", () => {
  const world = weakWorld();
  world.boot();
  world.hold();
  const number = world.state.alarm.number;
  for (const ms of burstsOf(world, 50)) assert.ok(ms <= 2000, `the modem waited ${ms} ms`);
  assert.is(world.platform.alarms.length, 0);
  world.radio("ready");
  world.run(1000);
  assert.equal(
    world.platform.alarms.map((alarm) => alarm.number),
    [number],
  );
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.platform.complaints, []);
});

test("fifty brown-outs with an alarm open: no contact is texted more than twice, and it comes through once", () => {
  // Power goes ever later behind the modem's first burst, up to where a text has just left.
  for (const lastMs of [1000, 20_000, 61_000, 64_000]) {
    const world = weakWorld();
    world.set(PLATFORM_NUMBER_KEY, PLATFORM);
    for (const [i, person] of PEOPLE.entries()) world.set(CONTACT_KEY_MIN + i, person);
    world.boot();
    world.up = false;
    world.textsUp = false;
    world.hold();
    const number = world.state.alarm.number;
    for (let boot = 0; boot < 50; boot++) {
      assert.ok(runToBurst(world) <= 2000, `boot ${boot}`);
      assert.equal([world.state.alarm.number, world.state.alarm.stage], [number, "sending"]);
      world.radio("ready", true);
      world.run((lastMs * (boot + 1)) / 50);
    }
    world.reboot();
    world.radio("ready", true);
    world.run(100_000);
    const textsTo = (to: string) => world.texts.filter((text) => text.to === to);
    for (const person of PEOPLE) {
      const { length } = textsTo(person);
      assert.ok(length === 1 || length === 2, `${lastMs} ms: ${length} texts to ${person}`);
    }
    const sealed = textsTo(PLATFORM);
    assert.ok(sealed.length >= 1);
    assert.is(new Set(sealed.map(({ text }) => text)).size, sealed.length, "each anew");
    world.up = true;
    world.run(30_000);
    assert.equal(
      world.platform.alarms.map((alarm) => alarm.number),
      [number],
    );
    assert.is(world.state.alarm.stage, "delivered");
    const texts = world.texts.length;
    world.run(300_000);
    assert.is(world.texts.length, texts, "none behind it");
    assert.is(world.count("erase"), 0);
    assert.equal(world.platform.complaints, []);
  }
});

test("a hold while the modem waits starts it at once", () => {
  const world = weakWorld();
  burstsOf(world, 8);
  const before = world.count("startRadio");
  world.reboot();
  world.run(3000);
  assert.is(world.count("startRadio"), before);
  world.hold();
  assert.is(world.count("startRadio"), before + 1);
});

test("a thousand starts on a weak battery leave room for an alarm, without an erase", () => {
  const world = new World();
  world.batteryMv = 3400;
  for (let i = 0; i < 1000; i++) world.reboot();
  world.hold();
  const number = world.state.alarm.number;
  world.reboot();
  assert.is(world.state.alarm.number, number);
  assert.is(world.count("erase"), 0);
});

test.run();
