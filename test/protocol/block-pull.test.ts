// Pulling a body: what the asking end takes, when it begins anew, and what is a fault. The other end
// is ours, and has block-serve.test.ts.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Reply } from "../../protocol/block.ts";
import {
  type Body,
  newPull,
  type Pull,
  pullOptions,
  serveBlock,
  stepPull,
} from "../../protocol/block-pull.ts";
import { toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { BLOCK_EXPONENT, BLOCK_REPEATS_MAX, BODY_RESTARTS_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { answer, blockNoted, bodyOf, get, notationOf } from "./block-ends.ts";
import { hex } from "./octets.ts";

function served(octets: number, etag = "0102", seed = 1): Body {
  const bytes = bodyOf(octets, seed);
  return { etag: hex(etag), octets, read: (from, to) => bytes.slice(from, to) };
}

const askFor = (pull: Pull) => get(...pullOptions(nodeMachine, pull));
const serve = (body: Body, pull: Pull, exponent = BLOCK_EXPONENT) =>
  serveBlock(nodeMachine, body, askFor(pull), exponent);
const step = (pull: Pull, reply: Reply) => {
  const said = stepPull(nodeMachine, pull, answer(reply));
  return isFault(said) ? `${said.fault} ${said.path}` : said;
};

/** Pulls until the end; `spoil` may put another reply in the place of one. */
function pulled(body: Body, exponent: number): { octets: Bytes; requests: string[] } {
  const pull = newPull(nodeMachine, 1 << 20);
  const octets: number[] = [];
  const requests: string[] = [];
  for (;;) {
    requests.push(notationOf(askFor(pull)));
    const at = pull.at;
    const reply = serve(body, pull, exponent);
    const said = step(pull, reply);
    if (said !== "block" && said !== "last") throw new Error(said);
    assert.is(at, octets.length);
    octets.push(...Array.from(reply.payload as Uint8Array));
    assert.is(pull.at, octets.length);
    if (said === "last") return { octets: Uint8Array.from(octets), requests };
  }
}

for (const octets of [0, 1, 511, 512, 513, 1024, 1300]) {
  test(`a body of ${octets} octets is pulled in blocks of 512`, () => {
    const { octets: all, requests } = pulled(served(octets), BLOCK_EXPONENT);
    assert.equal(all, bodyOf(octets));
    assert.is(requests.length, Math.max(1, Math.ceil(octets / 512)));
    assert.is(requests[0], "GET 2:0/0/512");
  });
}

test("whatever the size of body and blocks, all of it arrives, and smaller blocks stay smaller", () => {
  const sizes = fc.integer({ min: 0, max: 3000 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 6 }), (octets, exponent) => {
      const { octets: all, requests } = pulled(served(octets), exponent);
      assert.equal(all, bodyOf(octets));
      const size = Math.min(512, 16 << exponent);
      assert.is(requests.length, Math.max(1, Math.ceil(octets / size)));
    }),
  );
});

test("the first request asks how long the body is, and every first answer says it", () => {
  const pull = newPull(nodeMachine, 5000);
  assert.equal(coap.optionValue(askFor(pull), coap.SIZE_2), hex(""));
  assert.is(step(pull, serve(served(1300), pull)), "block");
  assert.is(pull.octets, 1300);
  assert.is(coap.optionValue(askFor(pull), coap.SIZE_2), undefined);
});

test("an ETag that changes voids what is in hand: the pull begins anew and ends with the new body", () => {
  const pull = newPull(nodeMachine, 5000);
  assert.is(step(pull, serve(served(1300), pull)), "block");
  assert.is(step(pull, serve(served(1300), pull)), "block");
  const newer = served(700, "0103", 3);
  assert.is(step(pull, serve({ ...newer, octets: 1300 }, pull)), "restart");
  assert.equal([pull.at, pull.octets, toHex(pull.etag)], [0, -1, ""]);
  assert.is(step(pull, serve(newer, pull)), "block");
  assert.is(step(pull, serve(newer, pull)), "last");
  assert.is(pull.at, 700);
});

test("a body that changes all the time is given up", () => {
  const pull = newPull(nodeMachine, 5000);
  const said: string[] = [];
  for (let version = 0; version < 2 * BODY_RESTARTS_MAX + 2; version++) {
    said.push(step(pull, serve(served(1300, `01${version}`.padEnd(4, "0")), pull)));
  }
  assert.is(said.filter((one) => one === "restart").length, BODY_RESTARTS_MAX);
  assert.is(said[said.length - 1], "bad-block block2.restarts");
});

test("a bare answer asks for the same block again, and not for ever [wire §1.1]", () => {
  const pull = newPull(nodeMachine, 5000);
  assert.is(step(pull, serve(served(1300), pull)), "block");
  const bare = { code: coap.CHANGED, options: [], payload: hex("") };
  for (let time = 0; time < BLOCK_REPEATS_MAX; time++) assert.is(step(pull, bare), "again");
  assert.is(notationOf(askFor(pull)), "GET 2:1/0/512");
  assert.is(step(pull, serve(served(1300), pull)), "block");
  assert.is(step(pull, bare), "again", "a block in between begins the count anew");
  for (let time = 1; time < BLOCK_REPEATS_MAX; time++) step(pull, bare);
  assert.is(step(pull, bare), "bad-block block2.repeats");
});

test("an error code is no body", () => {
  for (const code of [coap.NOT_FOUND, coap.BAD_REQUEST, coap.CONTINUE, 160]) {
    const pull = newPull(nodeMachine, 5000);
    assert.is(step(pull, { code, options: [], payload: hex("") }), "refused");
  }
});

test("a pull that was kept across a reset goes on where it was", () => {
  const body = served(1300);
  const pull = newPull(nodeMachine, 5000);
  step(pull, serve(body, pull));
  const woken = JSON.parse(JSON.stringify({ ...pull, etag: undefined })) as Pull;
  woken.etag = hex(toHex(pull.etag));
  assert.is(step(woken, serve(body, woken)), "block");
  assert.is(step(woken, serve(body, woken)), "last");
  assert.is(woken.at, 1300);
});

/** What is wrong, the change of the answer for 512 to 1023 of 1300 octets, the fault. */
const FAULTS: [string, (reply: Reply) => void, string][] = [
  ["an earlier block", (reply) => renumber(reply, "2:0/1/512"), "bad-block block2.number"],
  ["a later block", (reply) => renumber(reply, "2:2/1/512"), "bad-block block2.number"],
  ["a larger block", (reply) => renumber(reply, "2:1/1/1024"), "bad-block block2.number"],
  ["a smaller one elsewhere", (reply) => renumber(reply, "2:1/1/256"), "bad-block block2.number"],
  ["no Block2 option", (reply) => strip(reply, coap.BLOCK_2), "bad-block block2.number"],
  ["a reserved size", (reply) => setValue(reply, coap.BLOCK_2, "1f"), "bad-option coap.block"],
  ["two Block2 options", (reply) => reply.options.push(noted("2:1/1/512")), "bad-option block2"],
  [
    "a critical option",
    (reply) => reply.options.push({ number: 4009, value: hex("") }),
    "bad-option block2",
  ],
  ["an octet less", (reply) => resize(reply, 511), "bad-block block2.size"],
  ["an octet more", (reply) => resize(reply, 513), "bad-block block2.size"],
  ["no octets", (reply) => resize(reply, 0), "bad-block block2.size"],
  ["no octets, and the last", (reply) => last(reply, 0), "bad-block block2.size"],
  ["the last too early", (reply) => last(reply, 512), "bad-block block2.more"],
  ["a short last one too early", (reply) => last(reply, 100), "bad-block block2.more"],
  ["more behind the end", (reply) => setSize(reply, 1024), "bad-block block2.more"],
  ["more behind the bound", (reply) => setSize(reply, 5001), "too-long block2"],
  ["no ETag", (reply) => strip(reply, coap.ETAG), "bad-block block2.etag"],
  ["an empty ETag", (reply) => setValue(reply, coap.ETAG, ""), "bad-block block2.etag"],
  ["an ETag of 9", (reply) => setValue(reply, coap.ETAG, "00".repeat(9)), "bad-block block2.etag"],
];

const noted = (notation: string) => blockNoted(notation);
function strip(reply: Reply, number: number): void {
  reply.options = reply.options.filter((option) => option.number !== number);
}
function setValue(reply: Reply, number: number, value: string): void {
  strip(reply, number);
  reply.options.push({ number, value: hex(value) });
}
function renumber(reply: Reply, notation: string): void {
  strip(reply, coap.BLOCK_2);
  reply.options.push(noted(notation));
}
function resize(reply: Reply, octets: number): void {
  reply.payload = bodyOf(octets);
}
function last(reply: Reply, octets: number): void {
  renumber(reply, "2:1/0/512");
  resize(reply, octets);
}
function setSize(reply: Reply, octets: number): void {
  reply.options.push(coap.uintOption(nodeMachine, coap.SIZE_2, octets));
}

for (const [name, change, fault] of FAULTS) {
  test(`a second answer with ${name} is a fault and changes nothing`, () => {
    const pull = newPull(nodeMachine, 5000);
    step(pull, serve(served(1300), pull));
    const before = { ...pull };
    const reply = serve(served(1300), pull);
    change(reply);
    assert.is(step(pull, reply), fault);
    assert.equal(pull, before);
  });
}

test("a body above its bound is refused with its first block, announced or not", () => {
  const announced = newPull(nodeMachine, 1000);
  assert.is(step(announced, serve(served(1300), announced)), "too-long block2");
  const silent = newPull(nodeMachine, 1000);
  const first = serve(served(1300), silent);
  strip(first, coap.SIZE_2);
  assert.is(step(silent, first), "block");
  assert.is(step(silent, serve(served(1300), silent)), "too-long block2");
});

test("whatever answers: a step never throws, and never takes a block from another place", () => {
  const options = fc.array(
    fc.record({
      number: fc.constantFrom(4, 9, 12, 23, 28, 2049),
      value: fc.uint8Array({ maxLength: 5 }),
    }),
    { maxLength: 5 },
  );
  const replies = fc.record({
    code: fc.constantFrom(68, 69, 95, 132),
    options,
    payload: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(replies, { maxLength: 6 }), (list) => {
      const pull = newPull(nodeMachine, 100);
      for (const reply of list) {
        const at = pull.at;
        const said = step(pull, reply);
        if (said === "block" || said === "last") assert.is(pull.at, at + reply.payload.length);
        assert.ok(pull.at >= 0 && pull.at <= 100);
      }
    }),
    { numRuns: 2000 },
  );
});

test.run();
