// The checkers of an alarm on its way: told until it is stored, delivered in the end, healed in the calm.
// Each is shown red by the fewest events that break its rule, and green by their good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { calmHeals, PROMISE_MS } from "../../tools/simulator/storm/checkers/calm-heals.ts";
import { raisedIsDelivered } from "../../tools/simulator/storm/checkers/raised-is-delivered.ts";
import { raisedIsTold } from "../../tools/simulator/storm/checkers/raised-is-told-until-stored.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import {
  ALARM,
  cue,
  desk,
  erase,
  greenOf,
  log,
  look,
  off,
  on,
  phase,
  platform,
  redOf,
  storedCheckIn,
  storedClose,
  storedRelease,
  storedReopen,
  storedReport,
  storedTake,
  verdictOf,
  write,
} from "./given-events.ts";

const raised = [cue(4000, "raised"), log(4000, "raised")];
const later = log(600_000, "radio ready", "");
const inStore = storedReport(6000, "alarmRaised");

test("an alarm that is not stored is told at least every 20 s", () => {
  assert.match(redOf(raisedIsTold, [on(0), ...raised, log(24_001, "radio ready", "")]), /no cue/);
  const told = [on(0), ...raised, cue(24_000, "sending"), cue(44_000, "noNetwork")];
  assert.is(greenOf(raisedIsTold, [...told, log(64_000, "radio ready", "")]), 2);
  redOf(raisedIsTold, [...told, log(64_001, "radio ready", "")]);
});

test("ticks and all that says sending are cues of it, and what says nothing of it is not", () => {
  greenOf(raisedIsTold, [...raised, cue(20_000, "tick"), cue(39_000, "stillTrying")]);
  redOf(raisedIsTold, [...raised, cue(20_000, "linkLost"), cue(39_000, "sending")]);
});

test("once it is stored nobody must say that it is being sent", () => {
  greenOf(raisedIsTold, [...raised, inStore, later]);
  redOf(raisedIsTold, [...raised, storedReport(6000, "alarmReported"), later]);
});

test("before it is stored nothing better is told of it", () => {
  for (const better of ["delivered", "taken", "closed", "checkinDelivered"] as const) {
    assert.match(redOf(raisedIsTold, [...raised, cue(5000, better)]), /not stored/);
    greenOf(raisedIsTold, [...raised, inStore, cue(7000, better)]);
  }
});

test("the 20 s count afresh from the moment when the pager comes on", () => {
  const back = [...raised, off(10_000), on(200_000), cue(200_000, "sending")];
  greenOf(raisedIsTold, [...back, log(220_000, "radio ready", "")]);
  redOf(raisedIsTold, [...raised, off(10_000), on(200_000), log(220_001, "radio ready", "")]);
});

test("slow storage makes a cue later by 2.5 s", () => {
  const slow = [...raised, write(23_000, "slow")];
  greenOf(raisedIsTold, [...slow, cue(26_500, "sending")]);
  redOf(raisedIsTold, [...slow, cue(26_501, "sending")]);
});

test("an alarm that was stored and goes on sending after a reset may be told as delivered", () => {
  const again = [...raised, inStore, off(7000), on(8000), log(8000, "resumed, sending")];
  greenOf(raisedIsTold, [...again, cue(9000, "delivered"), later]);
});

test("a raise whose line was cut off by power is told from the start on", () => {
  const resumed = [off(4000), on(5000), log(5000, "resumed, sending")];
  redOf(raisedIsTold, [...resumed, later]);
  greenOf(raisedIsTold, [...resumed, cue(5000, "sending"), storedReport(9000, "alarmRaised")]);
});

const end = phase(900_000, "end");
const told = cue(8000, "delivered");

test("in the end what was raised is stored and told", () => {
  assert.match(redOf(raisedIsDelivered, [...raised, end]), /never stored/);
  assert.match(redOf(raisedIsDelivered, [...raised, inStore, end]), /never told/);
  assert.is(greenOf(raisedIsDelivered, [...raised, inStore, told, end]), 1);
  for (const word of ["delivered", "taken", "closed"]) {
    greenOf(raisedIsDelivered, [...raised, inStore, log(8000, word), end]);
  }
});

test("before the end nothing is missed", () => {
  greenOf(raisedIsDelivered, [...raised, phase(500_000, "calm"), later]);
});

test("the same alarm is stored as a new one twice only with a restore between", () => {
  const twice = [inStore, storedReport(9000, "alarmRaised", 9)];
  assert.match(redOf(raisedIsDelivered, twice), /twice/);
  greenOf(raisedIsDelivered, [inStore, platform(7000, "restore"), twice[1]]);
  const thrice = [...twice, storedReport(9500, "alarmRaised", 10)];
  redOf(raisedIsDelivered, [inStore, platform(7000, "restore"), ...thrice.slice(1)]);
});

test("a raise whose line was cut off by power counts from the line that says resumed", () => {
  const resumed = log(5000, "resumed, sending");
  redOf(raisedIsDelivered, [resumed, end]);
  greenOf(raisedIsDelivered, [resumed, inStore, told, end]);
});

/** What the three checkers that know the excuse say of an alarm that was lost this way. */
function lost(...events: WorldEvent[]): string[] {
  const all = [...events, on(30_000), phase(900_000, "calm"), end];
  return [raisedIsTold, raisedIsDelivered].map((kind) => {
    const { broken, excused } = verdictOf(kind, all);
    return excused.length > 0 && broken.length === 0 ? "excused" : "broken";
  });
}

test("lost is excused where the journal could not be written and power went before it could", () => {
  assert.equal(lost(...raised, off(5000)), ["broken", "broken"]);
  const failed = [write(4000, "failed"), ...raised];
  assert.equal(lost(...failed, off(5000)), ["excused", "excused"]);
  assert.equal(lost(...raised, write(4500, "failed"), off(5000)), ["excused", "excused"]);
  assert.equal(lost(write(4000, "failed", 1), ...raised, off(5000)), ["broken", "broken"]);
});

test("a page that was written anew since ends the excuse", () => {
  const failed = [write(4000, "failed"), ...raised];
  const anew = [erase(4100, "good", 3), write(4100, "good", 3)];
  assert.equal(lost(...failed, ...anew, off(5000)), ["broken", "broken"]);
  const notErased = [erase(4100, "failed", 3), write(4100, "good", 3)];
  assert.equal(lost(...failed, ...notErased, off(5000)), ["excused", "excused"]);
});

test("neither a cut nor a slow access excuses anything, nor both", () => {
  assert.equal(lost(...raised, write(5000, "cut"), off(5000)), ["broken", "broken"]);
  assert.equal(lost(...raised, erase(5000, "cut"), off(5000)), ["broken", "broken"]);
  const slow = [write(4000, "slow"), ...raised];
  assert.equal(lost(...slow, off(5000)), ["broken", "broken"]);
  assert.equal(lost(...slow, erase(5000, "cut"), off(5000)), ["broken", "broken"]);
});

test("a weak battery excuses no lost alarm: the page in force keeps room for it", () => {
  const low = look(1000, { batteryMv: 3450 });
  assert.equal(lost(low, ...raised, off(5000)), ["broken", "broken"]);
});

test("a refused erase excuses no lost alarm: the page before it goes on", () => {
  assert.equal(lost(erase(4000, "failed"), ...raised, off(5000)), ["broken", "broken"]);
});

test("an excused alarm that goes on after the start is judged again", () => {
  const events = [write(4000, "failed"), ...raised, off(5000), on(6000)];
  const resumed = [...events, log(6000, "resumed, sending"), end];
  assert.is(verdictOf(raisedIsDelivered, resumed).broken.length, 1);
});

const calm = phase(100_000, "calm");
const dueMs = 100_000 + PROMISE_MS;
const atDue = log(dueMs, "radio ready", "");
const pastDue = log(dueMs + 1, "radio ready", "");

test("fifteen minutes into the calm an alarm of the storm is stored and told", () => {
  assert.match(redOf(calmHeals, [...raised, calm, pastDue]), /not stored/);
  assert.match(redOf(calmHeals, [...raised, inStore, calm, pastDue]), /not told/);
  const stored = [...raised, calm, storedReport(200_000, "alarmRaised")];
  assert.is(greenOf(calmHeals, [...stored, cue(dueMs, "delivered"), pastDue]), 1);
  redOf(calmHeals, [...stored, cue(dueMs + 1, "delivered")]);
});

test("an alarm of the calm has its own fifteen minutes", () => {
  const inCalm = [calm, log(300_000, "raised"), pastDue];
  redOf(calmHeals, [...inCalm, log(300_001 + PROMISE_MS, "radio ready", "")]);
  const delivered = [storedReport(dueMs + 2, "alarmRaised"), cue(dueMs + 3, "delivered")];
  assert.is(greenOf(calmHeals, [...inCalm, ...delivered]), 1);
});

test("before the calm late is not lost", () => {
  greenOf(calmHeals, [...raised, log(86_400_000, "radio ready", "")]);
});

const taken = [...raised, inStore, told, desk(9000, "take"), storedTake(9100)];

test("what an operator did is told within fifteen minutes of the calm, or of the act", () => {
  assert.match(redOf(calmHeals, [...taken, calm, pastDue]), /"taken" was not told/);
  assert.is(greenOf(calmHeals, [...taken, calm, cue(dueMs, "taken"), pastDue]), 1);
  greenOf(calmHeals, [...taken, calm, cue(dueMs, "closed"), pastDue]);
  const closed = [...taken, calm, desk(200_000, "close"), storedClose(200_100), atDue];
  assert.match(redOf(calmHeals, [...closed, log(200_101 + PROMISE_MS, "x")]), /"closed" was not/);
  redOf(calmHeals, [...closed, cue(dueMs + 1, "taken"), log(200_101 + PROMISE_MS, "x")]);
  greenOf(calmHeals, [...closed, cue(dueMs + 1, "closed"), log(200_101 + PROMISE_MS, "x")]);
});

test("an act that was told, whose alarm was reopened, or that was refused is not waited for", () => {
  greenOf(calmHeals, [...taken, cue(9500, "taken"), calm, pastDue]);
  greenOf(calmHeals, [...taken, storedReport(9500, "alarmReopened"), calm, pastDue]);
  greenOf(calmHeals, [...raised, inStore, told, desk(9000, "take"), calm, pastDue]);
});

test("what was given back or opened again is told as waiting within fifteen minutes of the calm", () => {
  const back = [...taken, cue(9500, "taken"), storedRelease(9600)];
  assert.match(redOf(calmHeals, [...back, calm, pastDue]), /"waiting again" was not told/);
  assert.is(greenOf(calmHeals, [...back, calm, cue(dueMs, "waitingAgain"), pastDue]), 1);
  // Taken again before its wearer was told anything: what was told still stands.
  greenOf(calmHeals, [...back, storedTake(9700), calm, pastDue]);
  const shut = [...back, cue(9650, "waitingAgain"), storedClose(9700), cue(9800, "closed")];
  const open = [...shut, storedReopen(9900)];
  redOf(calmHeals, [...open, calm, pastDue]);
  redOf(calmHeals, [...open, storedTake(9950), calm, pastDue]);
  const again = [cue(dueMs - 1, "waitingAgain"), cue(dueMs, "taken")];
  greenOf(calmHeals, [...open, storedTake(9950), calm, ...again, pastDue]);
});

test("an alarm that was opened again behind a newer one of its pager can't be told, and is counted so", () => {
  const newer = log(9920, "raised", `${ALARM}9`);
  const done = [
    storedReport(9930, "alarmRaised", 9, `${ALARM}9`),
    cue(9940, "delivered", `${ALARM}9`),
  ];
  const shut = [...taken, cue(9500, "closed"), storedClose(9600), storedReopen(9900)];
  const { broken, excused } = verdictOf(calmHeals, [...shut, newer, ...done, calm, pastDue]);
  assert.equal([broken, excused], [[], ["its pager has a newer alarm in hand"]]);
});

test("a restore takes away the acts that no copy has", () => {
  const restore = platform(50_000, "restore");
  assert.is(verdictOf(calmHeals, [...taken, restore, calm, pastDue]).excused.length, 1);
  redOf(calmHeals, [...taken, platform(40_000, "backup"), restore, calm, pastDue]);
});

test("what was lost with its journal is excused, and what the end cut short is counted as such", () => {
  const events = [write(4000, "failed"), ...raised, off(5000), on(6000), calm];
  assert.is(verdictOf(calmHeals, [...events, pastDue]).excused.length, 1);
  const short = verdictOf(calmHeals, [...raised, calm, phase(dueMs - 1, "end"), pastDue]);
  assert.equal([short.broken.length, short.excused.length], [0, 1]);
});

test("check-ins, further holds and mistakes are stored within fifteen minutes of the calm", () => {
  const checkIn = log(1000, "check-in 12", "");
  assert.match(redOf(calmHeals, [checkIn, calm, pastDue]), /check-in .*12/);
  redOf(calmHeals, [checkIn, calm, storedCheckIn(dueMs, 11), pastDue]);
  assert.is(greenOf(calmHeals, [checkIn, calm, storedCheckIn(dueMs, 12), pastDue]), 1);
  greenOf(calmHeals, [checkIn, storedCheckIn(2000, 12), calm, pastDue]);
  greenOf(calmHeals, [log(1000, "check-in joins those that wait", ""), calm, pastDue]);
  const more = log(9000, "held again");
  assert.match(redOf(calmHeals, [more, calm, pastDue]), /further hold/);
  redOf(calmHeals, [storedReport(8000, "alarmReported"), more, calm, pastDue]);
  greenOf(calmHeals, [more, calm, storedReport(dueMs, "alarmReopened"), pastDue]);
  assert.match(redOf(calmHeals, [log(9000, "mistake, says the wearer"), calm, pastDue]), /mistake/);
});

test("a check-in of the calm has its own fifteen minutes, and one lost with its journal is excused", () => {
  const inCalm = [calm, log(300_000, "check-in 12", ""), pastDue];
  redOf(calmHeals, [...inCalm, log(300_001 + PROMISE_MS, "x")]);
  greenOf(calmHeals, [...inCalm, storedCheckIn(300_000 + PROMISE_MS, 12)]);
  const lostOne = [write(900, "failed"), log(1000, "check-in 12", ""), off(2000), calm, pastDue];
  assert.is(verdictOf(calmHeals, lostOne).excused.length, 1);
});

test("an alarm is known by its id: another one does not stand for it", () => {
  const other = `${ALARM}1`;
  redOf(raisedIsDelivered, [...raised, storedReport(6000, "alarmRaised", 8, other), told, end]);
  redOf(calmHeals, [...raised, inStore, cue(8000, "delivered", other), calm, pastDue]);
});

test.run();
