// The checkers of what a wearer is told: only after its fact, and never backwards.
// Each is shown red by the fewest events that break its rule, and green by their good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { CueName } from "../../firmware/core/cues.ts";
import { cuesStepForward } from "../../tools/simulator/storm/checkers/cues-step-forward.ts";
import { deliveredAfterCommit } from "../../tools/simulator/storm/checkers/delivered-after-commit.ts";
import { takenAfterPerson } from "../../tools/simulator/storm/checkers/taken-after-person.ts";
import {
  ALARM,
  cue,
  desk,
  greenOf,
  KID,
  log,
  look,
  off,
  on,
  PAGER,
  platform,
  redOf,
  stored,
  storedCheckIn,
  storedClose,
  storedRelease,
  storedReopen,
  storedReport,
  storedTake,
  verdictOf,
  write,
} from "./given-events.ts";

const other = `${PAGER}/${KID}/9`;

test("delivered is told behind the commit, whichever report of the alarm it was", () => {
  redOf(deliveredAfterCommit, [cue(1000, "delivered"), storedReport(1001, "alarmRaised")]);
  for (const kind of ["alarmRaised", "alarmReported", "alarmReopened"] as const) {
    assert.is(greenOf(deliveredAfterCommit, [storedReport(1, kind), cue(2, "delivered")]), 1);
  }
});

test("another alarm's commit, or what an operator did to it, is not its own", () => {
  const another = storedReport(1, "alarmRaised", 8, other);
  redOf(deliveredAfterCommit, [another, cue(2, "delivered")]);
  redOf(deliveredAfterCommit, [storedTake(1), cue(2, "delivered")]);
});

test("what a restore took away was stored when it was told", () => {
  const events = [storedReport(1, "alarmRaised"), platform(2, "restore"), cue(3, "delivered")];
  greenOf(deliveredAfterCommit, events);
});

test("for each cue of a check-in one more is stored", () => {
  const told = (atMs: number) => cue(atMs, "checkinDelivered", "");
  redOf(deliveredAfterCommit, [told(1)]);
  redOf(deliveredAfterCommit, [storedCheckIn(1, 5), told(2), told(3)]);
  assert.is(
    greenOf(deliveredAfterCommit, [storedCheckIn(1, 5), storedCheckIn(2, 6), told(3), told(4)]),
    2,
  );
});

test("a check-in that came back with a lost journal may be told again", () => {
  const first = [storedCheckIn(1, 5), write(2, "failed"), cue(2, "checkinDelivered", "")];
  greenOf(deliveredAfterCommit, [...first, off(3), on(4), cue(5, "checkinDelivered", "")]);
  const good = [storedCheckIn(1, 5), write(2, "good"), cue(2, "checkinDelivered", "")];
  redOf(deliveredAfterCommit, [...good, off(3), on(4), cue(5, "checkinDelivered", "")]);
});

test("taken and closed are told only behind the operator's act", () => {
  assert.match(redOf(takenAfterPerson, [cue(1, "taken")]), /no operator/);
  assert.match(redOf(takenAfterPerson, [desk(1, "take"), cue(2, "closed")]), /no operator/);
  redOf(takenAfterPerson, [desk(1, "take", other), cue(2, "taken")]);
  assert.is(greenOf(takenAfterPerson, [desk(1, "take"), cue(2, "taken"), cue(3, "taken")]), 2);
  greenOf(takenAfterPerson, [desk(1, "close"), cue(2, "closed")]);
});

test("taken and closed are stored only behind the operator's act", () => {
  redOf(takenAfterPerson, [storedTake(1)]);
  redOf(takenAfterPerson, [desk(1, "take"), storedClose(2)]);
  const acts = [desk(1, "take"), storedTake(2), desk(3, "close"), storedClose(4)];
  assert.is(greenOf(takenAfterPerson, acts), 2);
});

const cues = (...names: CueName[]) => names.map((name, at) => cue(at, name));

test("the stages of one alarm step forward, and may leave one out", () => {
  const all = cues("raised", "sending", "stillTrying", "noNetwork", "delivered", "taken", "closed");
  assert.is(greenOf(cuesStepForward, all), 4);
  greenOf(cuesStepForward, cues("raised", "closed", "closed"));
});

test("a stage that steps back is broken, wherever it stood", () => {
  for (const back of ["raised", "sending", "stillTrying", "noNetwork"] as const) {
    redOf(cuesStepForward, cues("delivered", back));
  }
  redOf(cuesStepForward, cues("taken", "delivered"));
  redOf(cuesStepForward, cues("closed", "taken"));
});

test("the present stage is repeated, and what is no stage may come at any time", () => {
  greenOf(cuesStepForward, cues("taken", "taken", "tick", "checkinDelivered", "linkLost", "taken"));
});

test("a stage of another alarm is no step back, and neither is a reopening at the desk", () => {
  greenOf(cuesStepForward, [cue(1, "closed"), cue(2, "raised", other)]);
  greenOf(cuesStepForward, [cue(1, "closed"), storedReport(2, "alarmReopened"), cue(3, "closed")]);
});

test("an alarm that was given back or opened again is told as waiting, once for each time", () => {
  const told = [...cues("taken"), storedRelease(20), cue(30, "waitingAgain")];
  assert.is(greenOf(cuesStepForward, [...told, cue(40, "delivered"), cue(50, "taken")]), 3);
  redOf(cuesStepForward, [...told, cue(40, "taken"), cue(50, "waitingAgain")]);
  greenOf(cuesStepForward, [...cues("closed"), storedReopen(20), cue(30, "waitingAgain")]);
  redOf(cuesStepForward, [...cues("closed"), cue(30, "waitingAgain")]);
  redOf(cuesStepForward, [...cues("taken"), storedRelease(20), cue(30, "sending")]);
  redOf(cuesStepForward, [...cues("taken"), storedRelease(20, other), cue(30, "waitingAgain")]);
});

test("a stage that steps back in the log alone was not felt", () => {
  const back = [...cues("taken"), storedRelease(20)];
  redOf(cuesStepForward, [...back, log(30, "delivered")]);
  greenOf(cuesStepForward, [...back, cue(30, "waitingAgain"), log(30, "delivered")]);
});

test("a full journal on a low battery forgets a stage of an alarm that was given back, and no other", () => {
  const low = [look(1, { batteryMv: 3400 }), ...cues("taken")];
  const forgets = [log(60, "closed"), cue(60, "closed"), off(70), on(80), cue(90, "taken")];
  redOf(cuesStepForward, [...low, ...forgets]);
  const back = [...low, storedRelease(20), cue(30, "waitingAgain"), ...forgets];
  assert.is(verdictOf(cuesStepForward, back).excused.length, 1);
});

test("waiting again is told and stored only behind an act, or a further hold", () => {
  for (const act of ["release", "reopen"] as const) {
    const body = act === "release" ? storedRelease(2) : storedReopen(2);
    assert.is(greenOf(takenAfterPerson, [desk(1, act), body, cue(3, "waitingAgain")]), 2);
    redOf(takenAfterPerson, [body]);
  }
  redOf(takenAfterPerson, [desk(1, "take"), cue(3, "waitingAgain")]);
  greenOf(takenAfterPerson, [storedReport(1, "alarmReopened"), cue(3, "waitingAgain")]);
});

test("a reset changes nothing but where the journal could not be written", () => {
  redOf(cuesStepForward, [cue(1, "taken"), off(2), on(3), cue(4, "sending")]);
  const lost = [cue(1, "taken"), write(1, "failed"), off(2), on(3), cue(4, "sending")];
  assert.equal(verdictOf(cuesStepForward, lost).excused.length, 1);
  greenOf(cuesStepForward, [...lost.slice(0, 4), cue(4, "taken")]);
  redOf(cuesStepForward, [...lost, cue(5, "taken"), cue(6, "delivered")]);
});

test("a word that a pager obeyed stands for its alarm", () => {
  const body = { pager: PAGER, kid: KID, piv: 9, number: 7, alarm: ALARM };
  const obeyed = stored(1, { kind: "wordObeyed", word: "taken", ...body });
  greenOf(deliveredAfterCommit, [obeyed, cue(2, "delivered")]);
});

test.run();
