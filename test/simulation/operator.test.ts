// The simulated operator: takes, closes, tries again, and believes only what was stored.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Event, EventBody } from "../../sdk/events.ts";
import { startOperator } from "../../tools/simulator/storm/operator.ts";
import type { Seen } from "../../tools/simulator/storm/world-event.ts";
import { DAY_MS, givenWeather, HOUR_MS, MINUTE_MS, type Rates } from "./given-weather.ts";

interface Act {
  atMs: number;
  act: "take" | "release" | "close" | "reopen";
  alarm: string;
}

/** `works` says whether the desk's act becomes an event. */
function deskOf(options: {
  prompt: boolean;
  seed?: number;
  works?: () => boolean;
  /** Rates of their slips. */
  slips?: Rates;
}) {
  const { clock, chance, seen, see, weather } = givenWeather(options.slips ?? {}, options.seed);
  const beganMs = clock.nowMs();
  const acts: Act[] = [];
  const operator = startOperator({
    clock,
    chance,
    see,
    prompt: options.prompt,
    weather,
    desk: {
      take: (alarm) => act("take", alarm),
      release: (alarm) => act("release", alarm),
      close: (alarm) => act("close", alarm),
      reopen: (alarm) => act("reopen", alarm),
    },
  });
  let seq = 0;

  function act(kind: Act["act"], alarm: string): void {
    assert.equal(seen.at(-1), { kind: "desk", act: kind, alarm }, "seen before it is done");
    acts.push({ atMs: clock.nowMs() - beganMs, act: kind, alarm });
    if (options.works?.() === false) return;
    const operator = "desk";
    const of = { pager: "p1", alarm, operator };
    if (kind === "take") store({ kind: "alarmTaken", ...of });
    else if (kind === "release") store({ kind: "alarmReleased", ...of });
    else if (kind === "reopen") store({ kind: "alarmReopenedByDesk", ...of });
    else store({ kind: "alarmClosed", pager: "p1", alarm, operator, outcome: "accidental" });
  }

  function store(body: EventBody): void {
    operator.hear({ ...body, seq: ++seq, atMs: clock.nowMs() } as Event);
  }

  function raise(alarm: string, kind: "alarmRaised" | "alarmReopened" = "alarmRaised"): void {
    const from = { pager: "p1", kid: "c0ffee", piv: 1, number: 1 };
    store({ kind, ...from, alarm, letter: "s", standing: "active", report: {} });
  }

  return { clock, operator, acts, seen: seen as readonly Seen[], store, raise };
}

/** In ms: each alarm's time to the take, and from there to the close. */
function timesOf(options: { prompt: boolean; calm?: boolean }): { take: number; close: number }[] {
  const times = [];
  for (let seed = 1; seed <= 400; seed++) {
    const world = deskOf({ ...options, seed });
    if (options.calm) world.operator.calm();
    world.raise("a");
    world.clock.advanceBy(DAY_MS);
    assert.equal(
      world.acts.map(({ act }) => act),
      ["take", "close"],
    );
    times.push({ take: world.acts[0].atMs, close: world.acts[1].atMs - world.acts[0].atMs });
  }
  return times;
}

const within = (ms: number, from: number, to: number) => ms >= from && ms <= to;

test("in a storm an alarm is taken within five minutes and closed in half an hour or hours", () => {
  const times = timesOf({ prompt: false });
  assert.ok(times.every(({ take }) => within(take, 5000, 5 * MINUTE_MS)));
  assert.ok(Math.max(...times.map(({ take }) => take)) > 4.5 * MINUTE_MS);
  const late = times.filter(({ close }) => close > 30 * MINUTE_MS);
  assert.ok(within(late.length, 20, 60), `${late.length} late`);
  assert.ok(late.every(({ close }) => within(close, HOUR_MS, 6 * HOUR_MS)));
  assert.ok(times.every(({ close }) => close >= MINUTE_MS));
});

for (const options of [{ prompt: true }, { prompt: false, calm: true }]) {
  test(`an operator is prompt: ${JSON.stringify(options)}`, () => {
    for (const { take, close } of timesOf(options)) {
      assert.ok(within(take, 5000, 60_000));
      assert.ok(within(close, 20_000, 120_000));
    }
  });
}

test("what waits when it becomes calm is done promptly, even what was put off for hours", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const world = deskOf({ prompt: false, seed });
    world.operator.standing([
      { id: "a", stage: "delivered" },
      { id: "b", stage: "taken" },
    ]);
    world.operator.calm();
    world.operator.calm();
    world.clock.advanceBy(3 * MINUTE_MS);
    assert.equal(world.acts.map(({ act, alarm }) => act + alarm).sort(), [
      "closea",
      "closeb",
      "takea",
    ]);
    world.clock.advanceBy(DAY_MS);
    assert.is(world.acts.length, 3);
  }
});

test("an act without an event is tried again after a minute, as long as the alarm stands", () => {
  let fails = 3;
  const world = deskOf({ prompt: true, works: () => fails-- <= 0 });
  world.raise("a");
  world.clock.advanceBy(HOUR_MS);
  const takes = world.acts.filter(({ act }) => act === "take");
  assert.is(takes.length, 4);
  for (let at = 1; at < takes.length; at++) {
    assert.is(takes[at].atMs - takes[at - 1].atMs, MINUTE_MS);
  }
  assert.is(world.acts.length, 5);
});

test("what was tried before the calm is tried again within a minute, and once", () => {
  const world = deskOf({ prompt: false, works: () => false });
  world.raise("a");
  while (world.acts.length === 0) world.clock.advanceToNext();
  world.clock.advanceBy(1000);
  world.operator.calm();
  world.clock.advanceBy(MINUTE_MS);
  const [first, second, ...more] = world.acts;
  assert.is(second.atMs - first.atMs, MINUTE_MS);
  assert.equal(more, []);
});

test("what is known already postpones nothing", () => {
  const world = deskOf({ prompt: true });
  for (let i = 0; i < 60; i++) {
    world.raise("a");
    world.clock.advanceBy(1000);
  }
  assert.is(world.acts.length, 1);
});

test("another operator's take is closed all the same, and a close ends it", () => {
  const world = deskOf({ prompt: true });
  world.raise("a");
  world.store({ kind: "alarmTaken", pager: "p1", alarm: "a", operator: "another" });
  world.raise("b");
  world.store({
    kind: "alarmClosed",
    pager: "p1",
    alarm: "b",
    operator: "another",
    outcome: "accidental",
  });
  world.clock.advanceBy(DAY_MS);
  assert.equal(
    world.acts.map(({ act, alarm }) => act + alarm),
    ["closea"],
  );
});

test("an alarm that is opened again is taken and closed again", () => {
  const world = deskOf({ prompt: true });
  world.raise("a");
  world.clock.advanceBy(HOUR_MS);
  world.raise("a", "alarmReopened");
  world.clock.advanceBy(HOUR_MS);
  assert.equal(
    world.acts.map(({ act }) => act),
    ["take", "close", "take", "close"],
  );
});

test("some give an alarm back that they took, and it is taken and closed later", () => {
  const slips = { deskRelease: 0.5 };
  let released = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const world = deskOf({ prompt: false, seed, slips });
    world.raise("a");
    world.clock.advanceBy(2 * DAY_MS);
    const acts = world.acts.map(({ act }) => act);
    assert.is(acts.pop(), "close");
    assert.is(acts.pop(), "take");
    released += acts.filter((act) => act === "release").length;
  }
  assert.ok(within(released, 30, 100), `${released} given back`);
});

test("some open a closed alarm again, once, and a refusal ends it", () => {
  let tried = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const world = deskOf({ prompt: true, seed, slips: { deskReopen: 0.5 }, works: () => false });
    world.operator.standing([{ id: "a", stage: "closed" }]);
    world.clock.advanceBy(DAY_MS);
    assert.ok(world.acts.every(({ act, atMs }) => act === "reopen" && atMs <= 65 * MINUTE_MS));
    assert.ok(world.acts.length <= 1);
    tried += world.acts.length;
  }
  assert.ok(within(tried, 18, 42), `${tried} tried`);
});

test("in the calm nobody gives anything back, and nothing is opened again", () => {
  const world = deskOf({ prompt: true, slips: { deskRelease: 1, deskReopen: 1 } });
  world.operator.standing([
    { id: "a", stage: "taken" },
    { id: "b", stage: "closed" },
  ]);
  world.operator.calm();
  world.clock.advanceBy(10 * MINUTE_MS);
  assert.equal(
    world.acts.map(({ act, alarm }) => act + alarm),
    ["closea"],
  );
});

test("further reports and other events change nothing", () => {
  const world = deskOf({ prompt: true });
  world.raise("a");
  const from = { pager: "p1", kid: "c0ffee", piv: 2, number: 1 };
  const report = { alarm: "z", letter: "m", standing: "active", report: {} } as const;
  world.store({ kind: "alarmReported", ...from, ...report });
  world.store({ kind: "checkedIn", ...from, report: {} });
  world.store({ kind: "beat", ...from, beat: {} });
  world.clock.advanceBy(HOUR_MS);
  assert.ok(world.acts.every(({ alarm }) => alarm === "a"));
  assert.is(world.acts.length, 2);
});

test("what stands in a restored store replaces all that was believed", () => {
  const world = deskOf({ prompt: true });
  for (const alarm of ["gone", "untaken", "closed"]) world.raise(alarm);
  world.store({ kind: "alarmTaken", pager: "p1", alarm: "untaken", operator: "desk" });
  world.operator.standing([
    { id: "untaken", stage: "delivered" },
    { id: "closed", stage: "closed" },
    { id: "taken", stage: "taken" },
  ]);
  world.clock.advanceBy(HOUR_MS);
  assert.equal(world.acts.map(({ act, alarm }) => `${act} ${alarm}`).sort(), [
    "close taken",
    "close untaken",
    "take untaken",
  ]);
  assert.is(world.clock.pendingTimers, 0);
});

test("one seed is one operator, and nothing is left when all is closed", () => {
  const days = [7, 7, 8].map((seed) => {
    let turn = 0;
    const world = deskOf({ prompt: false, seed, works: () => turn++ % 3 !== 0 });
    for (let i = 0; i < 200; i++) {
      world.raise(`a${i}`);
      world.clock.advanceBy(5 * MINUTE_MS);
    }
    world.operator.calm();
    world.clock.advanceBy(DAY_MS);
    assert.is(world.clock.pendingTimers, 0);
    return JSON.stringify(world.acts);
  });
  assert.is(days[0], days[1]);
  assert.is.not(days[0], days[2]);
});

test.run();
