// `onekey day` as a process: the story as golden text, and the facts that it must tell.
// Asserts nothing about wording beyond the golden text.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import type { Line, Saying } from "../../tools/simulator/day/story.ts";
import { matchGoldenFile } from "../golden.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 60_000;

const runs = new Map<string, { code: number | null; out: string; err: string }>();

/** The same words give the same day: each is run once. */
function onekey(...words: string[]) {
  const run = runs.get(words.join(" ")) ?? start(words);
  runs.set(words.join(" "), run);
  return run;
}

function start(words: string[]) {
  const run = spawnSync(process.execPath, ["--import", "tsx", MAIN, "day", ...words], {
    encoding: "utf8",
    timeout: LIMIT_MS,
    maxBuffer: 1 << 26,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

interface Told {
  lines: (Line & { time: string; en: string; zh: string })[];
  alarms: AlarmRow[];
}

const told = () => JSON.parse(onekey("--json").out) as Told;

/** Sayings of one kind, in the order of the story. */
function saidOf<What extends Saying["what"]>(what: What) {
  return told().lines.flatMap(({ saying, time }) =>
    saying.what === what ? [{ ...(saying as Extract<Saying, { what: What }>), time }] : [],
  );
}

const cuesBetween = (from: string, to: string) =>
  saidOf("cue")
    .filter(({ time }) => time >= from && time <= to)
    .map(({ cue }) => cue);

test("the day reads as a story: this one", () => {
  const { code, out, err } = onekey();
  assert.is(code, 0, err);
  matchGoldenFile(new URL("./day.txt", import.meta.url), out);
});

test("one hold makes exactly one alarm; it is stored, taken by Li, told and closed in this order", () => {
  assert.equal(
    told().alarms.map(({ kind, stage, owner, told }) => [kind, stage, owner, told]),
    [
      ["sos", "closed", "Li", "closed"],
      ["leftZone", "closed", "Li", "closed"],
    ],
  );
  const { number } = told().alarms[0];
  const stages = told().lines.flatMap(({ saying, time }) => {
    if ("number" in saying && saying.number === number) return [saying.what];
    return saying.what === "told" && time > "16:00" ? [`told ${saying.word}`] : [];
  });
  const inOrder = ["raised", "alarmStored", "taken", "told taken", "closed", "told closed"];
  assert.equal(stages, inOrder);
});

test("in the lift the wearer is told each state of her alarm, and none before its fact", () => {
  assert.equal(cuesBetween("16:00", "18:00"), [
    "tick",
    "raised",
    "sending",
    "noNetwork",
    "noNetwork",
    "delivered",
    "taken",
    "closed",
  ]);
  const stored = saidOf("alarmStored")[1];
  const delivered = saidOf("cue").filter(({ cue }) => cue === "delivered")[1];
  assert.is(stored.carrier, "sms");
  assert.ok(stored.time <= delivered.time);
  assert.equal(
    saidOf("text").map(({ to }) => to),
    ["platform", "contact", "platform"],
  );
});

test("the click is stored before its cue, and the zone is told once when left", () => {
  assert.equal(
    saidOf("checkIn").map(({ report }) => report.batteryPercent),
    [95],
  );
  assert.equal(cuesBetween("08:00", "08:59"), ["tick", "checkinDelivered"]);
  assert.equal(
    saidOf("raised").map(({ letter }) => letter),
    ["Z", "s"],
  );
  assert.is(saidOf("zoneAgain").length, 1);
});

test("without coverage a track point waits and the lost link is told, once by day", () => {
  assert.is(saidOf("latePoint").length, 1);
  assert.equal(cuesBetween("09:22", "12:00"), ["linkLost"]);
});

test("an hour's nap raises nothing, the low battery is told by day, and the night is beats only", () => {
  assert.equal(cuesBetween("13:00", "15:59"), []);
  assert.equal(cuesBetween("18:30", "20:00"), ["batteryLow"]);
  const bed = told().lines.findIndex(({ saying }) => saying.what === "act" && saying.act === "bed");
  assert.equal(
    told()
      .lines.slice(bed)
      .map(({ saying }) => saying.what),
    ["act", "beats", "act"],
  );
});

test("another seed is another world with the same story", () => {
  const other = JSON.parse(onekey("--json", "--seed", "2").out) as Told;
  assert.equal(
    other.alarms.map(({ kind, stage, told }) => [kind, stage, told]),
    told().alarms.map(({ kind, stage, told }) => [kind, stage, told]),
  );
  assert.is.not(JSON.stringify(other), JSON.stringify(told()));
});

test("the story is told in Chinese too, and raw with the alarm's number before each row of the log", () => {
  const chinese = onekey("--lang", "zh").out;
  assert.match(chinese, "电梯里呼救");
  const english = onekey()
    .out.split("\n")
    .filter((line) => /^\d\d:/.test(line)).length;
  assert.is(chinese.split("\n").filter((line) => /^\d\d:/.test(line)).length, english);
  const { number } = told().alarms[0];
  const raw = onekey("--raw").out;
  assert.match(raw, `P-000001 log      ${number} raised`);
  assert.not.match(raw, / violation /, "the driver obeys the modem's manual all day");
});

test("a seed that is none is refused in a sentence", () => {
  const { code, err } = onekey("--seed", "x");
  assert.is(code, 1);
  assert.match(err, /--seed takes a whole number/);
});

test.run();
