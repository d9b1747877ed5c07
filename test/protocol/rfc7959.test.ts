// Block-wise transfer against RFC 7959: the exchanges of its figures, message by message, with our
// machines at the end or ends that the figure leaves to them. Figures 10 to 13 are not for them: no
// answer of ours is a body to a pushed body, and nothing is observed.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { octetsOfBlock, readBlock } from "../../protocol/block.ts";
import { assemble } from "../../protocol/block-assembly.ts";
import { newPull, pullOptions, serveBlock, stepPull } from "../../protocol/block-pull.ts";
import { newPush, pushOctets, pushOptions, stepPush } from "../../protocol/block-push.ts";
import { toHex } from "../../protocol/bytes.ts";
import { BLOCK_1, BLOCK_2, CHANGED, CONTINUE } from "../../protocol/coap.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { answer, blockNoted, bodyOf, get, notationOf, post } from "./block-ends.ts";
import { hex } from "./octets.ts";
import { rowsOf } from "./text-table.ts";

const OF_64 = 2;
const OF_128 = 3;

/** Value of an option, as a number, and how §3 writes it. */
const NOTATIONS: [number, string][] = [
  [33, "2:2/0/32"],
  [59, "1:3/1/128"],
];

for (const [value, notation] of NOTATIONS) {
  test(`RFC 7959 §3: an option value of ${value} is ${notation}`, () => {
    const option = blockNoted(notation);
    assert.is(toHex(option.value), value.toString(16));
    assert.is(notationOf(get(option)), `GET ${notation}`);
  });
}

/** Number, more, exponent and value, one octet to three: figure 1 of [RFC 7959 §2.2]. */
const VALUES = rowsOf<[string, string, string, string]>(
  4,
  `
  0       | 0 | 0 |
  0       | 0 | 5 | 05
  0       | 1 | 0 | 08
  1       | 0 | 0 | 10
  15      | 1 | 6 | fe
  16      | 0 | 5 | 0105
  4095    | 1 | 5 | fffd
  4096    | 0 | 5 | 010005
  1048575 | 1 | 6 | fffffe
  `,
);

for (const [number, more, exponent, value] of VALUES) {
  test(`RFC 7959 figure 1: block ${number}, more ${more}, exponent ${exponent} is "${value}"`, () => {
    const octets = octetsOfBlock(Number(exponent));
    const option = blockNoted(`2:${number}/${more}/${octets}`);
    assert.is(toHex(option.value), value);
    const block = { number: Number(number), more: more === "1", exponent: Number(exponent) };
    assert.equal(readBlock(get(option), BLOCK_2), block);
  });
}

/** Figure, the server's size as exponent, octets of the body; then requests with their answers. */
const SERVED: [number, number, number, string[]][] = [
  [2, OF_128, 300, ["- 0/1/128", "1/0/128 1/1/128", "2/0/128 2/0/128"]],
  [
    3,
    OF_128,
    370,
    [
      "0/0/64 0/1/64",
      "1/0/64 1/1/64",
      "2/0/64 2/1/64",
      "3/0/64 3/1/64",
      "4/0/64 4/1/64",
      "5/0/64 5/0/64",
    ],
  ],
  [
    4,
    OF_128,
    370,
    ["- 0/1/128", "2/0/64 2/1/64", "3/0/64 3/1/64", "4/0/64 4/1/64", "5/0/64 5/0/64"],
  ],
  // Figures 5 and 6 lose a message: the exchange below sends it again, and the server answers alike.
  [5, OF_128, 370, ["- 0/1/128", "2/0/64 2/1/64", "5/0/64 5/0/64"]],
  [6, OF_128, 370, ["- 0/1/128", "2/0/64 2/1/64", "2/0/64 2/1/64", "5/0/64 5/0/64"]],
];

for (const [figure, exponent, octets, exchanges] of SERVED) {
  test(`RFC 7959 figure ${figure}: each GET has the answer of the figure`, () => {
    const bytes = bodyOf(octets);
    const body = { etag: hex("01"), octets, read: bytes.slice.bind(bytes) };
    for (const exchange of exchanges) {
      const [asked, told] = exchange.split(" ");
      const request = asked === "-" ? get() : get(blockNoted(`2:${asked}`));
      const reply = serveBlock(nodeMachine, body, request, exponent);
      assert.is(notationOf(answer(reply)), `2.05 2:${told}`);
      const [number, , size] = told.split("/").map(Number);
      assert.equal(reply.payload, bytes.slice(number * size, (number + 1) * size));
    }
  });
}

test("RFC 7959 figure 3: our client asks as the figure does, and has the whole body", () => {
  const bytes = bodyOf(370);
  const body = { etag: hex("01"), octets: 370, read: bytes.slice.bind(bytes) };
  const pull = { ...newPull(nodeMachine, 1000), exponent: OF_64 };
  const seen: string[] = [];
  const octets: number[] = [];
  for (let said: unknown = "block"; said === "block"; ) {
    const request = get(...pullOptions(nodeMachine, pull));
    const reply = answer(serveBlock(nodeMachine, body, request, OF_128));
    seen.push(notationOf(request), notationOf(reply));
    said = stepPull(nodeMachine, pull, reply);
    octets.push(...Array.from(reply.payload as Uint8Array));
  }
  assert.equal(Uint8Array.from(octets), bytes);
  const asked = SERVED[1][3].flatMap((exchange) => {
    const [request, reply] = exchange.split(" ");
    return [`GET 2:${request}`, `2.05 2:${reply}`];
  });
  assert.equal(seen, asked);
});

test("RFC 7959 figure 7: our client and our server, message by message as in the figure", () => {
  const bytes = bodyOf(300);
  const push = { ...newPush(hex("07"), 300), exponent: OF_128 };
  const seen: string[] = [];
  let held: ReturnType<typeof assemble>["held"];
  for (const said of ["block", "block", "last"]) {
    const block = bytes.slice(push.at, push.at + pushOctets(push));
    const request = post(pushOptions(nodeMachine, push), block);
    const step = assemble(nodeMachine, held, request, 1000);
    held = step.held;
    seen.push(notationOf(request), notationOf(answer(step.reply)));
    assert.is(stepPush(push, answer(step.reply)), said);
    assert.equal(step.body, said === "last" ? bytes : undefined);
  }
  assert.equal(seen, [
    "POST 1:0/1/128",
    "2.31 1:0/1/128",
    "POST 1:1/1/128",
    "2.31 1:1/1/128",
    "POST 1:2/0/128",
    "2.04 1:2/0/128",
  ]);
});

/** Figure, octets of the body, requests with the answers that a stranger's server gives. */
const PUSHED: [number, number, string[]][] = [
  [8, 300, ["0/1/128 2.04 0/0/128", "1/1/128 2.04 1/0/128", "2/0/128 2.04 2/0/128"]],
  [
    9,
    220,
    ["0/1/128 2.31 0/1/32", "4/1/32 2.31 4/1/32", "5/1/32 2.31 5/1/32", "6/0/32 2.04 6/0/32"],
  ],
];

for (const [figure, octets, exchanges] of PUSHED) {
  test(`RFC 7959 figure ${figure}: our client pushes on as the figure does`, () => {
    const push = { ...newPush(hex("07"), octets), exponent: OF_128 };
    exchanges.forEach((exchange, at) => {
      const [asked, code, told] = exchange.split(" ");
      const request = post(pushOptions(nodeMachine, push), hex(""));
      assert.is(notationOf(request), `POST 1:${asked}`);
      const reply = {
        code: code === "2.31" ? CONTINUE : CHANGED,
        options: [blockNoted(`1:${told}`)],
        payload: hex(""),
      };
      const said = at === exchanges.length - 1 ? "last" : "block";
      assert.is(stepPush(push, answer(reply)), said);
    });
    assert.is(push.at, octets);
  });
}

test("RFC 7959 figures 7 and 9: blocks that shrink on the way are put together all the same", () => {
  const bytes = bodyOf(220);
  let held: ReturnType<typeof assemble>["held"];
  let body: ReturnType<typeof assemble>["body"];
  for (const notation of ["0/1/128", "4/1/32", "5/1/32", "6/0/32"]) {
    const [number, , size] = notation.split("/").map(Number);
    const block = bytes.slice(number * size, number * size + size);
    const step = assemble(nodeMachine, held, post([blockNoted(`1:${notation}`)], block), 1000);
    assert.not(step.body !== undefined && notation !== "6/0/32");
    held = step.held;
    body = step.body;
  }
  assert.equal(body, bytes);
});

test("RFC 7959 §2.2: the reserved exponent 7 and a value of four octets are no block", () => {
  for (const value of ["07", "0f", "ffff", "00000005"]) {
    const read = readBlock(get({ number: BLOCK_1, value: hex(value) }), BLOCK_1);
    assert.equal(read, { fault: "bad-option", path: "coap.block" }, value);
  }
});

test.run();
