// The order of the desk queue, what sounds, and which alarm opens by itself.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { joined } from "../../tools/desk/link/joined.ts";
import {
  hasteOf,
  newestOf,
  openAfter,
  queueOf,
  soundingPriority,
  untakenMs,
} from "../../tools/desk/rules/queue.ts";
import { alarmRow, START_MS } from "./rows.ts";

const ids = (rows: Array<{ id: string }>) => rows.map((row) => row.id);

test("untaken alarms stand in order of priority, then of age", () => {
  const rows = [
    alarmRow({ id: "young", raisedAtMs: START_MS + 5000 }),
    alarmRow({ id: "calm", priority: 3, raisedAtMs: START_MS - 60_000 }),
    alarmRow({ id: "old", raisedAtMs: START_MS }),
  ];
  assert.equal(ids(queueOf(rows).untaken), ["old", "young", "calm"]);
});

test("an old taken alarm never stands above an untaken one of lower priority", () => {
  const rows = [
    alarmRow({ id: "taken", stage: "taken", owner: "王芳", raisedAtMs: START_MS - 600_000 }),
    alarmRow({ id: "untaken", priority: 4 }),
  ];
  const { untaken, taken, closed } = queueOf(rows);
  assert.equal(ids([...untaken, ...taken, ...closed]), ["untaken", "taken"]);
});

test("alarms of equal age keep one order whatever order they came in", () => {
  const a = alarmRow({ id: "a" });
  const b = alarmRow({ id: "b" });
  assert.equal(ids(queueOf([a, b]).untaken), ids(queueOf([b, a]).untaken));
});

test("closed alarms stand newest first", () => {
  const rows = [
    alarmRow({ id: "first", stage: "closed", closedAtMs: START_MS }),
    alarmRow({ id: "second", stage: "closed", closedAtMs: START_MS + 1 }),
  ];
  assert.equal(ids(queueOf(rows).closed), ["second", "first"]);
});

test("the highest untaken priority sounds, and nothing sounds once all are taken", () => {
  const low = alarmRow({ id: "low", priority: 3 });
  const high = alarmRow({ id: "high", priority: 1, stage: "taken" });
  assert.is(soundingPriority([low, high]), 3);
  assert.is(soundingPriority([low, { ...high, stage: "delivered" }]), 1);
  assert.is(soundingPriority([high]), undefined);
  assert.is(soundingPriority([]), undefined);
});

test("the wait runs until somebody takes, and stands still afterwards", () => {
  const row = alarmRow();
  assert.is(untakenMs(row, START_MS + 42_000), 42_000);
  assert.is(untakenMs({ ...row, takenAtMs: START_MS + 9000 }, START_MS + 42_000), 9000);
  assert.is(untakenMs(row, START_MS - 3000), 0, "a clock that runs behind gives no negative wait");
});

test("a wait warns at 15 seconds and is late at 60", () => {
  assert.equal([14_999, 15_000, 59_999, 60_000].map(hasteOf), ["new", "warn", "warn", "late"]);
});

test("the operator's choice stays open when a new alarm comes", () => {
  const mine = alarmRow({ id: "mine", stage: "taken" });
  assert.is(openAfter("mine", [alarmRow({ id: "new" }), mine]), "mine");
});

test("with no alarm open the most pressing untaken one opens by itself", () => {
  const rows = [alarmRow({ id: "second", raisedAtMs: START_MS + 1 }), alarmRow({ id: "first" })];
  assert.is(openAfter(undefined, rows), "first");
  assert.is(openAfter("gone", rows), "first");
  assert.is(openAfter(undefined, [alarmRow({ stage: "taken" })]), undefined);
});

test("a reading that was overtaken by an act does not take the act back", () => {
  const known = [alarmRow({ stage: "taken", seq: 9 })];
  assert.equal(newestOf(known, [alarmRow({ seq: 8 }), alarmRow({ id: "other" })]), [
    known[0],
    alarmRow({ id: "other" }),
  ]);
  assert.equal(newestOf(known, [alarmRow({ stage: "closed", seq: 10 })])[0].stage, "closed");
  assert.equal(newestOf(known, []), [], "a row that the platform no longer lists goes");
});

test("calls during a run are joined into one more run", async () => {
  let runs = 0;
  let letGo = () => {};
  const run = joined(() => {
    runs += 1;
    return new Promise<void>((resolve) => {
      letGo = resolve;
    });
  });
  const all = Promise.all([run(), run(), run()]);
  assert.is(runs, 1);
  letGo();
  while (runs < 2) await Promise.resolve();
  letGo();
  await all;
  assert.is(runs, 2);
});

test.run();
