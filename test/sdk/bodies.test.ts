// Bodies at the platform: logs and settings put together one a key identifier, images served in blocks,
// and a memory that is bounded in bodies, octets and age.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Body } from "../../protocol/block-pull.ts";
import { newPull, pullOptions, stepPull } from "../../protocol/block-pull.ts";
import { newPush, pushOctets, pushOptions, stepPush } from "../../protocol/block-push.ts";
import * as coap from "../../protocol/coap.ts";
import { BODY_OCTETS_MAX, IMAGE_OCTETS_MAX } from "../../protocol/limits.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { LOG } from "../../protocol/messages.ts";
import { type Bodies, type BodyAnswer, makeBodies } from "../../sdk/gateway/bodies.ts";
import { readRequest } from "../../sdk/gateway/reading.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { answer, bodyOf, notationOf, post, request } from "../protocol/block-ends.ts";
import { hex } from "../protocol/octets.ts";

const SPEAKER = { pager: "p1", kid: "c0ffee" };
const image: Body = {
  etag: hex("01"),
  octets: 1300,
  read: (from, to) => bodyOf(1300).slice(from, to),
};

function newBodies(): { bodies: Bodies; clock: ReturnType<typeof createVirtualClock> } {
  const clock = createVirtualClock();
  const imageFor = (pager: string) => (pager === "p1" ? image : undefined);
  const fault = (error: unknown): void => {
    throw error;
  };
  return { bodies: makeBodies({ machine: nodeMachine, clock, imageFor, fault }), clock };
}

const path = (letter: string) => coap.pathOption(nodeMachine, letter);

interface Pushed {
  kid?: string;
  letter?: string;
  tag?: string;
}

/** Pushes blocks until the end or `blocks` of them; the answers, the last one first. */
function push(bodies: Bodies, bytes: Uint8Array, how: Pushed = {}, blocks = 99): BodyAnswer[] {
  const { kid = "c0ffee", letter = "g", tag = "07" } = how;
  const told: BodyAnswer[] = [];
  const state = newPush(hex(tag), bytes.length);
  for (let said: unknown = "block"; said === "block" && told.length < blocks; ) {
    const block = bytes.slice(state.at, state.at + pushOctets(state));
    const options = [path(letter), ...pushOptions(nodeMachine, state)];
    const step = bodies.answer({ pager: "p1", kid }, post(options, block));
    if (step === undefined) throw new Error("passed over");
    told.unshift(step);
    said = stepPush(state, answer(step.reply));
  }
  return told;
}

const codesOf = (told: BodyAnswer[]) => told.map(({ reply }) => notationOf(answer(reply)));
/** A log as the wire has it: a hundred rows of twelve octets take three blocks. */
const LOG_ROWS = Array.from({ length: 100 }, () => [200_000_000, 9, 7, 4_001_001]).flat();
const LOG_BODY = encodeMessage(nodeMachine, LOG, { id: 9, rows: LOG_ROWS }) as Uint8Array;

test("a log in three blocks is read as if one datagram had brought it", () => {
  const { bodies } = newBodies();
  const told = push(bodies, LOG_BODY);
  assert.equal(codesOf(told), ["2.04 1:2/0/512", "2.31 1:1/1/512", "2.31 1:0/1/512"]);
  assert.equal(
    told.map((one) => one.whole === undefined),
    [false, true, true],
  );
  const whole = told[0].whole as coap.Packet;
  const reading = readRequest(nodeMachine, { ...SPEAKER, piv: 1 }, whole);
  const direct = readRequest(nodeMachine, { ...SPEAKER, piv: 1 }, post([path("g")], LOG_BODY));
  assert.equal(reading, direct);
  assert.is.not(typeof reading, "string");
});

test("until it is stored each copy of the last block brings the body again, then only the answer", () => {
  const { bodies } = newBodies();
  const [end] = push(bodies, LOG_BODY);
  const state = { ...newPush(hex("07"), LOG_BODY.length), at: 1024 };
  const options = [path("g"), ...pushOptions(nodeMachine, state)];
  const again = () => bodies.answer(SPEAKER, post(options, LOG_BODY.slice(1024)));
  assert.equal(again()?.whole?.payload, LOG_BODY);
  end.stored();
  assert.is(again()?.whole, undefined);
  assert.is(again()?.reply.code, coap.CHANGED);
  assert.equal(bodies.held(), { bodies: 1, octets: 0 });
});

test("a body that is stored late lets go of its own octets and of no other's", () => {
  const { bodies } = newBodies();
  const [first] = push(bodies, LOG_BODY);
  const [second] = push(bodies, LOG_BODY, { tag: "08" });
  first.stored();
  assert.ok(bodies.held().octets > 0);
  second.stored();
  assert.is(bodies.held().octets, 0);
});

test("one body a key identifier: another one takes its place, another pager's does not", () => {
  const { bodies } = newBodies();
  push(bodies, LOG_BODY, {}, 2);
  push(bodies, LOG_BODY, { kid: "c0ffef" }, 2);
  assert.is(bodies.held().bodies, 2);
  push(bodies, LOG_BODY, { letter: "p" }, 1);
  assert.is(bodies.held().bodies, 2);
  const state = { ...newPush(hex("07"), LOG_BODY.length), at: 1024 };
  const options = [path("g"), ...pushOptions(nodeMachine, state)];
  const gone = bodies.answer(SPEAKER, post(options, LOG_BODY.slice(1024)));
  assert.is(gone?.reply.code, coap.INCOMPLETE);
});

test("a half-received body is forgotten after 247 s, one that goes on is not [RFC 7959 §2.5]", () => {
  const { bodies, clock } = newBodies();
  push(bodies, LOG_BODY, {}, 1);
  push(bodies, LOG_BODY, { kid: "c0ffef" }, 1);
  clock.advanceBy(200_000);
  push(bodies, LOG_BODY, { kid: "c0ffef" }, 2);
  clock.advanceBy(48_000);
  push(bodies, LOG_BODY, { kid: "c0fff0" }, 1);
  assert.is(bodies.held().bodies, 2, "that of c0ffee is gone");
});

test("of more than 1024 bodies the one heard longest ago goes", () => {
  const { bodies } = newBodies();
  for (let at = 0; at < 1100; at++) push(bodies, LOG_BODY, { kid: `k${at}` }, 1);
  assert.is(bodies.held().bodies, 1024);
});

test("all bodies together take 8 MiB at most", () => {
  const { bodies } = newBodies();
  const most = bodyOf(BODY_OCTETS_MAX);
  for (let at = 0; at < 700; at++) push(bodies, most, { kid: `k${at}` });
  const { bodies: count, octets } = bodies.held();
  assert.ok(octets <= 8 * 1024 * 1024, String(octets));
  assert.ok(count < 700 && count > 400, String(count));
});

test("a body above its bound is 4.13 with its first block and takes no room", () => {
  const { bodies } = newBodies();
  const [end, ...more] = push(bodies, bodyOf(BODY_OCTETS_MAX + 1));
  assert.is(end.reply.code, coap.TOO_LARGE);
  assert.is(more.length, 0);
  assert.equal(bodies.held(), { bodies: 0, octets: 0 });
});

test("an image is pulled whole, by the pager that is to have one", () => {
  const { bodies } = newBodies();
  const pull = newPull(nodeMachine, IMAGE_OCTETS_MAX);
  const octets: number[] = [];
  for (let said: unknown = "block"; said === "block"; ) {
    const asked = request(coap.GET, [path("u"), ...pullOptions(nodeMachine, pull)]);
    const step = bodies.answer(SPEAKER, asked);
    if (step === undefined) throw new Error("passed over");
    octets.push(...Array.from(step.reply.payload as Uint8Array));
    said = stepPull(nodeMachine, pull, answer(step.reply));
  }
  assert.equal(Uint8Array.from(octets), bodyOf(1300));
  const other = bodies.answer({ ...SPEAKER, pager: "p2" }, request(coap.GET, [path("u")]));
  assert.is(other?.reply.code, coap.NOT_FOUND);
});

const BLOCK = { number: coap.BLOCK_1, value: hex("05") };

/** What is asked, and its code; undefined for what is no matter of blocks. */
const ROWS: [string, coap.Packet, number | undefined][] = [
  ["a log in one datagram", post([path("g")], hex("00")), undefined],
  ["an alarm", post([path("s")], hex("00")), undefined],
  ["an alarm in blocks", post([path("s"), BLOCK], hex("00")), undefined],
  ["POST of an image", post([path("u")], hex("00")), coap.METHOD_NOT_ALLOWED],
  ["GET of a log in blocks", request(coap.GET, [path("g"), BLOCK]), coap.METHOD_NOT_ALLOWED],
  [
    "a critical option that nobody knows",
    post([path("g"), BLOCK, { number: 4009, value: hex("") }], hex("00")),
    coap.BAD_OPTION,
  ],
  ["two Block1 options", post([path("g"), BLOCK, BLOCK], hex("00")), coap.BAD_OPTION],
];

for (const [name, asked, code] of ROWS) {
  test(`${name}: ${code ?? "passed over"}`, () => {
    assert.is(newBodies().bodies.answer(SPEAKER, asked)?.reply.code, code);
  });
}

test.run();
