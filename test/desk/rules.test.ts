// What the desk says of pagers, persons and positions: work for technicians, history, datum, sound.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTileAddress, parseKept, parseTiles } from "../../tools/desk/kept.ts";
import { toGcj02 } from "../../tools/desk/map/datum.ts";
import { newestFirst } from "../../tools/desk/rules/newest.ts";
import { comparePagers, SILENT_MS, troublesOf } from "../../tools/desk/rules/pager-work.ts";
import { mayReopen, untakenMs } from "../../tools/desk/rules/queue.ts";
import { connectionDown, patternOf } from "../../tools/desk/sound/alarm-sound.ts";
import { historyOf, positionAgeMs, wearerKnows } from "../../tools/desk/words/history.ts";
import { texts } from "../../tools/desk/words/texts.ts";
import { alarmRow, pagerRow, START_MS } from "./rows.ts";

test("a pager is silent after two missed beats, and never heard is told apart from silent", () => {
  assert.equal(troublesOf(pagerRow(), START_MS + SILENT_MS - 1), []);
  assert.equal(troublesOf(pagerRow(), START_MS + SILENT_MS), ["silent"]);
  assert.equal(troublesOf(pagerRow({ heardAtMs: undefined }), START_MS), ["neverHeard"]);
  assert.equal(
    troublesOf(pagerRow({ standing: "neverActivated", heardAtMs: undefined }), START_MS),
    ["neverActivated"],
  );
});

test("one pager can have several troubles, and a battery on the charger is none", () => {
  const pager = pagerRow({ batteryPercent: 8, signalDbm: -120 });
  assert.equal(troublesOf(pager, START_MS), ["batteryEmpty", "signalWeak"]);
  assert.equal(troublesOf({ ...pager, charging: true }, START_MS), ["signalWeak"]);
});

test("a part that failed its self-test is work for a technician, and none that failed is none", () => {
  const pager = pagerRow({ failedParts: ["gnss"], heardAtMs: START_MS });
  assert.equal(troublesOf(pager, START_MS), ["partFailed"]);
  assert.equal(troublesOf({ ...pager, failedParts: [] }, START_MS), []);
});

test("pagers that need work stand first, the silent one on top", () => {
  const list = [
    pagerRow({ id: "P-1" }),
    pagerRow({ id: "P-2", batteryPercent: 15 }),
    pagerRow({ id: "P-3", heardAtMs: START_MS - SILENT_MS }),
  ];
  const sorted = list.sort(comparePagers(START_MS)).map((pager) => pager.id);
  assert.equal(sorted, ["P-3", "P-2", "P-1"]);
});

test("the history holds every dated fact, newest first", () => {
  const row = alarmRow({
    stage: "closed",
    positions: [{ latitude: 1, longitude: 1, source: "satellites", atMs: START_MS }],
    takenAtMs: START_MS + 9000,
    owner: "王芳",
    notes: [{ atMs: START_MS + 20_000, operator: "王芳", text: "电话已接通" }],
    closedAtMs: START_MS + 60_000,
    closedBy: "李强",
    outcome: "accidental",
    told: "closed",
    toldAtMs: START_MS + 61_000,
  });
  const h = texts.history;
  assert.equal(
    historyOf(row).map(({ what }) => what),
    [
      h.told(texts.told.closed),
      h.closed("李强", texts.outcomes.accidental),
      h.note("王芳"),
      h.taken("王芳"),
      h.position,
      h.delivered,
    ],
  );
});

test("the wearer is never said to know more than the pager has reported", () => {
  const a = texts.alarm;
  assert.equal(wearerKnows(alarmRow()), a.wearerDelivered);
  assert.equal(wearerKnows(alarmRow({ stage: "taken" })), a.wearerTakenSent);
  assert.equal(wearerKnows(alarmRow({ stage: "taken", told: "taken" })), a.wearerTaken);
  assert.equal(wearerKnows(alarmRow({ stage: "closed", told: "taken" })), a.wearerClosedSent);
  assert.equal(wearerKnows(alarmRow({ stage: "closed", told: "closed" })), a.wearerClosed);
});

test("the wearer of an alarm that was given back knows of it only when the pager has reported", () => {
  const a = texts.alarm;
  const earlier = [{ act: "release", atMs: START_MS, operator: "王芳" }] as const;
  const back = alarmRow({ earlier: [...earlier], told: "taken" });
  assert.equal(wearerKnows(back), a.wearerWaitsSent);
  assert.equal(wearerKnows({ ...back, told: "released" }), a.wearerWaits);
  assert.equal(wearerKnows({ ...back, told: "reopened" }), a.wearerWaits);
});

test("the history shows the acts of before, and the wait counts from when it was given back", () => {
  const row = alarmRow({
    earlier: [
      { act: "take", atMs: START_MS + 1000, operator: "王芳" },
      { act: "release", atMs: START_MS + 2000, operator: "王芳" },
    ],
    waitsSinceMs: START_MS + 2000,
  });
  const h = texts.history;
  assert.equal(
    historyOf(row).map(({ what }) => what),
    [h.released("王芳"), h.taken("王芳"), h.delivered],
  );
  assert.is(untakenMs(row, START_MS + 5000), 3000);
});

test("a close can be taken back for an hour", () => {
  const closed = alarmRow({ stage: "closed", closedAtMs: START_MS });
  assert.ok(mayReopen(closed, START_MS + 3600_000));
  assert.not(mayReopen(closed, START_MS + 3600_001));
  assert.not(mayReopen(alarmRow(), START_MS));
});

test("a position ages by what passed since it was sent, and an unknown age stays unknown", () => {
  const position = { latitude: 1, longitude: 1, source: "satellites" as const, atMs: START_MS };
  assert.is(positionAgeMs({ ...position, ageS: 30 }, START_MS + 5000), 35_000);
  assert.is(positionAgeMs(position, START_MS + 5000), undefined);
});

test("GCJ-02 shifts a point in China as published, and leaves one elsewhere where it is", () => {
  const shifted = toGcj02({ latitude: 39.915, longitude: 116.404 });
  assert.ok(Math.abs(shifted.latitude - 39.91640428150164) < 1e-9, `${shifted.latitude}`);
  assert.ok(Math.abs(shifted.longitude - 116.41024449916938) < 1e-9, `${shifted.longitude}`);
  const berlin = { latitude: 52.52, longitude: 13.4 };
  assert.equal(toGcj02(berlin), berlin);
});

test("kept settings that nobody understands count as none", () => {
  const none = { operator: "", language: "both", tiles: undefined };
  assert.equal(parseKept(null), none);
  assert.equal(parseKept("{oops"), none);
  assert.equal(parseKept("null"), none);
  assert.equal(
    parseKept('{"operator":7,"language":"fr","tiles":{"address":"javascript:1"}}'),
    none,
  );
});

test("a tile address is HTTP and holds zoom, column and row", () => {
  assert.ok(isTileAddress("https://tiles.example/{z}/{x}/{y}.png"));
  assert.not(isTileAddress("https://tiles.example/{z}/{x}.png"));
  assert.not(isTileAddress("data:{z}{x}{y}"));
  assert.is(parseTiles({ tiles: { address: "/{z}/{x}/{y}" } }), undefined);
  assert.is(parseTiles(undefined), undefined);
});

test("each priority sounds unlike the others, and a higher one never rarer", () => {
  const shapes = [1, 2, 3].map((rank) => patternOf(rank));
  const told = [...shapes, connectionDown].map((one) => one.tones.map((tone) => tone.hz).join());
  assert.is(new Set(told).size, told.length);
  assert.ok(shapes[0].everyMs < shapes[1].everyMs && shapes[1].everyMs < shapes[2].everyMs);
  for (const { tones, everyMs } of [...shapes, connectionDown]) {
    const last = tones[tones.length - 1];
    assert.ok(last.atMs + last.lengthMs < everyMs, "a pattern ends before it starts again");
  }
});

const FIX = { latitude: 1, longitude: 2, source: "satellites" } as const;
const CELL_PLACE = { latitude: 3, longitude: 4, source: "cells", ageS: 0 } as const;

test("the place of a cell is newer than an old fix, however often that is said, and older than a fresh one", () => {
  const list = [
    { ...FIX, ageS: 3600, atMs: 10_000 },
    { ...CELL_PLACE, atMs: 20_000 },
    { ...FIX, ageS: 3610, atMs: 30_000 },
  ];
  assert.equal(newestFirst(list), [list[1], list[2], list[0]]);
  const fresh = { ...FIX, ageS: 0, atMs: 40_000 };
  assert.is(newestFirst([...list, fresh])[0], fresh);
  const late = { ...CELL_PLACE, ageS: 30, atMs: 50_000 };
  assert.equal(newestFirst([...list, fresh, late]).slice(0, 2), [fresh, late]);
});

test("a fix of unknown age is older than a cell, and no position is lost by the order [R-18]", () => {
  const list = [
    { ...CELL_PLACE, atMs: 2000 },
    { ...FIX, atMs: 3000 },
    { ...FIX, ageS: 0, atMs: 1500 },
  ];
  assert.equal(newestFirst(list), [list[0], list[2], list[1]]);
  assert.equal(newestFirst([]), []);
});

test.run();
