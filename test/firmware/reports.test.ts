// Positions of an open alarm over half an hour: often, then seldom, and the way for the desk kept open.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { REPORT_LATER_S, REPORT_OFTEN_S, REPORT_S } from "../../firmware/core/settings.ts";
import { readyWorld, type World } from "./world.ts";

const POLL_MS_MAX = 25000;

/** Milliseconds of all sends behind the hold, with a fix each second for so long. */
function sendsOf(world: World, seconds: number): number[] {
  world.hold();
  const from = world.trace.length;
  for (let i = 0; i < seconds; i++) {
    const latitude = 261000000 + i;
    world.input({ kind: "fix", latitude, longitude: 1177000000, uncertaintyM: 20, timeS: 0 });
    world.run(1000);
  }
  return world.trace
    .slice(from)
    .flatMap(({ atMs, effect }) => (effect.kind === "send" ? [atMs] : []));
}

function reportsOf(world: World, seconds: number): number[] {
  const times: number[] = [];
  const hear = world.platform.hear.bind(world.platform);
  world.platform.hear = (datagram) => {
    const before = world.platform.ofLetter("r").length;
    const answers = hear(datagram);
    if (world.platform.ofLetter("r").length > before) times.push(world.nowMs);
    return answers;
  };
  const sends = sendsOf(world, seconds);
  for (let i = 1; i < sends.length; i++) {
    assert.ok(sends[i] - sends[i - 1] <= POLL_MS_MAX, `${sends[i] - sends[i - 1]} ms of silence`);
  }
  return times;
}

const gapsOf = (times: number[]) => times.slice(1).map((atMs, i) => atMs - times[i]);

test("reports go every 30 s for ten minutes, then every 120 s, and nothing is silent for 25 s [wire §4.1]", () => {
  const gaps = gapsOf(reportsOf(readyWorld(), 1800));
  // Behind the first fix of the alarm, which goes at once.
  const often = gaps.slice(0, 18);
  const seldom = gaps.slice(-9);
  for (const gap of often) assert.ok(Math.abs(gap - 30000) <= 1100, `${gap} ms`);
  for (const gap of seldom) assert.ok(Math.abs(gap - 120000) <= 1100, `${gap} ms`);
  assert.ok(gaps.length >= 28 && gaps.length <= 31, `${gaps.length} reports`);
});

test("both spans and when the second begins are settings", () => {
  const world = readyWorld();
  world.set(REPORT_S, 10);
  world.set(REPORT_LATER_S, 60);
  world.set(REPORT_OFTEN_S, 120);
  const gaps = gapsOf(reportsOf(world, 600));
  for (const gap of gaps.slice(0, 10)) assert.ok(Math.abs(gap - 10000) <= 1100, `${gap} ms`);
  for (const gap of gaps.slice(-6)) assert.ok(Math.abs(gap - 60000) <= 1100, `${gap} ms`);
});

test("without a new position nothing is reported, and the polls alone keep the way open", () => {
  const world = readyWorld();
  world.hold();
  world.run(1800000);
  assert.is(world.platform.ofLetter("r").length, 0);
  assert.ok(world.platform.ofLetter("w").length >= 72);
});

test.run();
