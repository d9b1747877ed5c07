// Pushing a body: what the sending end makes of each answer, and that every body arrives whole, once,
// through lost requests and lost answers.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Reply } from "../../protocol/block.ts";
import { type Assembly, assemble, settle } from "../../protocol/block-assembly.ts";
import {
  newPush,
  type Push,
  pushOctets,
  pushOptions,
  stepPush,
} from "../../protocol/block-push.ts";
import * as coap from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { BLOCK_REPEATS_MAX } from "../../protocol/limits.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { answer, blockNoted, bodyOf, notationOf, post } from "./block-ends.ts";
import { hex } from "./octets.ts";

const TAG = hex("0a0b");
const NOTHING = hex("");

const requestOf = (push: Push, bytes: Uint8Array) =>
  post(pushOptions(nodeMachine, push), bytes.slice(push.at, push.at + pushOctets(push)));
const step = (push: Push, reply: Reply) => {
  const said = stepPush(push, answer(reply));
  return isFault(said) ? `${said.fault} ${said.path}` : said;
};
const reply = (code: number, ...notations: string[]): Reply => ({
  code,
  options: notations.map(blockNoted),
  payload: NOTHING,
});
/** The bare answer to a request that was seen before. */
const BARE = reply(coap.CHANGED);

for (const octets of [0, 1, 511, 512, 513, 1024, 1300]) {
  test(`a body of ${octets} octets is pushed in blocks of 512 under one tag`, () => {
    const bytes = bodyOf(octets);
    const push = newPush(TAG, octets);
    let held: Assembly | undefined;
    let body: unknown;
    let requests = 0;
    for (let said = "block"; said === "block"; requests++) {
      const request = requestOf(push, bytes);
      assert.equal(coap.optionValue(request, coap.REQUEST_TAG), TAG);
      const size = coap.optionValue(request, coap.SIZE_1);
      assert.is(size === undefined ? -1 : coap.uintOf(size), requests === 0 ? octets : -1);
      const taken = assemble(nodeMachine, held, request, 2000);
      held = taken.held;
      body = taken.body;
      said = step(push, taken.reply);
      if (said !== "block") assert.is(said, "last");
    }
    assert.equal(body, bytes);
    assert.is(requests, Math.max(1, Math.ceil(octets / 512)));
  });
}

/** What comes for block 1 of 1300 octets in 512s, what it is, and what is asked next. */
const ANSWERS: [string, Reply, string, string][] = [
  ["2.31 for the block", reply(coap.CONTINUE, "1:1/1/512"), "block", "1:2/0/512"],
  ["2.31 that wants 128", reply(coap.CONTINUE, "1:1/1/128"), "block", "1:8/1/128"],
  ["2.04 for this block alone", reply(coap.CHANGED, "1:1/0/512"), "block", "1:2/0/512"],
  ["the bare answer", BARE, "again", "1:1/1/512"],
  ["4.08", reply(coap.INCOMPLETE), "restart", "1:1/1/512"],
  ["4.13", reply(coap.TOO_LARGE), "refused", "1:1/1/512"],
  ["4.04", reply(coap.NOT_FOUND), "refused", "1:1/1/512"],
  ["2.05", reply(coap.CONTENT, "1:1/1/512"), "refused", "1:1/1/512"],
  ["2.31 for another block", reply(coap.CONTINUE, "1:0/1/512"), "bad-block block1.number", ""],
  ["2.31 that wants more", reply(coap.CONTINUE, "1:1/1/1024"), "bad-block block1.number", ""],
  ["two Block1 options", reply(coap.CONTINUE, "1:1/1/512", "1:1/1/512"), "bad-option block1", ""],
];

for (const [name, told, expected, next] of ANSWERS) {
  test(`${name} is ${expected}`, () => {
    const push = newPush(TAG, 1300);
    assert.is(step(push, reply(coap.CONTINUE, "1:0/1/512")), "block");
    const before = { ...push };
    assert.is(step(push, told), expected);
    if (next === "") assert.equal(push, before);
    else assert.is(notationOf(post(pushOptions(nodeMachine, push), NOTHING)), `POST ${next}`);
  });
}

test("to the last block 2.31 is a fault, and 2.04 the end", () => {
  const push = newPush(TAG, 100);
  assert.is(step(push, reply(coap.CONTINUE, "1:0/1/512")), "bad-block block1.more");
  assert.is(step(push, BARE), "again", "which says nothing of what became of the body");
  assert.is(step(push, reply(coap.CHANGED, "1:0/0/512")), "last");
});

test("bare answers alone end a push [wire §1.1]", () => {
  const push = newPush(TAG, 1300);
  for (let time = 0; time < BLOCK_REPEATS_MAX; time++) assert.is(step(push, BARE), "again");
  assert.is(step(push, BARE), "bad-block block1.repeats");
});

/** What happens to an exchange: its request or its answer may be lost, or the far end restarts. */
const weather = fc.array(fc.constantFrom("fine", "fine", "request", "answer", "forgotten"), {
  maxLength: 40,
});

test("through losses and restarts of the far end every body is stored whole, and never twice under one tag", () => {
  fc.assert(
    fc.property(weather, fc.integer({ min: 0, max: 2600 }), (days, octets) => {
      const bytes = bodyOf(octets);
      const stored: string[] = [];
      let held: Assembly | undefined;
      let tag = 1;
      let push = newPush(Uint8Array.of(tag), octets);
      const left = [...days, ...new Array(40).fill("fine")];
      for (let said = ""; said !== "last"; ) {
        const day = left.shift();
        assert.ok(day !== undefined, "no end in good weather");
        if (day === "forgotten") held = undefined;
        if (day === "request") continue; // the same octets again, in a new exchange
        const taken = assemble(nodeMachine, held, requestOf(push, bytes), 3000);
        held = taken.held;
        if (taken.body !== undefined && held !== undefined) {
          assert.equal(taken.body, bytes);
          stored.push(String(tag));
          settle(nodeMachine, held);
        }
        said = step(push, day === "answer" ? BARE : taken.reply);
        if (said === "restart") push = newPush(Uint8Array.of(++tag), octets);
      }
      assert.ok(stored.length >= 1);
      // The far end may forget that it has stored a body, and is told again under another tag.
      const forgot = days.filter((day) => day === "forgotten").length;
      assert.ok(stored.length <= 1 + forgot, `stored ${stored}`);
    }),
    { numRuns: 500 },
  );
});

test("whatever answers: a step never throws, and never moves by anything but one block", () => {
  const options = fc.array(
    fc.record({ number: fc.constantFrom(9, 23, 27, 60), value: fc.uint8Array({ maxLength: 4 }) }),
    { maxLength: 3 },
  );
  const replies = fc.record({
    code: fc.constantFrom(68, 95, 136, 141),
    options,
    payload: fc.constant(NOTHING),
  });
  fc.assert(
    fc.property(fc.array(replies, { maxLength: 8 }), (list) => {
      const push = newPush(TAG, 1300);
      for (const one of list) {
        const { at } = push;
        const sent = pushOctets(push);
        const said = step(push, one);
        assert.is(push.at, said === "block" || said === "last" ? at + sent : at);
        if (said === "last") return;
      }
    }),
    { numRuns: 2000 },
  );
});

test.run();
