// The checkers of the seal: one number for one text from either end, and nothing for strangers.
// Each is shown red by the fewest events that break its rule, and green by their good twin.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { CHANGED, encodePacket, NON } from "../../protocol/coap.ts";
import type { EventBody } from "../../sdk/events.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createNumbers } from "../../tools/simulator/storm/checkers/numbers.ts";
import { oneNumberOneText } from "../../tools/simulator/storm/checkers/one-number-one-text.ts";
import { strangersChangeNothing } from "../../tools/simulator/storm/checkers/strangers-change-nothing.ts";
import type { WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import {
  ALARM,
  answered,
  came,
  cue,
  datagram,
  erase,
  greenOf,
  KID,
  left,
  log,
  OTHER,
  off,
  on,
  PAGER,
  platform,
  radio,
  received,
  redOf,
  stored,
  storedReport,
  verdictOf,
  write,
} from "./given-events.ts";

const ask = { kid: KID, piv: 5, text: "a sealed alarm", messageId: 30, token: 30 };
/** A pager's request has come to the gateway, which now knows where it is. */
const heard = [left(1, ask), received(2, ask)];
const bare = { code: CHANGED, messageId: 30, token: 30, text: "123456789" };

test("a number of a pager that seals a second text is broken, the same octets again are good", () => {
  assert.match(redOf(oneNumberOneText, [left(1, ask), left(2, { ...ask, text: "other" })]), /two/);
  assert.is(greenOf(oneNumberOneText, [left(1, ask), left(2, ask)]), 2);
  greenOf(oneNumberOneText, [left(1, ask), left(2, { ...ask, piv: 6, text: "other" })]);
  greenOf(oneNumberOneText, [left(1, ask), left(2, { ...ask, kid: "0a0b0d", text: "other" })]);
});

test("a reset is no excuse for a number that serves again, but a journal that failed is", () => {
  const again = [on(4), left(5, { ...ask, text: "another" })];
  redOf(oneNumberOneText, [left(1, ask), off(3), ...again]);
  const excused = verdictOf(oneNumberOneText, [left(1, ask), write(2, "failed"), off(3), ...again]);
  assert.equal([excused.broken.length, excused.excused.length], [0, 1]);
  const anew = [erase(2, "good"), write(2, "good")];
  redOf(oneNumberOneText, [left(1, ask), write(2, "failed"), ...anew, off(3), ...again]);
});

test("behind an excused reset a number is strict again", () => {
  const events = [left(1, ask), write(2, "failed"), off(3), on(4), left(5, ask)];
  redOf(oneNumberOneText, [...events, left(6, { ...ask, text: "another" })]);
});

test("an answer without a number of its own is bare, and the same each time", () => {
  assert.is(greenOf(oneNumberOneText, [...heard, answered(3, bare), answered(4, bare)]), 3);
  const long = { ...bare, text: "1234567890" };
  assert.match(redOf(oneNumberOneText, [...heard, answered(3, long)]), /10 sealed octets/);
  redOf(oneNumberOneText, [
    ...heard,
    answered(3, bare),
    answered(4, { ...bare, text: "987654321" }),
  ]);
});

test("an answer with a number shares it with no other answer and with no word", () => {
  const content = { ...bare, piv: 77, text: "the time of day" };
  const next = { ...ask, piv: 6, messageId: 31, token: 31, text: "another alarm" };
  const two = [...heard, answered(3, content), left(4, next), received(5, next)];
  const second = { ...content, messageId: 31, token: 31, text: "a later time" };
  redOf(oneNumberOneText, [...two, answered(6, second)]);
  greenOf(oneNumberOneText, [...two, answered(6, { ...second, piv: 78 })]);
  const word = { kid: "00", piv: 77, text: "somebody has it" };
  redOf(oneNumberOneText, [...heard, answered(3, content), answered(4, word)]);
  greenOf(oneNumberOneText, [...heard, answered(3, content), answered(4, { ...word, piv: 78 })]);
  greenOf(oneNumberOneText, [...heard, answered(3, word), answered(4, word)]);
});

test("the platform counts for each pager and each slot apart", () => {
  const there = "192.0.2.1:2000";
  const theirs = { ...ask, kid: "0d0e0f", text: "of another pager" };
  const both = [...heard, left(3, theirs, OTHER), received(4, theirs, there)];
  const word = { kid: "00", piv: 77, text: "for one" };
  greenOf(oneNumberOneText, [
    ...both,
    answered(5, word),
    answered(6, { ...word, text: "b" }, there),
  ]);
  const spare = { ...ask, kid: "0a0b0d", messageId: 31, text: "under the spare" };
  const dropped = [...heard, answered(3, word), left(4, spare), received(5, spare)];
  greenOf(oneNumberOneText, [...dropped, answered(6, { ...word, kid: "01", text: "for two" })]);
  redOf(oneNumberOneText, [...dropped, answered(6, { ...word, text: "for two" })]);
});

test("an address where two pagers were heard says nothing of whom a word is for", () => {
  const theirs = { ...ask, kid: "0d0e0f", text: "of another pager" };
  const both = [...heard, left(3, theirs, OTHER), received(4, theirs)];
  const word = { kid: "00", piv: 77, text: "for one" };
  greenOf(oneNumberOneText, [...both, answered(5, word), answered(6, { ...word, text: "two" })]);
});

test("what was changed on the way teaches nothing of who was asked what", () => {
  const bent = { ...ask, piv: 6 };
  const events = [...heard, received(3, bent), answered(4, bare)];
  const next = { ...ask, piv: 6, messageId: 31, token: 31, text: "the next alarm" };
  const nextBare = { ...bare, messageId: 31, token: 31, text: "abcdefghi" };
  greenOf(oneNumberOneText, [...events, left(5, next), received(6, next), answered(7, nextBare)]);
});

test("two requests that share an exchange by accident are told apart by their answers", () => {
  const second = { ...ask, piv: 9, text: "a day later" };
  const events = [...heard, answered(3, bare), left(4, second), received(5, second)];
  const other = { ...bare, text: "abcdefghi" };
  greenOf(oneNumberOneText, [...events, answered(6, other), answered(7, bare)]);
  redOf(oneNumberOneText, [
    ...events,
    answered(6, other),
    answered(7, { ...bare, text: "xxxxxxxxx" }),
  ]);
});

test("the answer of a pager is bare as well, and the same each time", () => {
  const word = { kid: "00", piv: 77, text: "somebody has it", messageId: 5, token: 9 };
  const told = [...heard, answered(3, word), came(4, word)];
  const answer = { code: CHANGED, messageId: 5, token: 9, text: "123456789" };
  assert.is(greenOf(oneNumberOneText, [...told, left(5, answer), left(6, answer)]), 4);
  redOf(oneNumberOneText, [...told, left(5, { ...answer, text: "something longer" })]);
  redOf(oneNumberOneText, [...told, left(5, answer), left(6, { ...answer, text: "987654321" })]);
});

test("what is not sealed, or forged, is passed over", () => {
  const error = nodeMachine.bytes(0);
  const packet = { type: NON, code: 128, messageId: 30, token: error, options: [], payload: error };
  const bytes = Uint8Array.from(encodePacket(nodeMachine, packet));
  const rubbish: WorldEvent[] = [
    { atMs: 3, kind: "answered", bytes, to: "192.0.2.1:1024" },
    { atMs: 4, kind: "received", bytes: Uint8Array.of(1, 2, 3), from: "203.0.113.9:1" },
    { atMs: 5, kind: "came", pager: PAGER, bytes: new Uint8Array(0) },
    { atMs: 6, kind: "attack", attack: "bentUp", pager: PAGER, bytes: datagram(ask) },
  ];
  assert.is(greenOf(oneNumberOneText, [...heard, ...rubbish]), 1);
});

test("twenty thousand numbers of a sender are kept, and the oldest is forgotten", () => {
  const numbers = createNumbers();
  for (let piv = 0; piv <= 20_000; piv++) assert.is(numbers.note(KID, piv, 1), "new");
  assert.equal([numbers.has(KID, 0), numbers.note(KID, 1, 2)], [false, "reused"]);
  assert.is(numbers.note("0a0b0d", 1, 2), "new");
});

const raised = storedReport(9, "alarmRaised", 5);

test("an event comes from a number that this very pager has sent", () => {
  assert.match(redOf(strangersChangeNothing, [raised]), /never sent/);
  assert.is(greenOf(strangersChangeNothing, [left(1, ask), raised]), 1);
  redOf(strangersChangeNothing, [left(1, { ...ask, piv: 6 }), raised]);
  redOf(strangersChangeNothing, [left(1, ask, OTHER), raised]);
  redOf(strangersChangeNothing, [received(1, ask), raised]);
});

test("one number makes one event, but for a call for help that is unproven behind a restore", () => {
  const again = storedReport(10, "alarmReported", 5);
  const unproven = storedReport(10, "alarmReported", 5, ALARM, true);
  const twoEvents = (events: WorldEvent[]) =>
    assert.match(redOf(strangersChangeNothing, [left(1, ask), raised, ...events]), /two events/);
  twoEvents([again]);
  twoEvents([unproven]);
  twoEvents([platform(9, "restore"), again]);
  twoEvents([platform(9, "restore"), unproven, storedReport(11, "alarmReported", 5, ALARM, true)]);
  greenOf(strangersChangeNothing, [left(1, ask), raised, platform(9, "restore"), unproven]);
});

test("a clone is suspected of a number with two texts, and of no other", () => {
  const suspected = stored(9, {
    kind: "cloneSuspected",
    pager: PAGER,
    kid: KID,
    piv: 5,
    why: "number",
  });
  assert.match(redOf(oneNumberOneText, [left(1, ask), suspected]), /one text/);
  const other = left(5, { ...ask, text: "other" });
  const excused = [left(1, ask), write(2, "failed"), off(3), on(4), other, suspected];
  assert.equal(verdictOf(oneNumberOneText, excused).broken, []);
  greenOf(strangersChangeNothing, [left(1, ask), raised, suspected]);
});

test("what the desk does needs no number", () => {
  const body: EventBody = { kind: "alarmTaken", pager: PAGER, alarm: ALARM, operator: "王芳" };
  greenOf(strangersChangeNothing, [stored(1, body)]);
});

const send = (atMs: number): WorldEvent => ({
  atMs,
  kind: "send",
  pager: PAGER,
  bytes: datagram(ask),
});
const sending = [on(0), radio(500, "ready"), log(1000, "raised")];
const at = (atMs: number) => log(atMs, "no fix", "");
/** The core hands the alarm to the radio, and says so. */
const sent = (atMs: number) => [send(atMs), log(atMs, "sent s, try 1.1")];

test("an alarm that is not delivered is sent again at least every 75 s", () => {
  assert.match(redOf(strangersChangeNothing, [...sending, at(76_001)]), /was not sent/);
  assert.is(greenOf(strangersChangeNothing, [...sending, ...sent(76_000), at(151_000)]), 1);
  redOf(strangersChangeNothing, [...sending, ...sent(76_000), at(151_001)]);
});

test("a poll is not the alarm, and neither is a line without a datagram", () => {
  const polls = [send(30_000), log(30_000, "sent w, try 1.1"), send(60_000)];
  redOf(strangersChangeNothing, [...sending, ...polls, at(76_001)]);
  redOf(strangersChangeNothing, [...sending, log(60_000, "sent s, try 1.1"), at(76_001)]);
  const other = [send(60_000), log(60_000, "sent s, try 1.1", `${PAGER}/${KID}/6`)];
  redOf(strangersChangeNothing, [...sending, ...other, at(76_001)]);
  const more = [send(60_000), log(60_000, "sent m, try 1.1")];
  greenOf(strangersChangeNothing, [...sending, ...more, at(76_001)]);
});

test("once its wearer was told of a delivery it need not be sent", () => {
  greenOf(strangersChangeNothing, [...sending, ...sent(1000), log(2000, "delivered"), at(900_000)]);
  greenOf(strangersChangeNothing, [...sending, ...sent(1000), cue(2000, "taken"), at(900_000)]);
  const another = log(2000, "delivered", `${PAGER}/${KID}/6`);
  redOf(strangersChangeNothing, [...sending, ...sent(1000), another, at(900_000)]);
});

test("without a radio that is ready the 75 s stand still, and they begin anew with it", () => {
  const lost = [...sending, ...sent(1000), radio(2000, "searching"), at(500_000)];
  greenOf(strangersChangeNothing, [...lost, radio(500_000, "ready"), at(575_000)]);
  redOf(strangersChangeNothing, [...lost, radio(500_000, "ready"), at(575_001)]);
});

test("a pager that is off sends nothing, and one that resumes its alarm does", () => {
  const back = [...sending, ...sent(1000), off(2000), on(500_000)];
  greenOf(strangersChangeNothing, [...back, radio(501_000, "ready"), at(900_000)]);
  const resumed = [...back, log(500_000, "resumed, sending"), radio(501_000, "ready")];
  redOf(strangersChangeNothing, [...resumed, at(576_001)]);
  greenOf(strangersChangeNothing, [...resumed, at(576_000)]);
  const taken = [...back, log(500_000, "resumed, taken"), radio(501_000, "ready")];
  greenOf(strangersChangeNothing, [...taken, at(900_000)]);
});

test("slow storage makes the next sending later by 2.5 s", () => {
  const slow = [...sending, ...sent(1000), write(75_000, "slow")];
  greenOf(strangersChangeNothing, [...slow, ...sent(78_500)]);
  redOf(strangersChangeNothing, [...slow, ...sent(78_501)]);
});

test.run();
