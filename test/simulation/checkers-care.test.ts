// The checkers of zones left, stillness and falls, and of the causes of such calls.
// Each rule is shown red by the fewest events that break it, and green by its good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  FALL_GRACE_S_KEY,
  STILL_S_KEY,
  UTC_OFFSET_MIN_KEY,
  ZONE_DWELL_S_KEY,
  ZONE_S_KEY,
} from "../../protocol/settings.ts";
import { fallIsRaised } from "../../tools/simulator/storm/checkers/fall-is-raised.ts";
import { noAlarmWithoutCause } from "../../tools/simulator/storm/checkers/no-alarm-without-cause.ts";
import { stillnessIsRaised } from "../../tools/simulator/storm/checkers/stillness-is-raised.ts";
import { outsideM, zoneOf } from "../../tools/simulator/storm/checkers/zone-ground.ts";
import { zoneLeftIsRaised } from "../../tools/simulator/storm/checkers/zone-left-is-raised.ts";
import {
  ALARM,
  charger,
  fault,
  greenOf,
  ground,
  KID,
  key,
  log,
  motion,
  off,
  on,
  PAGER,
  radio,
  redOf,
  settings,
  stored,
  verdictOf,
  write,
} from "./given-events.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ZONE = "0,0,200";
const LOOK = { [ZONE_S_KEY]: 60, [ZONE_DWELL_S_KEY]: 60 };

const began = [on(0), settings(0, LOOK, [ZONE]), radio(10, "ready")];
const seenInside = [...began, ground(20, 0), ground(10 * MINUTE_MS, 10)];
const left = [...seenInside, ground(11 * MINUTE_MS, 600)];
const late = ground(40 * MINUTE_MS, 600);

const raisedBy = (letter: "Z" | "N" | "F", zone?: number) =>
  stored(0, {
    kind: "alarmRaised",
    pager: PAGER,
    kid: KID,
    piv: 8,
    alarm: ALARM,
    number: 7,
    letter,
    standing: "active",
    report: { zone },
  });

test("how far outside a zone a place is, its checker counts by itself", () => {
  const at = (north: number, east: number) => ({
    latitude: Math.round((north * 1e7) / 111320),
    longitude: Math.round((east * 1e7) / 111320),
  });
  const far = (text: string, north: number, east: number) => {
    const zone = zoneOf(text);
    return zone === undefined ? Number.NaN : Math.round(outsideM(zone, at(north, east)));
  };
  assert.is(zoneOf(""), undefined);
  assert.is(far(ZONE, 300, 0), 100);
  assert.is(far(ZONE, 0, -150), -50);
  const square = "0,0 0,0.01 0.01,0.01 0.01,0";
  assert.is(far(square, 500, 500), -500);
  assert.is(far(square, -100, 500), 100);
  assert.is(far(square, -30, -40), 50);
  const [north, east] = [0, 179.9995 * 111320];
  assert.is(far("0,-179.999,100", north, east), 67, "the short way round");
});

test("who leaves a zone is called for, where satellites were to be seen all the while", () => {
  redOf(zoneLeftIsRaised, [...left, late]);
  const raised = log(16 * MINUTE_MS, "raised Z");
  assert.is(greenOf(zoneLeftIsRaised, [...left, raised, late]), 1);
  const beside = log(16 * MINUTE_MS, "raised Z beside what is in hand");
  assert.is(greenOf(zoneLeftIsRaised, [...left, beside, late]), 1);
});

test("no zone is demanded that nobody was seen in, or where fixes were not to be had", () => {
  greenOf(zoneLeftIsRaised, [...began, ground(20, 0), ground(MINUTE_MS, 600), late]);
  for (const amiss of [
    ground(12 * MINUTE_MS, 600, false),
    radio(12 * MINUTE_MS, "searching"),
    off(12 * MINUTE_MS),
    settings(12 * MINUTE_MS, LOOK, [""]),
    settings(12 * MINUTE_MS, LOOK, ["0,0,201"]),
    ground(15 * MINUTE_MS, 0),
  ]) {
    greenOf(zoneLeftIsRaised, [...left, amiss, ground(40 * MINUTE_MS, 600, false)]);
  }
  const misses = Array.from({ length: 10 }, (_, at) =>
    fault((12 + 3 * at) * MINUTE_MS, "modem fixLate"),
  );
  greenOf(zoneLeftIsRaised, [...left, ...misses, late]);
});

test("a zone is called for only where its wearer was truly out of it for the dwell", () => {
  const line = (atMs: number) => log(atMs, "raised Z");
  assert.is(greenOf(noAlarmWithoutCause, [...left, line(13 * MINUTE_MS), raisedBy("Z", 1)]), 2);
  redOf(noAlarmWithoutCause, [...left, line(11.5 * MINUTE_MS)]);
  redOf(noAlarmWithoutCause, [...seenInside, line(11 * MINUTE_MS)]);
  redOf(noAlarmWithoutCause, [...left, line(13 * MINUTE_MS), raisedBy("Z", 2)]);
  redOf(noAlarmWithoutCause, [...left, raisedBy("Z", 1)]);
  const jumps = [fault(8 * MINUTE_MS, "fixJump"), fault(10 * MINUTE_MS, "fixJump")];
  const lied = [...began, ground(20, 0), ...jumps, line(10 * MINUTE_MS + 1)];
  assert.is(verdictOf(noAlarmWithoutCause, lied).excused.length, 1);
});

const STILL = { [STILL_S_KEY]: 3600, [UTC_OFFSET_MIN_KEY]: 0 };
/** From nine in the morning on. */
const still = [on(0), settings(0, STILL), radio(10, "ready"), motion(9 * HOUR_MS, 1)];
const noon = ground(12 * HOUR_MS, 0);

test("who doesn't move by day is called for", () => {
  redOf(stillnessIsRaised, [...still, noon]);
  assert.is(greenOf(stillnessIsRaised, [...still, log(10 * HOUR_MS + 1, "raised N"), noon]), 1);
});

test("stillness is not demanded by night, on the charger, under a hand, or of a wrong clock", () => {
  const began = [on(19.4 * HOUR_MS), settings(19.4 * HOUR_MS, STILL)];
  const evening = [...began, motion(19.5 * HOUR_MS, 1), ground(26 * HOUR_MS, 0)];
  greenOf(stillnessIsRaised, evening);
  for (const before of [
    charger(9.1 * HOUR_MS, true),
    key(9.1 * HOUR_MS, true),
    off(9.1 * HOUR_MS),
    settings(9.1 * HOUR_MS, {}),
    fault(9.1 * HOUR_MS, "networkTimeWrong"),
  ]) {
    greenOf(stillnessIsRaised, [...still, before, noon]);
  }
  greenOf(stillnessIsRaised, [...still, motion(9.9 * HOUR_MS, 1), motion(10.8 * HOUR_MS, 1)]);
});

test("no movement is called for only behind true stillness, by day and off the charger", () => {
  const line = (atMs: number) => log(atMs, "raised N");
  greenOf(noAlarmWithoutCause, [...still, line(10 * HOUR_MS)]);
  redOf(noAlarmWithoutCause, [...still, motion(9.5 * HOUR_MS, 1), line(10 * HOUR_MS)]);
  const charged = [charger(9.1 * HOUR_MS, true), charger(9.8 * HOUR_MS, false)];
  redOf(noAlarmWithoutCause, [...still, ...charged, line(10 * HOUR_MS)]);
  redOf(noAlarmWithoutCause, [...still, line(22 * HOUR_MS)]);
  const wrong = [...still, fault(10 * HOUR_MS, "networkTimeWrong"), line(22 * HOUR_MS)];
  assert.is(verdictOf(noAlarmWithoutCause, wrong).excused.length, 1);
});

const GRACE = { [FALL_GRACE_S_KEY]: 20 };
const fell = [on(0), settings(0, GRACE), motion(10_000, 3), write(10_000, "good")];
const minute = ground(60_000, 0);

test("a fall that nobody takes back is called for behind its grace", () => {
  redOf(fallIsRaised, [...fell, minute]);
  assert.is(greenOf(fallIsRaised, [...fell, log(30_000, "raised F"), minute]), 1);
  greenOf(fallIsRaised, [...fell, key(15_000, true), key(15_200, false), minute]);
  greenOf(fallIsRaised, [on(0), settings(0, {}), motion(10_000, 3), minute]);
});

test("a fall in whose grace power goes is called for at the next start, where it was on flash", () => {
  const again = [off(20_000), on(40_000), settings(40_000, GRACE)];
  redOf(fallIsRaised, [...fell, ...again, minute]);
  assert.is(greenOf(fallIsRaised, [...fell, ...again, log(40_100, "raised F"), minute]), 1);
  greenOf(fallIsRaised, [...fell.slice(0, 3), ...again, minute]);
});

test("a fall is called for only where one was felt and not taken back", () => {
  greenOf(noAlarmWithoutCause, [...fell, log(30_000, "raised F"), raisedBy("F")]);
  redOf(noAlarmWithoutCause, [on(0), settings(0, GRACE), log(30_000, "raised F")]);
  const click = [key(15_000, true), key(15_200, false)];
  redOf(noAlarmWithoutCause, [...fell, ...click, log(30_000, "raised F")]);
});

test.run();
