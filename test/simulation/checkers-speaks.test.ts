// The checker of what leaves while an alarm is open: the alarm first, and something every 25 s.
// Each rule is shown red by the fewest events that break it, and green by its good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { openAlarmSpeaks } from "../../tools/simulator/storm/checkers/open-alarm-speaks.ts";
import { greenOf, log, off, on, radio, redOf, write } from "./given-events.ts";

const sent = (atMs: number, letter: string) => log(atMs, `sent ${letter}, try 1.1`);
const ready = [on(0), radio(10, "ready")];
const raised = [...ready, log(1000, "raised")];
const later = log(90_000, "check-in 1", "");

test("while an alarm is not delivered nothing else leaves before it [R-29]", () => {
  assert.is(greenOf(openAlarmSpeaks, [...raised, sent(1001, "s"), sent(2000, "F")]), 2);
  redOf(openAlarmSpeaks, [...raised, sent(1001, "c")]);
  redOf(openAlarmSpeaks, [...ready, log(900, "resumed, sending"), sent(1001, "o")]);
  const told = [...raised, sent(1001, "s"), log(1100, "delivered"), sent(1200, "c")];
  assert.is(greenOf(openAlarmSpeaks, told), 2);
  greenOf(openAlarmSpeaks, [...ready, sent(1001, "c")]);
});

test("while an alarm is open and the radio ready something leaves every 25 s [wire §4.1]", () => {
  redOf(openAlarmSpeaks, [...raised, later]);
  redOf(openAlarmSpeaks, [...raised, sent(1001, "s"), log(1100, "taken"), later]);
  const spoken = [sent(1001, "s"), log(1100, "delivered"), sent(26_000, "w")];
  greenOf(openAlarmSpeaks, [...raised, ...spoken, log(30_000, "closed"), later]);
});

test("no silence is counted without a radio, without power, or while storage holds the pager", () => {
  greenOf(openAlarmSpeaks, [...raised, radio(2000, "searching"), later]);
  greenOf(openAlarmSpeaks, [...raised, off(2000), later]);
  const slow = [write(2000, "slow"), sent(28_500, "s"), log(30_000, "closed")];
  greenOf(openAlarmSpeaks, [...raised, ...slow]);
});

test.run();
