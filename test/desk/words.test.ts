// Spans, clock times, positions and distances as the operator reads them.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  cellWords,
  coordinateWords,
  distanceWords,
  placeWords,
  roundStepM,
} from "../../tools/desk/words/position-text.ts";
import { agoWords, clockText, counterText, spanWords } from "../../tools/desk/words/span-text.ts";
import { texts } from "../../tools/desk/words/texts.ts";
import { join, say, type Words } from "../../tools/desk/words/words.ts";

const DAY_MS = 86_400_000;

for (const [spanMs, text] of [
  [-2000, "0:00"],
  [0, "0:00"],
  [7999, "0:07"],
  [60_000, "1:00"],
  [3_599_999, "59:59"],
  [3_600_000, "1:00:00"],
  [7_509_000, "2:05:09"],
] as const) {
  test(`a counter of ${spanMs} ms reads ${text}`, () => assert.is(counterText(spanMs), text));
}

for (const [spanMs, zh, en] of [
  [12_000, "12 秒", "12 s"],
  [61_000, "1 分钟", "1 min"],
  [2 * DAY_MS - 1, "47 小时", "47 h"],
  [2 * DAY_MS, "2 天", "2 days"],
] as const) {
  test(`a span of ${spanMs} ms reads ${en}`, () => assert.equal(spanWords(spanMs), { zh, en }));
}

test("what is some seconds old, or in the future by clock skew, is just now", () => {
  assert.equal(agoWords(4999), texts.units.now);
  assert.equal(agoWords(-60_000), texts.units.now);
  assert.equal(agoWords(90_000), { zh: "1 分钟前", en: "1 min ago" });
});

test("a clock time of another day carries its date", () => {
  const atMs = new Date(2026, 2, 1, 9, 5, 7).getTime();
  assert.is(clockText(atMs, atMs + 1000), "09:05:07");
  assert.is(clockText(atMs, atMs + 2 * DAY_MS), "03-01 09:05:07");
});

test("a row says source and uncertainty, and says when there is no position", () => {
  const position = { latitude: 1, longitude: 2, source: "cells" as const, uncertaintyM: 2500 };
  assert.equal(placeWords(position), { zh: "基站定位 ±2.5 公里", en: "Cell towers ±2.5 km" });
  assert.equal(placeWords({ ...position, uncertaintyM: undefined }), texts.position.cells);
  assert.equal(placeWords(undefined), texts.position.none);
});

test("a cell is named as its network's staff know it, of GSM with its area", () => {
  const cell = { radio: "lteM", mcc: "460", mnc: "00", id: 43_679_220, atMs: 5 } as const;
  assert.equal(cellWords(cell), {
    zh: "460-00, 43679220, LTE-M",
    en: "460-00, 43679220, LTE-M",
  });
  const gsm = { radio: "gsm", mcc: "310", mnc: "004", area: 22_096, id: 32_244 } as const;
  assert.equal(cellWords(gsm), {
    zh: "310-004, 位置区 22096, 32244, GSM",
    en: "310-004, area 22096, 32244, GSM",
  });
});

test("latitude and longitude name their hemispheres", () => {
  assert.is(
    coordinateWords({ latitude: 36.65, longitude: -117.1 }).en,
    "36.65000° N, 117.10000° W",
  );
  assert.is(coordinateWords({ latitude: -0.5, longitude: 0 }).zh, "南纬 0.50000°，东经 0.00000°");
});

test("distances turn to kilometres at a thousand metres", () => {
  assert.equal(
    [999, 1000, 9949, 10_400].map((m) => distanceWords(m).en),
    ["999 m", "1.0 km", "9.9 km", "10 km"],
  );
});

test("grid steps are 1, 2 or 5 times a power of ten", () => {
  assert.equal([0, 1, 4.9, 5, 19, 20, 730].map(roundStepM), [1, 1, 2, 5, 10, 20, 500]);
});

test("one line carries Chinese first and a text that is the same only once", () => {
  assert.is(say({ zh: "接警", en: "Take" }, "both"), "接警 Take");
  assert.is(say({ zh: "接警", en: "Take" }, "en"), "Take");
  assert.is(say({ zh: "P-000001", en: "P-000001" }, "both"), "P-000001");
  assert.equal(join([texts.acts.take, texts.acts.note], " · ").en, "Take · Note");
});

/** Every text of the table; functions are called with a sample. */
function everyText(value: unknown, path: string): Array<{ path: string; words: Words }> {
  if (typeof value === "function") return everyText(value(texts.units.now, 2), `${path}()`);
  if (typeof value !== "object" || value === null) return [];
  if ("zh" in value && "en" in value && typeof value.zh === "string") {
    return [{ path, words: value as Words }];
  }
  return Object.entries(value).flatMap(([key, one]) => everyText(one, `${path}.${key}`));
}

test("every text stands in both languages, each in its own script", () => {
  const { languages, ...both } = texts;
  const all = everyText(both, "texts");
  assert.ok(all.length > 150, `only ${all.length} texts were found`);
  for (const { path, words } of all) {
    assert.ok(words.zh !== "" && words.en !== "", `${path} is empty in one language`);
    assert.not.match(words.en, /\p{Script=Han}/u, `${path}: English holds Chinese: ${words.en}`);
    const isSymbol = words.zh === words.en || /^±/.test(words.zh);
    assert.ok(isSymbol || /\p{Script=Han}/u.test(words.zh), `${path}: no Chinese: ${words.zh}`);
  }
});

test.run();
