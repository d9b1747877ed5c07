// The checkers of texts and commands, red and green, on events written by hand.
// No world runs here.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Event, EventBody } from "../../sdk/events.ts";
import { commandEndsOnce } from "../../tools/simulator/storm/checkers/command-ends-once.ts";
import { textsEscalate } from "../../tools/simulator/storm/checkers/texts-escalate.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import { ALARM, greenOf, KID, log, off, PAGER, phase, redOf, verdictOf } from "./given-events.ts";

const CONTACT = "+8613900000000";
const text = (atMs: number, to = CONTACT): WorldEvent => ({
  atMs,
  kind: "text",
  pager: PAGER,
  alarm: ALARM,
  to,
});
const left = (atMs: number): WorldEvent => ({ atMs, kind: "textLeft", pager: PAGER, to: CONTACT });
const fault = (atMs: number, name: "recordBent" | "networkTimeWrong"): WorldEvent => ({
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
  redOf(commandEndsOnce, [...renew(1), ...said]);
});

test("what was asked behind the last copy is gone with a restore", () => {
  const restore: WorldEvent = { atMs: 1, kind: "platform", act: "restore" };
  const backup: WorldEvent = { atMs: 1, kind: "platform", act: "backup" };
  const said = [phase(2, "calm"), beat(3), phase(4, "end")];
  assert.is(greenOf(commandEndsOnce, [queued(0), restore, ...said]), 0);
  redOf(commandEndsOnce, [queued(0), backup, restore, ...said]);
});

test.run();
