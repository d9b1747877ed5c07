// The table of checkers, the bounds, and the small parts that several of them are made of.
// What each other checker judges stands in a test of its own.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { bounds } from "../../tools/simulator/storm/checkers/bounds.ts";
import { CHECKERS } from "../../tools/simulator/storm/checkers/checkers.ts";
import { createDeadlines } from "../../tools/simulator/storm/checkers/deadlines.ts";
import { createKeyWatch, heldMs } from "../../tools/simulator/storm/checkers/key-watch.ts";
import { createRecent } from "../../tools/simulator/storm/checkers/recent.ts";
import { createStalls, STALL_MS } from "../../tools/simulator/storm/checkers/stalls.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import {
  greenOf,
  key,
  look,
  off,
  on,
  PAGER,
  phase,
  redOf,
  verdictOf,
  write,
} from "./given-events.ts";

const load = (pending: number): WorldEvent => ({ atMs: 1, kind: "load", pending });

test("each checker has a name and a rule of its own", () => {
  const names = CHECKERS.map(({ name }) => name);
  assert.equal(names, [
    "held-becomes-alarm",
    "raised-is-told-until-stored",
    "raised-is-delivered",
    "no-alarm-without-cause",
    "zone-left-is-raised",
    "stillness-is-raised",
    "fall-is-raised",
    "delivered-after-commit",
    "taken-after-person",
    "cues-step-forward",
    "one-number-one-text",
    "strangers-change-nothing",
    "open-alarm-speaks",
    "texts-escalate",
    "texts-carry",
    "erased-says-so",
    "command-ends-once",
    "track-points-arrive",
    "bounds",
    "calm-heals",
  ]);
  assert.is(new Set(CHECKERS.map(({ rule }) => rule)).size, names.length);
});

test("a world in which nothing happens breaks no rule and judges nothing", () => {
  const events = [phase(0, "storm"), on(1), phase(2, "calm"), off(3), phase(4, "end")];
  for (const kind of CHECKERS) {
    assert.equal(verdictOf(kind, events), { good: 0, broken: [], excused: [] }, kind.name);
  }
});

test("the outbox, the exchanges and the work of the gateway stay in bounds", () => {
  assert.is(greenOf(bounds, [look(1, { outbox: 20, sent: 8 }), load(9000)]), 2);
  redOf(bounds, [look(1, { outbox: 21 })]);
  redOf(bounds, [look(1, { sent: 9 })]);
  redOf(bounds, [load(9001)]);
});

test("no page of storage is erased ten thousand times", () => {
  greenOf(bounds, [look(1, { erases: [0, 9999, 3, 4] })]);
  redOf(bounds, [look(1, { erases: [0, 1, 10_000, 4] })]);
});

test("what the modem's manual forbids is broken at once", () => {
  redOf(bounds, [{ atMs: 1, kind: "violation", pager: PAGER, text: "spoke too soon" }]);
});

test("a deadline has passed only behind its moment, and is told once", () => {
  const deadlines = createDeadlines();
  deadlines.set("a", 100);
  deadlines.set("b", 50);
  deadlines.setSooner("a", 200);
  assert.equal(deadlines.passed(50), []);
  assert.equal(deadlines.passed(51), ["b"]);
  assert.equal(deadlines.passed(100), []);
  deadlines.set("a", 300);
  assert.equal(deadlines.passed(299), []);
  deadlines.setSooner("a", 150);
  assert.equal(deadlines.passed(299), ["a"]);
  assert.equal(deadlines.passed(Infinity), []);
  deadlines.set("c", 10);
  deadlines.drop("c");
  assert.equal(deadlines.passed(Infinity), []);
});

test("a table that is full forgets what was set longest ago", () => {
  const recent = createRecent<string, number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.set("a", 3);
  recent.set("c", 4);
  assert.equal([recent.get("a"), recent.get("b"), recent.get("c")], [3, undefined, 4]);
});

test("slow accesses of one step hold a pager one behind the other", () => {
  const stalls = createStalls();
  for (const atMs of [1000, 1000, 9000]) stalls.take(write(atMs, "slow"));
  stalls.take(write(9000, "failed"));
  assert.is(stalls.slackMs(PAGER, 500), 3 * STALL_MS);
  assert.is(stalls.slackMs(PAGER, 2000), 2 * STALL_MS - 1000 + STALL_MS);
  assert.is(stalls.slackMs(PAGER, 7000), STALL_MS);
  assert.is(stalls.slackMs(PAGER, 20_000), 0);
  assert.is(stalls.slackMs("P-000002", 0), 0);
});

test("a press lasts from the edge that stood to the edge that stood", () => {
  const keys = createKeyWatch();
  const edges: [number, boolean][] = [
    [100, true],
    [110, false],
    [120, true],
    [900, false],
    [910, true],
    [2000, false],
  ];
  keys.take(on(0));
  for (const [atMs, down] of edges) keys.take(key(atMs, down));
  assert.equal(
    keys.presses(PAGER, 2029).map(({ fromMs, untilMs }) => [fromMs, untilMs]),
    [[120, Infinity]],
  );
  const [press] = keys.presses(PAGER, 2030);
  assert.is(heldMs(press, 5000), 1880);
  keys.take(off(6000));
  assert.equal(keys.presses(PAGER, 6000), []);
});

test("of a key that is pressed for years only the newest presses are kept", () => {
  const keys = createKeyWatch();
  keys.take(on(0));
  for (let atMs = 0; atMs < 100_000; atMs += 100) keys.take(key(atMs, atMs % 200 === 0));
  assert.ok(keys.presses(PAGER, 100_000).length <= 8);
});

test.run();
