// The checkers of an alarm where the pager has raised it by itself, in hand or beside another one.
// Each is shown red by the fewest events that break its rule, and green by its good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { callOf } from "../../tools/simulator/storm/checkers/calls.ts";
import { calmHeals, PROMISE_MS } from "../../tools/simulator/storm/checkers/calm-heals.ts";
import { createFirstNames } from "../../tools/simulator/storm/checkers/first-names.ts";
import { heldBecomesAlarm } from "../../tools/simulator/storm/checkers/held-becomes-alarm.ts";
import { raisedIsDelivered } from "../../tools/simulator/storm/checkers/raised-is-delivered.ts";
import { raisedIsTold } from "../../tools/simulator/storm/checkers/raised-is-told-until-stored.ts";
import { strangersChangeNothing } from "../../tools/simulator/storm/checkers/strangers-change-nothing.ts";
import {
  ALARM,
  cue,
  greenOf,
  hold,
  KID,
  log,
  on,
  PAGER,
  phase,
  radio,
  redOf,
  storedReport,
} from "./given-events.ts";

const LATER = `${PAGER}/${KID}/9`;
const end = phase(90_000, "end");
const inHand = [cue(1000, "raised"), log(1000, "raised Z")];
const beside = log(2000, "raised F beside what is in hand", LATER);

test("a line tells which call it is, and whether it is in hand", () => {
  assert.equal(callOf("raised"), { letter: "s", isBeside: false });
  assert.equal(callOf("raised N"), { letter: "N", isBeside: false });
  assert.equal(callOf("raised F beside what is in hand"), { letter: "F", isBeside: true });
  assert.is(callOf("raised L beside what is in hand"), undefined);
  assert.is(callOf("delivered F"), undefined);
});

test("a zone that was left is stored once and told, as an alarm of the key is", () => {
  redOf(raisedIsDelivered, [...inHand, end]);
  redOf(raisedIsDelivered, [...inHand, storedReport(2000, "alarmRaised"), end]);
  const told = [storedReport(2000, "alarmRaised"), cue(3000, "delivered")];
  assert.is(greenOf(raisedIsDelivered, [...inHand, ...told, end]), 1);
  redOf(raisedIsDelivered, [...inHand, ...told, storedReport(4000, "alarmRaised"), end]);
});

test("a call beside what is in hand is stored, and nobody is told of it", () => {
  const first = [log(1000, "raised"), storedReport(1500, "alarmRaised"), log(1600, "delivered")];
  redOf(raisedIsDelivered, [...first, beside, end]);
  greenOf(raisedIsDelivered, [...first, beside, storedReport(3000, "alarmRaised", 9, LATER), end]);
});

test("of what a graver call takes the place of, a wearer is told no more; it is stored all the same", () => {
  const graver = [cue(2000, "raised", LATER), log(2000, "raised", LATER)];
  const sending = [cue(20_000, "sending", LATER), cue(39_000, "sending", LATER)];
  greenOf(raisedIsTold, [...inHand, ...graver, ...sending, log(50_000, "radio ready", "")]);
  redOf(raisedIsDelivered, [
    ...inHand,
    ...graver,
    storedReport(3000, "alarmRaised", 9, LATER),
    cue(3000, "delivered", LATER),
    end,
  ]);
  const calm = [phase(2500, "calm"), storedReport(3000, "alarmRaised")];
  const passed = log(PROMISE_MS + 3000, "radio ready", "");
  greenOf(calmHeals, [
    ...inHand,
    ...graver,
    ...calm,
    storedReport(3000, "alarmRaised", 9, LATER),
    cue(3000, "delivered", LATER),
    passed,
  ]);
});

test("a hold while another call is in hand is a new alarm, and no report of that one", () => {
  const call = log(1000, "raised Z");
  assert.is(greenOf(heldBecomesAlarm, [on(0), call, ...hold(10_000, 4000, "raised")]), 1);
  redOf(heldBecomesAlarm, [on(0), call, ...hold(10_000, 4000, "held again")]);
});

test("a call is sent again and again under its own letter", () => {
  const ready = [on(0), radio(10, "ready"), ...inHand];
  redOf(strangersChangeNothing, [...ready, log(80_000, "radio ready", "")]);
  redOf(strangersChangeNothing, [
    ...ready,
    log(40_000, "sent F, try 1.1", LATER),
    log(80_000, "radio ready", ""),
  ]);
});

test("an alarm that goes on under other keys keeps its first name, also where another was spoken of last", () => {
  const names = createFirstNames();
  const number = ALARM.split("/")[2];
  const anew = `${PAGER}/00000a/77`;
  const told = [
    log(1000, "raised"),
    beside,
    log(3000, `alarm ${number} goes on under this number, with other keys`, anew),
    storedReport(4000, "alarmRaised", 8, anew),
  ].map(names);
  const last = told[3];
  assert.ok(last.kind === "stored" && last.event.kind === "alarmRaised");
  assert.equal([last.event.alarm, "alarm" in told[2] && told[2].alarm], [ALARM, ALARM]);
});

test.run();
