// The checkers of texts and commands, red and green, on events written by hand.
// No world runs here.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Event, EventBody } from "../../sdk/events.ts";
import { commandEndsOnce } from "../../tools/simulator/storm/checkers/command-ends-once.ts";
import { erasedSaysSo } from "../../tools/simulator/storm/checkers/erased-says-so.ts";
import { heldBecomesAlarm } from "../../tools/simulator/storm/checkers/held-becomes-alarm.ts";
import { textsCarry } from "../../tools/simulator/storm/checkers/texts-carry.ts";
import { textsEscalate } from "../../tools/simulator/storm/checkers/texts-escalate.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import {
  ALARM,
  cue,
  greenOf,
  KID,
  key,
  log,
  off,
  on,
  PAGER,
  phase,
  redOf,
  verdictOf,
} from "./given-events.ts";

const CONTACT = "+8613900000000";
const text = (atMs: number, to = CONTACT): WorldEvent => ({
  atMs,
  kind: "text",
  pager: PAGER,
  alarm: ALARM,
  to,
});
const left = (atMs: number): WorldEvent => ({ atMs, kind: "textLeft", pager: PAGER, to: CONTACT });
const fault = (atMs: number, name: "recordBent" | "networkTimeWrong" | "textLate"): WorldEvent => ({
  atMs,
  kind: "fault",
  pager: PAGER,
  name,
});

let seq = 0;
function stored(atMs: number, body: EventBody): WorldEvent {
  seq += 1;
  return { atMs, kind: "stored", event: { ...body, seq, atMs } as Event };
}
const from = { pager: PAGER, kid: KID, piv: 9 };
const queued = (atMs: number, id = 1, command = "ring", values = {}) =>
  stored(atMs, {
    kind: "commandQueued",
    pager: PAGER,
    id,
    command,
    values,
    expiresAtMs: 9e9,
    by: "王芳",
  });
const ended = (atMs: number, outcome: "done" | "busy", id = 1) =>
  stored(atMs, { kind: "commandEnded", ...from, id, outcome });
const kept = (atMs: number, outcome: "done" | "busy", id = 1) =>
  stored(atMs, { kind: "commandResultKept", ...from, id, what: 6, command: "ring", outcome });
const beat = (atMs: number) => stored(atMs, { kind: "beat", ...from, beat: {} });

test("two texts of an alarm to a contact are good, behind the first minute", () => {
  assert.is(greenOf(textsEscalate, [log(0, "raised"), text(60000), left(62000), text(90000)]), 3);
  redOf(textsEscalate, [log(0, "raised"), text(59000)]);
  redOf(textsEscalate, [log(0, "raised"), text(60000), text(90000), text(120000)]);
});

test("no text to a contact is handed on behind the delivery, nor leaves long behind it", () => {
  const delivered = [log(0, "raised"), text(60000), log(61000, "delivered")];
  greenOf(textsEscalate, [...delivered, left(120000)]);
  redOf(textsEscalate, [...delivered, left(61000 + 180001)]);
  redOf(textsEscalate, [...delivered, text(90000)]);
});

test("texts to the platform are not counted, and a text needs an alarm", () => {
  assert.is(greenOf(textsEscalate, [log(0, "raised"), text(30000, "+8610086000000")]), 0);
  redOf(textsEscalate, [text(60000)]);
});

test("a pager whose newest record was bent may text once more, one with a wrong clock sooner", () => {
  const bent = [log(0, "raised"), log(100, "delivered"), fault(200, "recordBent"), off(200)];
  assert.is(verdictOf(textsEscalate, [...bent, text(70000)]).excused.length, 1);
  const early = [log(0, "raised"), off(10), log(20, "resumed, sending"), text(30)];
  redOf(textsEscalate, early);
  assert.is(verdictOf(textsEscalate, [fault(0, "networkTimeWrong"), ...early]).excused.length, 1);
});

test("a command ends once; the same result said again is none", () => {
  assert.is(greenOf(commandEndsOnce, [queued(0), ended(1, "done"), kept(2, "done")]), 2);
  redOf(commandEndsOnce, [queued(0), ended(1, "done"), ended(2, "done")]);
  redOf(commandEndsOnce, [queued(0), ended(1, "done"), kept(2, "busy")]);
  redOf(commandEndsOnce, [ended(1, "done")]);
});

test("a pager that lost its journal may have another result for the same command", () => {
  const events = [queued(0), fault(1, "recordBent"), off(1), ended(2, "done"), kept(3, "busy")];
  assert.is(verdictOf(commandEndsOnce, events).excused.length, 1);
});

test("in the calm a command has ended when its pager has spoken", () => {
  const calm = [queued(0), phase(1, "calm")];
  redOf(commandEndsOnce, [...calm, beat(2), phase(3, "end")]);
  greenOf(commandEndsOnce, [...calm, beat(2), ended(3, "done"), phase(4, "end")]);
  assert.is(greenOf(commandEndsOnce, [...calm, phase(3, "end")]), 0);
});

test("a renewal of the slot under which its pager speaks waits", () => {
  const renew = (slot: number) => [
    queued(0, 1, "renew", { slot, kid: "ffffff" }),
    phase(1, "calm"),
  ];
  const said = [beat(2), phase(3, "end")];
  assert.is(verdictOf(commandEndsOnce, [...renew(0), ...said]).excused.length, 1);
  const dropped = log(0, "slot 0 dropped for good", "");
  assert.is(verdictOf(commandEndsOnce, [dropped, ...renew(1), ...said]).excused.length, 1);
  redOf(commandEndsOnce, [...renew(1), ...said]);
});

test("an update in which power went is begun anew with a later poll", () => {
  const cut = [off(1), phase(2, "calm"), beat(3), phase(4, "end")];
  assert.is(verdictOf(commandEndsOnce, [queued(0, 1, "update"), ...cut]).excused.length, 1);
  redOf(commandEndsOnce, [queued(0), ...cut]);
});

test("what was asked behind the last copy is gone with a restore", () => {
  const restore: WorldEvent = { atMs: 1, kind: "platform", act: "restore" };
  const backup: WorldEvent = { atMs: 1, kind: "platform", act: "backup" };
  const said = [phase(2, "calm"), beat(3), phase(4, "end")];
  assert.is(greenOf(commandEndsOnce, [queued(0), restore, ...said]), 0);
  redOf(commandEndsOnce, [queued(0), backup, restore, ...said]);
});

const air = (atMs: number, way: "data" | "coverage" | "texts", works: boolean): WorldEvent => ({
  atMs,
  kind: "air",
  pager: PAGER,
  way,
  works,
});
const noData = [air(0, "texts", true), air(2, "data", false)];
const byText = (atMs: number, carrier?: "sms"): WorldEvent =>
  stored(atMs, {
    kind: "alarmRaised",
    ...from,
    alarm: ALARM,
    number: 7,
    letter: "s",
    standing: "active",
    report: {},
    carrier,
  });
const LATE_MS = 1000 + 450_001;

test("where data is dead and texts are alive an alarm comes by a sealed text, or the rule is broken", () => {
  const raised = [...noData, log(1000, "raised")];
  assert.is(greenOf(textsCarry, [...raised, byText(40_000, "sms"), beat(LATE_MS)]), 1);
  redOf(textsCarry, [...raised, beat(LATE_MS)]);
  assert.is(greenOf(textsCarry, [...raised, byText(40_000), beat(LATE_MS)]), 0, "no case of it");
});

test("nothing is asked of texts where data came back, coverage went, or its pager went off", () => {
  const raised = [...noData, log(1000, "raised")];
  for (const one of [air(5000, "data", true), air(5000, "coverage", false), off(5000)]) {
    assert.is(greenOf(textsCarry, [...raised, one, beat(LATE_MS)]), 0);
  }
  greenOf(textsCarry, [
    air(0, "texts", false),
    ...noData.slice(1),
    log(1000, "raised"),
    beat(LATE_MS),
  ]);
  const forgot = [...noData, fault(500, "recordBent"), log(1000, "raised")];
  greenOf(textsCarry, [...forgot, beat(LATE_MS)]);
  greenOf(textsCarry, [...raised, fault(9000, "textLate"), beat(LATE_MS)]);
  redOf(textsCarry, [...raised, fault(9000, "textLate"), beat(LATE_MS + 9000)]);
});

const erased: WorldEvent = { atMs: 0, kind: "fault", pager: PAGER, name: "allErased" };
const held = [key(1000, true), key(5000, false)];
const gone = [off(0), erased, on(10)];

test("a pager without keys says so at each hold, and nothing better", () => {
  const says = cue(4100, "notActivated", "");
  assert.is(greenOf(erasedSaysSo, [...gone, held[0], says, held[1], beat(9000)]), 1);
  redOf(erasedSaysSo, [...gone, ...held, beat(9000)]);
  redOf(erasedSaysSo, [...gone, held[0], cue(4100, "raised", ""), says, held[1], beat(9000)]);
  assert.is(
    greenOf(erasedSaysSo, [off(0), on(10), ...held, beat(9000)]),
    0,
    "with keys it is not asked",
  );
});

test("a pager without keys sends nothing by any way", () => {
  redOf(erasedSaysSo, [...gone, text(5000)]);
  redOf(erasedSaysSo, [...gone, left(5000)]);
});

test("that a pager without keys raises no alarm is excused by name", () => {
  assert.equal(verdictOf(heldBecomesAlarm, [...gone, ...held, beat(9000)]).excused, [
    "all its pages were erased: it has no keys",
  ]);
});

test.run();
