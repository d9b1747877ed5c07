// Block options beyond the figures of RFC 7959: one form for each block, how the bounds relate, and
// what a block costs in a sealed datagram.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Block,
  blockAt,
  blockOption,
  octetsOfBlock,
  placeOf,
  readBlock,
} from "../../protocol/block.ts";
import { newPull, pullOptions } from "../../protocol/block-pull.ts";
import { newPush, pushOctets, pushOptions } from "../../protocol/block-push.ts";
import { BLOCK_1, BLOCK_2, encodePacket, type Packet, pathOption } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import * as limits from "../../protocol/limits.ts";
import { sealRequest } from "../../protocol/oscore.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { get, post } from "./block-ends.ts";
import { PAGER } from "./contexts.ts";
import { guarded, hex } from "./octets.ts";

const blocks = fc.record(
  {
    number: fc.integer({ min: 0, max: limits.BLOCK_NUMBER_MAX }),
    more: fc.boolean(),
    exponent: fc.integer({ min: 0, max: limits.BLOCK_EXPONENT_MAX }),
  },
  { noNullPrototype: true },
);

test("every block is read back, whichever option it is in", () => {
  fc.assert(
    fc.property(blocks, fc.constantFrom(BLOCK_1, BLOCK_2), (block, number) => {
      const option = blockOption(nodeMachine, number, block);
      assert.ok(option.value.length <= 3);
      assert.equal(readBlock(get(option), number), block);
      assert.is(readBlock(get(option), number === BLOCK_1 ? BLOCK_2 : BLOCK_1), undefined);
    }),
  );
});

test("whatever octets: a block, which is written back the same but for zeros before it, or a fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5 }), (octets) => {
      const block = readBlock(get({ number: BLOCK_2, value: guarded(octets) }), BLOCK_2);
      if (block === undefined) throw new Error("the option is there");
      if (isFault(block)) {
        assert.ok(octets.length > 3 || octets[octets.length - 1] % 8 === 7);
        return;
      }
      const first = octets.findIndex((octet) => octet !== 0);
      const shortest = first < 0 ? octets.slice(0, 0) : octets.slice(first);
      assert.equal(blockOption(nodeMachine, BLOCK_2, block).value, shortest);
    }),
    { numRuns: 2000 },
  );
});

test("the block at a place begins there", () => {
  const halves = fc.tuple(
    fc.integer({ min: 0, max: limits.BLOCK_NUMBER_MAX }),
    fc.integer({ min: 0, max: limits.BLOCK_EXPONENT_MAX }),
  );
  fc.assert(
    fc.property(halves, ([number, exponent]) => {
      const place = number * octetsOfBlock(exponent);
      const block: Block = blockAt(place, exponent, true);
      assert.is(placeOf(block), place);
      assert.is(block.number, number);
    }),
  );
});

test("blocks are of 16 to 1024 octets, ours of 512 [wire §6]", () => {
  const sizes = [0, 1, 2, 3, 4, 5, 6].map(octetsOfBlock);
  assert.equal(sizes, [16, 32, 64, 128, 256, 512, 1024]);
  assert.is(octetsOfBlock(limits.BLOCK_EXPONENT), limits.BLOCK_OCTETS);
});

test("every body that is allowed can be numbered in the smallest blocks", () => {
  for (const octets of [limits.BODY_OCTETS_MAX, limits.IMAGE_OCTETS_MAX]) {
    assert.ok(octets / 16 <= limits.BLOCK_NUMBER_MAX);
  }
});

test("a log with its heads fits the largest body that is put together, in whole blocks", () => {
  const heads = 1 + 5 + 3;
  assert.ok(limits.LOG_OCTETS_MAX + heads <= limits.BODY_OCTETS_MAX);
  assert.is(limits.BODY_OCTETS_MAX % limits.BLOCK_OCTETS, 0);
});

function sealedOctets(packet: Packet, letter: string): number {
  const options = [...packet.options, pathOption(nodeMachine, letter)];
  const piv = limits.PIV_MAX;
  return encodePacket(
    nodeMachine,
    sealRequest(nodeMachine, PAGER, piv, { ...packet, token: hex("2a"), options }),
  ).length;
}

test("a sealed block of a log stays below 576 octets, and asking for one below 50", () => {
  const push = newPush(hex("0102030405060708"), limits.BODY_OCTETS_MAX);
  const block = nodeMachine.bytes(pushOctets(push));
  assert.is(block.length, limits.BLOCK_OCTETS);
  const pushed = sealedOctets(post(pushOptions(nodeMachine, push), block), "g");
  assert.ok(pushed <= 576, String(pushed));
  const pull = { ...newPull(nodeMachine, limits.IMAGE_OCTETS_MAX), at: 512 * 1023 };
  const pulled = sealedOctets(get(...pullOptions(nodeMachine, pull)), "u");
  assert.ok(pulled <= 50, String(pulled));
});

test.run();
