// The checkers of the key: a hold becomes one alarm, and nothing becomes one without a hold.
// Each is shown red by the fewest events that break its rule, and green by their good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { heldBecomesAlarm } from "../../tools/simulator/storm/checkers/held-becomes-alarm.ts";
import { noAlarmWithoutCause } from "../../tools/simulator/storm/checkers/no-alarm-without-cause.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import {
  ALARM,
  cue,
  greenOf,
  hold,
  key,
  log,
  off,
  on,
  PAGER,
  redOf,
  stored,
  storedCheckIn,
  storedReport,
  verdictOf,
  write,
} from "./given-events.ts";

const later = log(60_000, "radio ready", "");

test("a hold without a word is broken, one that was raised in time is good", () => {
  assert.match(
    redOf(heldBecomesAlarm, [on(0), key(1000, true), key(4200, false), later]),
    /became no alarm/,
  );
  assert.is(greenOf(heldBecomesAlarm, [on(0), ...hold(1000, 3200), later]), 1);
});

test("a pager that lost both slots to storage that refused is excused, and no other is", () => {
  const held = [key(9000, true), key(12_200, false), later];
  const spent = [on(5000), log(5000, "slot 1 dropped for good", ""), ...held];
  const { excused, broken } = verdictOf(heldBecomesAlarm, [write(0, "failed"), off(1), ...spent]);
  assert.equal([excused.length, broken], [1, []]);
  redOf(heldBecomesAlarm, [write(0, "good"), off(1), ...spent]);
  redOf(heldBecomesAlarm, [write(0, "failed"), off(1), on(5000), ...held]);
});

test("a word that comes after 3.4 s is too late", () => {
  const held = [on(0), key(1000, true)];
  redOf(heldBecomesAlarm, [...held, log(4401, "raised"), later]);
  greenOf(heldBecomesAlarm, [...held, log(4400, "raised"), later]);
});

test("a hold that is let go before 3.15 s need not become an alarm", () => {
  greenOf(heldBecomesAlarm, [on(0), key(1000, true), key(4149, false), later]);
  redOf(heldBecomesAlarm, [on(0), key(1000, true), key(4150, false), later]);
});

test("a key that is down at boot counts from boot", () => {
  redOf(heldBecomesAlarm, [key(0, true), on(5000, true), later]);
  greenOf(heldBecomesAlarm, [key(0, true), on(5000, true), log(8000, "raised"), later]);
});

test("a press while the pager is off is no case, and neither is one that power cuts short", () => {
  greenOf(heldBecomesAlarm, [on(0), off(500), key(1000, true), key(9000, false), later]);
  greenOf(heldBecomesAlarm, [on(0), key(1000, true), off(4350), later]);
  redOf(heldBecomesAlarm, [on(0), key(1000, true), off(4500), later]);
});

test("edges closer than 30 ms are one level, and the final one wins", () => {
  const bouncing = [on(0), key(1000, true), key(1010, false), key(1020, true)];
  redOf(heldBecomesAlarm, [...bouncing, later]);
  greenOf(heldBecomesAlarm, [...bouncing, log(4420, "raised"), later]);
  const released = [on(0), key(1000, true), key(2500, false), key(2530, true), key(5000, false)];
  greenOf(heldBecomesAlarm, [...released, later]);
  const noted = [on(0), key(1000, true), key(2500, false), key(2529, true), key(5000, false)];
  redOf(heldBecomesAlarm, [...noted, later]);
  const ended = [on(0), key(1000, true), key(1010, false), later, key(61_000, false)];
  greenOf(heldBecomesAlarm, ended);
});

test("slow storage gives 2.5 s each, also what it has left from before the press", () => {
  const held = [on(0), key(1000, true), write(1500, "slow"), key(5000, false)];
  greenOf(heldBecomesAlarm, [...held, log(6900, "raised"), later]);
  redOf(heldBecomesAlarm, [...held, log(6901, "raised"), later]);
  const behind = [on(0), write(1000, "slow"), write(1000, "slow"), key(5000, true)];
  greenOf(heldBecomesAlarm, [...behind, log(9300, "raised"), later]);
});

test("a hold of a minute counts once", () => {
  const minute = [on(0), key(1000, true), log(4000, "raised"), log(7000, "held again")];
  assert.match(redOf(heldBecomesAlarm, [...minute, key(61_000, false)]), /counted twice/);
  greenOf(heldBecomesAlarm, [on(0), ...hold(1000, 60_000), later]);
});

test("a hold while an alarm is open is held again, and one with none open is raised", () => {
  const first = [on(0), ...hold(1000, 3200)];
  assert.is(greenOf(heldBecomesAlarm, [...first, ...hold(9000, 3200, "held again"), later]), 2);
  assert.match(redOf(heldBecomesAlarm, [...first, ...hold(9000, 3200), later]), /open/);
  const closed = [...first, log(8000, "closed")];
  greenOf(heldBecomesAlarm, [...closed, ...hold(9000, 3200), later]);
  redOf(heldBecomesAlarm, [...closed, ...hold(9000, 3200, "held again"), later]);
});

test("a resumed alarm is open, and a pager that resumes none has none", () => {
  const again = [on(0), ...hold(1000, 3200), off(5000), on(6000)];
  greenOf(heldBecomesAlarm, [
    ...again,
    log(6000, "resumed, sending"),
    ...hold(7000, 3200, "held again"),
  ]);
  redOf(heldBecomesAlarm, [...again, ...hold(7000, 3200, "held again")]);
  // What a platform that has forgotten it hears of it is not what it was raised as.
  const told = storedReport(6500, "alarmRaised");
  assert.ok(told.kind === "stored" && told.event.kind === "alarmRaised");
  const asked: WorldEvent = { ...told, event: { ...told.event, letter: "r" } };
  const named = [asked, off(6600), on(6700), log(6700, "resumed, sending")];
  greenOf(heldBecomesAlarm, [...again, ...named, ...hold(7000, 3200, "held again")]);
});

test("of two holds within seconds each has its own line, however late they come", () => {
  const first = [on(0), key(1000, true), write(3900, "slow"), key(4500, false)];
  const both = [...first, key(5500, true)];
  const lines = [log(6500, "raised"), log(8500, "held again")];
  assert.is(greenOf(heldBecomesAlarm, [...both, ...lines, key(9500, false), later]), 2);
  redOf(heldBecomesAlarm, [...both, lines[0], key(9500, false), later]);
});

test("raised without a hold is broken", () => {
  assert.match(redOf(noAlarmWithoutCause, [on(0), log(4000, "raised")]), /no press/);
  assert.is(greenOf(noAlarmWithoutCause, [on(0), ...hold(1000, 3200)]), 1);
});

test("a hold that is let go before 2.9 s never raises, nor repeats", () => {
  const short = [on(0), key(1000, true), key(3899, false)];
  redOf(noAlarmWithoutCause, [...short, log(4000, "raised")]);
  redOf(noAlarmWithoutCause, [...short, log(4000, "held again")]);
  greenOf(noAlarmWithoutCause, [on(0), key(1000, true), key(3900, false), log(4000, "raised")]);
});

test("a hold of long ago is no cause, and slow storage makes it later", () => {
  const held = [on(0), key(1000, true), key(4500, false)];
  redOf(noAlarmWithoutCause, [...held, log(5100, "raised")]);
  greenOf(noAlarmWithoutCause, [...held, write(4000, "slow"), log(5100, "raised")]);
});

test("an alarm in the store that its pager never raised is broken", () => {
  redOf(noAlarmWithoutCause, [storedReport(5000, "alarmRaised")]);
  greenOf(noAlarmWithoutCause, [on(0), ...hold(1000, 3200), storedReport(5000, "alarmRaised")]);
});

test("a raise whose line was cut off by power is a cause all the same, once", () => {
  const cutOff = [on(0), key(1000, true), write(4000, "good"), cue(4000, "raised"), off(4000)];
  const resumed = [on(5000, true), log(5000, "resumed, sending")];
  const first = storedReport(7000, "alarmRaised");
  const second = storedReport(8000, "alarmRaised", 9, `${PAGER}/0a0b0c/8`);
  greenOf(noAlarmWithoutCause, [...cutOff, ...resumed, first]);
  redOf(noAlarmWithoutCause, [...cutOff, ...resumed, first, second]);
  const unwritten = [on(0), key(1000, true), off(4000), ...resumed, first];
  redOf(noAlarmWithoutCause, unwritten);
});

test("a check-in needs a click: its number was said by that pager", () => {
  redOf(noAlarmWithoutCause, [storedCheckIn(5000, 12)]);
  redOf(noAlarmWithoutCause, [log(1000, "check-in 11", ""), storedCheckIn(5000, 12)]);
  greenOf(noAlarmWithoutCause, [log(1000, "check-in 12", ""), storedCheckIn(5000, 12)]);
});

test("a click whose line was cut off by power is a cause all the same", () => {
  const click = [on(0), key(1000, true), key(1200, false)];
  const isCut = [write(1900, "cut"), off(1900), on(3000)];
  greenOf(noAlarmWithoutCause, [...click, ...isCut, storedCheckIn(9000, 12)]);
  redOf(noAlarmWithoutCause, [on(0), ...isCut, storedCheckIn(9000, 12)]);
});

test("what an operator or a beat leaves in the store needs no hand on a key", () => {
  const beat = stored(1, { kind: "beat", pager: PAGER, kid: "0a0b0c", piv: 3, beat: {} });
  const taken = stored(2, { kind: "alarmTaken", pager: PAGER, alarm: ALARM, operator: "王芳" });
  assert.equal(verdictOf(noAlarmWithoutCause, [beat, taken]), { good: 0, broken: [], excused: [] });
});

test.run();
