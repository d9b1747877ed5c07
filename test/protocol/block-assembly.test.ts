// Putting a pushed body together: in order, under one tag, within its bound, and without room for what
// was only announced.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Assembled, type Assembly, assemble, settle } from "../../protocol/block-assembly.ts";
import * as coap from "../../protocol/coap.ts";
import type { Machine } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { answer, blockNoted, bodyOf, notationOf, post } from "./block-ends.ts";
import { hex } from "./octets.ts";

const OCTETS_MAX = 2000;
const BODY = bodyOf(1300);

/** 2^31: no number of ours. */
const BEYOND = 2147483648;

interface Said {
  block: string;
  /** Hex of the tags; one by default. */
  tags?: string[];
  octets?: number;
  announced?: number;
}

function requestOf({ block, tags = ["0a"], octets, announced }: Said): coap.Packet {
  const [number, , size] = block.split("/").map(Number);
  const options = [blockNoted(`1:${block}`)];
  for (const tag of tags) options.push({ number: coap.REQUEST_TAG, value: hex(tag) });
  if (announced === BEYOND) options.push({ number: coap.SIZE_1, value: hex("80000000") });
  else if (announced !== undefined) {
    options.push(coap.uintOption(nodeMachine, coap.SIZE_1, announced));
  }
  const from = number * size;
  const payload = octets === undefined ? BODY.slice(from, from + size) : bodyOf(octets);
  return post(options, payload);
}

/** Takes one after the other; the answers as the RFC writes them, and what came whole. */
function taken(...said: Said[]): { told: string[]; bodies: unknown[]; last: Assembled } {
  let held: Assembly | undefined;
  const told: string[] = [];
  const bodies: unknown[] = [];
  let last: Assembled | undefined;
  for (const one of said) {
    last = assemble(nodeMachine, held, requestOf(one), OCTETS_MAX);
    held = last.held;
    told.push(notationOf(answer(last.reply)));
    if (last.body !== undefined) bodies.push(last.body);
  }
  return { told, bodies, last: last as Assembled };
}

const FIRST = { block: "0/1/512" };
const SECOND = { block: "1/1/512" };
const THIRD = { block: "2/0/512" };
const FINE = ["2.31 1:0/1/512", "2.31 1:1/1/512", "2.04 1:2/0/512"];

test("blocks in order make the body; 2.31 in between, 2.04 at the end [RFC 7959 §2.5]", () => {
  const { told, bodies } = taken(FIRST, SECOND, THIRD);
  assert.equal(told, FINE);
  assert.equal(bodies, [BODY]);
});

/** What comes, and what is told. */
const ROWS: [string, Said[], string[]][] = [
  ["a block is missing", [FIRST, THIRD], ["2.31 1:0/1/512", "4.08"]],
  ["the first is missing", [SECOND], ["4.08"]],
  ["another tag in between", [FIRST, { ...SECOND, tags: ["0b"] }], ["2.31 1:0/1/512", "4.08"]],
  ["no tag in between", [FIRST, { ...SECOND, tags: [] }], ["2.31 1:0/1/512", "4.08"]],
  ["an empty tag in between", [FIRST, { ...SECOND, tags: [""] }], ["2.31 1:0/1/512", "4.08"]],
  [
    "one tag of two in between",
    [{ ...FIRST, tags: ["0a", "0b"] }, SECOND],
    ["2.31 1:0/1/512", "4.08"],
  ],
  [
    "two tags that joined are one",
    [
      { ...FIRST, tags: ["0a", "0b"] },
      { ...SECOND, tags: ["0a0b"] },
    ],
    ["2.31 1:0/1/512", "4.08"],
  ],
  [
    "a block goes on from a larger one's end",
    [FIRST, { block: "4/1/128" }],
    ["2.31 1:0/1/512", "2.31 1:4/1/128"],
  ],
  [
    "a block from elsewhere of another size",
    [FIRST, { block: "2/1/128" }],
    ["2.31 1:0/1/512", "4.08"],
  ],
  ["a block of 1024 is taken, and 512 asked for", [{ block: "0/1/1024" }], ["2.31 1:0/1/512"]],
  ["a short block that isn't the last", [{ ...FIRST, octets: 511 }], ["4.00"]],
  ["a block longer than its size", [{ ...FIRST, octets: 513 }], ["4.00"]],
  ["a last block longer than its size", [{ block: "0/0/16", octets: 17 }], ["4.00"]],
  ["an empty body", [{ block: "0/0/512", octets: 0 }], ["2.04 1:0/0/512"]],
  ["announced too long", [{ ...FIRST, announced: OCTETS_MAX + 1 }], ["4.13"]],
  ["announced beyond int32", [{ ...FIRST, announced: BEYOND }], ["4.13"]],
  ["announced as long as may be", [{ ...FIRST, announced: OCTETS_MAX }], ["2.31 1:0/1/512"]],
  [
    "too long without a word",
    [FIRST, SECOND, { block: "2/1/512", octets: 512 }, { block: "3/0/512", octets: 500 }],
    ["2.31 1:0/1/512", "2.31 1:1/1/512", "2.31 1:2/1/512", "4.13"],
  ],
];

for (const [name, said, told] of ROWS) {
  test(`${name}: ${told.join(", ")}`, () => assert.equal(taken(...said).told, told));
}

test("4.13 says how long a body may be, and forgets the blocks [RFC 7959 §2.9.3]", () => {
  const { last } = taken(FIRST, { ...FIRST, tags: ["0b"], announced: OCTETS_MAX + 1 });
  const [option] = last.reply.options;
  assert.is(option.number, coap.SIZE_1);
  assert.is(coap.uintOf(option.value), OCTETS_MAX);
  assert.is(last.held, undefined);
});

test("a first block begins anew, under the same tag or another", () => {
  for (const tags of [["0a"], ["0b"], [], ["0a", "0a"]]) {
    const again = [FIRST, SECOND, THIRD].map((one) => ({ ...one, tags }));
    const { told, bodies } = taken(FIRST, SECOND, ...again);
    assert.equal(told.slice(2), FINE);
    assert.equal(bodies, [BODY]);
  }
});

test("a copy of the last block that was taken is answered alike and added once", () => {
  const { told, bodies } = taken(FIRST, FIRST, SECOND, SECOND, SECOND, THIRD);
  assert.equal(told, [FINE[0], FINE[0], FINE[1], FINE[1], FINE[1], FINE[2]]);
  assert.equal(bodies, [BODY]);
});

test("each copy of the end brings the body again until it is stored, and 2.04 after that", () => {
  const { bodies, last } = taken(FIRST, SECOND, THIRD, THIRD);
  assert.is(bodies.length, 2);
  const held = last.held as Assembly;
  settle(nodeMachine, held);
  assert.is(held.bytes.length, 0);
  const copy = assemble(nodeMachine, held, requestOf(THIRD), OCTETS_MAX);
  assert.is(notationOf(answer(copy.reply)), FINE[2]);
  assert.is(copy.body, undefined);
  const more = assemble(nodeMachine, held, requestOf({ block: "3/0/512" }), OCTETS_MAX);
  assert.is(more.reply.code, coap.INCOMPLETE);
});

test("two bodies of one block and without a tag are two bodies", () => {
  const one = { block: "0/0/512", octets: 100, tags: [] };
  assert.is(taken(one, one).bodies.length, 2);
  assert.is(taken({ ...one, tags: ["0a"] }, { ...one, tags: ["0b"] }).bodies.length, 2);
});

test("no room is taken for what is announced, and at most twice what came", () => {
  const asked: number[] = [];
  const counting: Machine = {
    ...nodeMachine,
    bytes(length) {
      asked.push(length);
      return nodeMachine.bytes(length);
    },
  };
  const announced = { ...FIRST, announced: 8_000_000 };
  const first = assemble(counting, undefined, requestOf(announced), 10_000_000);
  assert.is(first.reply.code, coap.CONTINUE);
  assert.ok(Math.max(...asked) <= 1024, `${asked}`);
  const held = first.held as Assembly;
  assemble(counting, held, requestOf(SECOND), 10_000_000);
  assert.ok(Math.max(...asked) <= 2048, `${asked}`);
  assert.ok(held.bytes.length <= 2 * held.octets);
});

test("a request without a block, or with a reserved one, is 4.00 and changes nothing", () => {
  const { held } = taken(FIRST).last;
  for (const options of [[], [{ number: coap.BLOCK_1, value: hex("07") }]]) {
    const step = assemble(nodeMachine, held, post(options, hex("01")), OCTETS_MAX);
    assert.is(step.reply.code, coap.BAD_REQUEST);
    assert.is(step.held, held);
  }
});

test("whatever blocks come: what is held stays in its bound, and a body is made of blocks that follow", () => {
  const blocks = fc.record({
    value: fc.uint8Array({ maxLength: 2 }),
    tag: fc.constantFrom("", "0a"),
    payload: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(blocks, { maxLength: 12 }), (list) => {
      let held: Assembly | undefined;
      for (const { value, tag, payload } of list) {
        const options = [
          { number: coap.BLOCK_1, value },
          { number: coap.REQUEST_TAG, value: hex(tag) },
        ];
        const before = held?.octets ?? 0;
        const step = assemble(nodeMachine, held, post(options, payload), 100);
        held = step.held;
        if (held === undefined) continue;
        assert.ok(held.octets <= 100 && held.octets <= before + payload.length);
        assert.ok(held.bytes.length <= 2 * held.octets);
        if (step.body !== undefined) assert.is(step.body.length, held.octets);
      }
    }),
    { numRuns: 2000 },
  );
});

test.run();
