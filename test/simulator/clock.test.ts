// The virtual clock and seeded chance: what runs, in which order, and the same each time.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";

test("timers run in order of their time, and of their birth at one time", () => {
  const clock = createVirtualClock(1000);
  const ran: string[] = [];
  for (const [name, ms] of [
    ["c", 30],
    ["a", 10],
    ["b1", 20],
    ["b2", 20],
  ] as const) {
    clock.after(ms, () => ran.push(`${name}@${clock.nowMs()}`));
  }
  assert.is(clock.nextInMs, 10);
  assert.is(clock.pendingTimers, 4);
  assert.ok(clock.advanceToNext());
  assert.equal(ran, ["a@1010"]);
  clock.advanceBy(15);
  assert.equal(ran, ["a@1010", "b1@1020", "b2@1020"]);
  assert.is(clock.nowMs(), 1025);
  clock.advanceBy(100);
  assert.equal(ran.slice(3), ["c@1030"]);
  assert.is(clock.nowMs(), 1125);
  assert.is(clock.nextInMs, -1);
  assert.not.ok(clock.advanceToNext());
});

test("a timer made by a timer runs in the same sweep when it is due", () => {
  const clock = createVirtualClock();
  const ran: number[] = [];
  const again = (left: number) =>
    clock.after(10, () => {
      ran.push(left);
      if (left > 0) again(left - 1);
    });
  again(5);
  clock.advanceBy(35);
  assert.equal(ran, [5, 4, 3]);
});

test("a cancelled timer does not run, and cancelling twice counts once", () => {
  const clock = createVirtualClock();
  let ran = 0;
  const cancel = clock.after(10, () => ran++);
  clock.after(20, () => ran++);
  cancel();
  cancel();
  assert.is(clock.pendingTimers, 1);
  assert.is(clock.nextInMs, 20);
  clock.advanceBy(100);
  assert.is(ran, 1);
});

test("ten thousand timers in any order come out sorted", () => {
  const clock = createVirtualClock();
  const chance = createChance(3);
  const ran: number[] = [];
  for (let count = 0; count < 10000; count++) {
    const cancel = clock.after(chance.below(5000), () => ran.push(clock.nowMs()));
    if (chance.happens(0.3)) cancel();
  }
  while (clock.advanceToNext());
  assert.ok(ran.length > 6000 && ran.every((ms, at) => at === 0 || ran[at - 1] <= ms));
});

test("one seed gives one row of numbers, in range and even enough", () => {
  const row = (seed: number) =>
    Array.from(
      { length: 20 },
      (
        (chance) => () =>
          chance.next()
      )(createChance(seed)),
    );
  assert.equal(row(5), row(5));
  assert.is.not(row(5)[0], row(6)[0]);
  const chance = createChance(9);
  const counts = [0, 0, 0, 0, 0, 0];
  for (let count = 0; count < 6000; count++) counts[chance.between(0, 5)]++;
  assert.ok(
    counts.every((count) => count > 850 && count < 1150),
    counts.join(),
  );
});

test("a fork draws its own numbers, whatever the others drew", () => {
  const first = createChance(1);
  first.next();
  assert.is(first.fork("up").next(), createChance(1).fork("up").next());
  assert.is.not(createChance(1).fork("up").next(), createChance(1).fork("down").next());
});

test.run();
