// Time: unknown and then known, jumps both ways, past 2038; nothing that helps ever waits for it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { hourOfDay } from "../../firmware/core/clock.ts";
import type { ClockSource } from "../../firmware/core/input.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { readyWorld, type World } from "./world.ts";

const YEAR_S = 31_557_600;
/** 2026-05-03T19:33:20Z. */
const NOW_S = 200_000_000;
const IN_2039_S = 19 * YEAR_S;
const IN_2087_S = 67 * YEAR_S;

function tell(world: World, timeS: number, source: ClockSource): void {
  world.input({ kind: "clock", timeS, source });
}

function hourIn(world: World): number {
  const { state, nowMs } = world;
  return hourOfDay({ machine: nodeMachine, pager: state, nowMs: nowMs | 0, effects: [] });
}

test("the hour of the day is that of the wearer, and unknown before anybody told the time", () => {
  const world = readyWorld();
  assert.is(hourIn(world), -1);
  tell(world, NOW_S, "network");
  assert.is(hourIn(world), 3);
  world.run(3_600_000);
  assert.is(hourIn(world), 4);
  world.state.settings.numbers[11] = -720;
  assert.is(hourIn(world), 8);
});

test("times past 2038 go out as they are, up to the end of the wire's time", () => {
  for (const timeS of [IN_2039_S, IN_2087_S]) {
    const world = readyWorld();
    tell(world, timeS, "satellite");
    world.hold();
    world.run(1000);
    const [sos] = world.platform.ofLetter("s");
    const time = sos.report.time ?? 0;
    assert.ok(time >= timeS && time < timeS + 60, `${time}`);
    assert.ok(hourIn(world) >= 0 && hourIn(world) < 24);
    world.run(600_000);
    assert.ok(world.state.clock.timeS > timeS);
  }
});

test("a time from before this firmware was made is believed of nobody but the platform", () => {
  const world = readyWorld();
  tell(world, YEAR_S, "network");
  tell(world, YEAR_S, "satellite");
  assert.is(world.state.clock.timeS, 0);
});

test("a network that jumps by years does not move the platform's time", () => {
  const world = readyWorld();
  tell(world, NOW_S, "platform");
  for (const timeS of [NOW_S - 1, NOW_S + 10 * YEAR_S, IN_2087_S]) {
    tell(world, timeS, "network");
    tell(world, timeS, "satellite");
  }
  assert.is(world.state.clock.timeS, NOW_S);
  assert.is(world.state.clock.source, "platform");
});

test("no jump of time moves an alarm's order, its waits or its sendings", () => {
  const sendings = (jump: number): [number[], string[]] => {
    const world = readyWorld();
    world.up = false;
    tell(world, NOW_S, "network");
    world.hold();
    for (let i = 0; i < 20; i++) {
      if (i === 5) tell(world, NOW_S + jump, "satellite");
      if (i === 9) tell(world, NOW_S - jump, "platform");
      world.run(10_000);
    }
    const sent = world.trace.filter(({ effect }) => effect.kind === "send");
    return [sent.map(({ atMs }) => atMs), world.cues()];
  };
  assert.equal(sendings(10 * YEAR_S), sendings(0));
  assert.equal(sendings(100), sendings(0));
});

test("an alarm raised with no time says when it was, once the time is known", () => {
  const world = readyWorld();
  world.up = false;
  world.hold();
  world.run(60_000);
  tell(world, NOW_S, "network");
  world.run(31_000);
  world.up = true;
  world.run(31_000);
  const time = world.platform.ofLetter("s")[0].report.time ?? 0;
  assert.ok(time <= NOW_S - 60 && time > NOW_S - 65, `${time - NOW_S}`);
});

test("the age of a position counts the pager's own seconds, whatever the clock does", () => {
  const world = readyWorld();
  tell(world, NOW_S, "network");
  world.input({ kind: "fix", latitude: 1, longitude: 2, uncertaintyM: 10, timeS: 0 });
  world.run(50_000);
  tell(world, NOW_S + YEAR_S, "satellite");
  world.hold();
  world.run(1000);
  assert.is(world.platform.ofLetter("s")[0].report.ageS, 60);
});

test.run();
