// The rules of an alarm without any store: reducer, acts, words, order of the queue.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { judgeAct, REOPEN_MS_MAX, type Standpoint } from "../../sdk/care/acts.ts";
import { type AlarmRow, compareAlarms, reduceAlarm } from "../../sdk/care/alarms.ts";
import { OUTCOMES } from "../../sdk/care/outcome.ts";
import { reduceWord, type WordRow } from "../../sdk/care/words.ts";
import type { AlarmLetter, Event, EventBody, Report, Stage, Word } from "../../sdk/events.ts";

const ALARM = "P-000001/a1b2c3/512";
const PAGER = "P-000001";

let seq = 0;
const at = (body: EventBody, atMs = 1000): Event => ({ ...body, seq: ++seq, atMs });

function said(
  kind: "alarmRaised" | "alarmReported" | "alarmReopened",
  letter: AlarmLetter,
  report: Report = {},
  atMs = 1000,
): Event {
  const from = { pager: PAGER, kid: "a1b2c3", piv: seq, alarm: ALARM, number: 512 };
  return at({ kind, ...from, letter, standing: "active", report }, atMs);
}

const operator = "王芳";
const taken = () => at({ kind: "alarmTaken", pager: PAGER, alarm: ALARM, operator }, 2000);
const closed = () =>
  at({ kind: "alarmClosed", pager: PAGER, alarm: ALARM, operator, outcome: "accidental" }, 3000);

/** When nothing stands in the way but the row itself. */
const SOON: Standpoint = { atMs: 5000, isSuperseded: () => false };

function rowAfter(...events: Event[]): AlarmRow {
  const row = events.reduce<AlarmRow | undefined>(reduceAlarm, undefined);
  assert.ok(row);
  return row as AlarmRow;
}

test("an alarm goes from delivered over taken to closed, and says by whom and when", () => {
  const row = rowAfter(said("alarmRaised", "s"), taken(), closed());
  assert.is(row.stage, "closed");
  assert.is(row.owner, operator);
  assert.is(row.takenAtMs, 2000);
  assert.is(row.closedBy, operator);
  assert.is(row.closedAtMs, 3000);
  assert.is(row.outcome, "accidental");
  assert.is(row.priority, 1);
});

test("positions are added, none is overwritten, and each keeps its own age and uncertainty", () => {
  const near = { latitude: 1, longitude: 2, source: "satellites", uncertaintyM: 10 } as const;
  const far = { latitude: 3, longitude: 4, source: "cells", ageS: 600 } as const;
  const row = rowAfter(
    said("alarmRaised", "s", { position: far }, 10),
    said("alarmReported", "r", { position: near }, 20),
    said("alarmReported", "r", { position: far }, 30),
  );
  assert.equal(row.positions, [
    { ...far, atMs: 10 },
    { ...near, atMs: 20 },
    { ...far, atMs: 30 },
  ]);
});

test("the first time that the pager knew stays, the newest battery counts", () => {
  const row = rowAfter(
    said("alarmRaised", "s", { batteryPercent: 30 }),
    said("alarmReported", "r", { timeS: 50, timeFromNetwork: true }),
    said("alarmReported", "r", { timeS: 90, batteryPercent: 25, charging: true }),
  );
  assert.is(row.reportedTimeS, 50);
  assert.is(row.reportedFromNetwork, true);
  assert.is(row.batteryPercent, 25);
  assert.is(row.charging, true);
});

test("a mistake closes nothing, and a further hold takes it back", () => {
  const first = rowAfter(said("alarmRaised", "s"), said("alarmReported", "x"));
  assert.equal([first.stage, first.mistake], ["delivered", true]);
  const again = reduceAlarm(first, said("alarmReported", "m"));
  assert.equal([again?.mistake, again?.repeats], [false, 1]);
  const later = reduceAlarm(again, said("alarmReported", "r"));
  assert.is(later?.mistake, false);
});

test("an alarm that was opened again is untaken, and keeps its notes", () => {
  const note: Event = at({
    kind: "alarmNoted",
    pager: PAGER,
    alarm: ALARM,
    operator,
    text: "无人接听",
  });
  const row = rowAfter(
    said("alarmRaised", "s"),
    taken(),
    note,
    closed(),
    said("alarmReopened", "m"),
  );
  assert.is(row.stage, "delivered");
  assert.equal([row.owner, row.outcome, row.closedBy], [undefined, undefined, undefined]);
  assert.is(row.notes.length, 1);
  assert.is(row.repeats, 1);
});

test("events of other alarms and of none change nothing", () => {
  const row = rowAfter(said("alarmRaised", "s"));
  const other = at({ kind: "alarmTaken", pager: PAGER, alarm: "P-000001/a1b2c3/9", operator });
  assert.is(reduceAlarm(row, other), row);
  assert.is(reduceAlarm(row, at({ kind: "personRead", pager: PAGER, operator })), row);
  assert.is(reduceAlarm(undefined, taken()), undefined);
});

test("acts are refused with who was first, and closing needs taking", () => {
  const open = rowAfter(said("alarmRaised", "s"));
  const own = rowAfter(said("alarmRaised", "s"), taken());
  const over = rowAfter(said("alarmRaised", "s"), taken(), closed());
  const take = { kind: "take", alarm: ALARM, operator: "李明" } as const;
  const close = { kind: "close", alarm: ALARM, operator: "李明", outcome: "test" } as const;
  assert.equal(judgeAct(undefined, take, SOON), { refused: "unknown-alarm" });
  assert.equal(judgeAct(own, take, SOON), { refused: "already-taken", owner: operator });
  assert.equal(judgeAct(over, take, SOON), { refused: "already-closed", owner: operator });
  assert.equal(judgeAct(open, close, SOON), { refused: "not-taken" });
  assert.equal(judgeAct(over, close, SOON), { refused: "already-closed", owner: operator });
  assert.ok("kind" in judgeAct(open, take, SOON));
  assert.ok("kind" in judgeAct(own, close, SOON));
});

test("the word that waits: closed takes the place of taken, only its own result ends it", () => {
  const obeyed = (word: "taken" | "closed"): Event =>
    at({
      kind: "wordObeyed",
      pager: PAGER,
      kid: "a1b2c3",
      piv: 1,
      word,
      number: 512,
      alarm: ALARM,
    });
  const first = reduceWord(undefined, taken()) as WordRow;
  assert.equal([first.word, first.number, first.queuedAtMs], ["taken", 512, 2000]);
  assert.is(reduceWord(first, obeyed("taken")), undefined);
  const second = reduceWord(first, closed()) as WordRow;
  assert.is(second.word, "closed");
  assert.is(reduceWord(second, obeyed("taken")), second);
  assert.is(reduceWord(second, obeyed("closed")), undefined);
  assert.is(reduceWord(second, said("alarmReopened", "m"))?.word, "reopened");
  assert.is(reduceWord(second, said("alarmReported", "r")), second);
});

const released = (): Event =>
  at({ kind: "alarmReleased", pager: PAGER, alarm: ALARM, operator, text: "换班" }, 4000);
const reopened = (): Event =>
  at({ kind: "alarmReopenedByDesk", pager: PAGER, alarm: ALARM, operator: "李明" }, 5000);

test("an alarm that was given back waits again, and says who had it and who gave it back", () => {
  const row = rowAfter(said("alarmRaised", "s"), taken(), released());
  assert.equal([row.stage, row.owner, row.takenAtMs], ["delivered", undefined, undefined]);
  assert.is(row.waitsSinceMs, 4000);
  assert.equal(row.earlier, [
    { act: "take", atMs: 2000, operator },
    { act: "release", atMs: 4000, operator },
  ]);
  assert.is(row.notes[0].text, "换班");
});

test("an alarm that was closed and opened again keeps its close as an earlier act", () => {
  const row = rowAfter(said("alarmRaised", "s"), taken(), closed(), reopened());
  assert.equal([row.stage, row.outcome, row.closedAtMs], ["delivered", undefined, undefined]);
  assert.equal(
    row.earlier?.map(({ act, atMs, operator, outcome }) => [act, atMs, operator, outcome]),
    [
      ["take", 2000, operator, undefined],
      ["close", 3000, operator, "accidental"],
      ["reopen", 5000, "李明", undefined],
    ],
  );
});

test("only its owner gives an alarm back, and nobody one that is not taken", () => {
  const open = rowAfter(said("alarmRaised", "s"));
  const own = rowAfter(said("alarmRaised", "s"), taken());
  const over = rowAfter(said("alarmRaised", "s"), taken(), closed());
  const release = { kind: "release", alarm: ALARM, operator } as const;
  const other = { ...release, operator: "李明" };
  assert.equal(judgeAct(undefined, release, SOON), { refused: "unknown-alarm" });
  assert.equal(judgeAct(open, release, SOON), { refused: "not-taken" });
  assert.equal(judgeAct(own, other, SOON), { refused: "not-owner", owner: operator });
  assert.equal(judgeAct(over, release, SOON), { refused: "already-closed", owner: operator });
  assert.ok("kind" in judgeAct(own, release, SOON));
});

test("a close is taken back within an hour, while the pager has the alarm in hand", () => {
  const own = rowAfter(said("alarmRaised", "s"), taken());
  const over = rowAfter(said("alarmRaised", "s"), taken(), closed());
  const reopen = { kind: "reopen", alarm: ALARM, operator: "李明" } as const;
  const last = { ...SOON, atMs: 3000 + REOPEN_MS_MAX };
  assert.equal(judgeAct(undefined, reopen, SOON), { refused: "unknown-alarm" });
  assert.equal(judgeAct(own, reopen, SOON), { refused: "not-closed", owner: operator });
  assert.ok("kind" in judgeAct(over, reopen, last));
  const late = { ...last, atMs: last.atMs + 1 };
  assert.equal(judgeAct(over, reopen, late), { refused: "closed-too-long" });
  const gone = { ...SOON, isSuperseded: () => true };
  assert.equal(judgeAct(over, reopen, gone), { refused: "superseded" });
});

const toldOf = (word: Word, again?: Stage): Event =>
  at({
    kind: "wordObeyed",
    pager: PAGER,
    kid: "a1b2c3",
    piv: 1,
    word,
    number: 512,
    alarm: ALARM,
    again,
  });

test("a take behind a reopening waits until the pager has opened the alarm again", () => {
  const first = reduceWord(undefined, reopened()) as WordRow;
  assert.is(first.word, "reopened");
  const second = reduceWord(first, taken()) as WordRow;
  assert.equal([second.word, second.thenTaken], ["reopened", true]);
  assert.is(reduceWord(second, toldOf("closed")), second);
  const third = reduceWord(second, toldOf("reopened")) as WordRow;
  assert.equal([third.word, third.thenTaken], ["taken", undefined]);
  assert.is(reduceWord(third, toldOf("taken")), undefined);
  // Given back before the pager knew of anything: it still must open first.
  assert.equal(reduceWord(second, released())?.thenTaken, undefined);
  assert.is(reduceWord(second, released())?.word, "reopened");
  assert.is(reduceWord(second, closed())?.word, "closed");
});

test("a pager that was told of another stage is led to the alarm's own", () => {
  const words: [Word, Stage, Word, true | undefined][] = [
    ["taken", "delivered", "released", undefined],
    ["closed", "delivered", "reopened", undefined],
    ["released", "taken", "taken", undefined],
    ["closed", "taken", "reopened", true],
    ["reopened", "closed", "closed", undefined],
  ];
  for (const [told, stage, word, thenTaken] of words) {
    const row = reduceWord(undefined, toldOf(told, stage));
    assert.equal([row?.word, row?.thenTaken], [word, thenTaken], `${told}, ${stage}`);
  }
  const waits = reduceWord(undefined, taken());
  assert.is(reduceWord(waits, toldOf("released", "taken")), waits, "what waits says so already");
});

test("the queue: open before closed, then priority, then age", () => {
  const base = rowAfter(said("alarmRaised", "s"));
  const rows: AlarmRow[] = [
    { ...base, id: "closed", stage: "closed", raisedAtMs: 1 },
    { ...base, id: "young", raisedAtMs: 30 },
    { ...base, id: "low", priority: 2, raisedAtMs: 5 },
    { ...base, id: "old", stage: "taken", raisedAtMs: 10 },
  ];
  assert.equal(
    rows.sort(compareAlarms).map((row) => row.id),
    ["old", "young", "low", "closed"],
  );
});

test("the outcomes are those of the desk's closed list", () => {
  assert.equal(
    [...OUTCOMES],
    ["real", "ambulance", "visited", "accidental", "test", "social", "fault"],
  );
});

test.run();
