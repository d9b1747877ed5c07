// Under overload the gateway sorts before it opens: what is shed, and what never is.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { makeBuckets } from "../../sdk/gateway/buckets.ts";
import { type Intake, makeIntake, OVERLOAD_ITEMS } from "../../sdk/gateway/intake.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";

interface Run {
  intake: Intake<string>;
  worked: string[];
  shed: string[];
  done(): Promise<void>;
}

function start(): Run {
  const worked: string[] = [];
  const shed: string[] = [];
  const intake = makeIntake<string>({
    clock: createVirtualClock(),
    work: (item) => void worked.push(item),
    shed: (item) => void shed.push(item),
  });
  const done = async () => {
    while (intake.waiting() > 0) await new Promise((resolve) => setImmediate(resolve));
  };
  return { intake, worked, shed, done };
}

test("new numbers are worked on before repeats [wire §3]", async () => {
  const { intake, worked, done } = start();
  for (let i = 0; i < 20; i++) intake.offer("seen", "kid a", `seen ${i}`);
  for (let i = 0; i < 20; i++) intake.offer("fresh", `kid ${i}`, `fresh ${i}`);
  await done();
  assert.equal(
    worked.slice(0, 16),
    Array.from({ length: 16 }, (_, i) => `fresh ${i}`),
  );
  assert.is(worked.length, 40);
});

test("a pager that is not in memory gets its turn while fresh ones flood [wire §3]", async () => {
  const { intake, worked, done } = start();
  for (let i = 0; i < 200; i++) intake.offer("fresh", `kid ${i}`, "fresh");
  intake.offer("unloaded", "kid new", "first alarm");
  await done();
  assert.ok(worked.indexOf("first alarm") < 16);
});

test("repeats are shed first when there is more work than time [wire §3]", async () => {
  const { intake, worked, shed, done } = start();
  for (let i = 0; i < OVERLOAD_ITEMS; i++) intake.offer("fresh", `kid ${i}`, `fresh ${i}`);
  intake.offer("seen", "kid a", "repeat");
  intake.offer("fresh", "kid b", "alarm");
  await done();
  assert.equal(shed, ["repeat"]);
  assert.is(worked.length, OVERLOAD_ITEMS + 1);
});

test("a flood under one key identifier from one source is cut, the wearer's own source is not [wire §3]", async () => {
  const { intake, worked, shed, done } = start();
  for (let i = 0; i < OVERLOAD_ITEMS; i++) intake.offer("fresh", `kid ${i}`, "other");
  for (let i = 0; i < 500; i++) intake.offer("fresh", "kid a 203.0.113.66", "forged");
  intake.offer("fresh", "kid a 198.51.100.7", "alarm");
  await done();
  assert.is(shed.filter((item) => item === "forged").length, 500 - 16);
  assert.ok(worked.includes("alarm"));
});

test("the waiting line has an end", async () => {
  const { intake, shed, done } = start();
  for (let i = 0; i < 10_000; i++) intake.offer("fresh", `kid ${i}`, "alarm");
  assert.is(intake.waiting(), 8192);
  assert.is(shed.length, 10_000 - 8192);
  await done();
});

test("a bucket holds its burst and earns its rate", () => {
  const clock = createVirtualClock();
  const buckets = makeBuckets(clock, { perSecond: 2, burst: 3 });
  const taken = () => [1, 2, 3, 4].filter(() => buckets.take("one")).length;
  assert.is(taken(), 3);
  assert.is(taken(), 0);
  clock.advanceBy(500);
  assert.is(taken(), 1);
  clock.advanceBy(60_000);
  assert.is(taken(), 3, "never more than the burst");
  assert.ok(buckets.take("other"), "and each name has its own");
});

test.run();
