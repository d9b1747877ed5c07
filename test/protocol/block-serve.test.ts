// Serving a body in blocks: never more than was asked, never an octet beside the body.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Body, serveBlock } from "../../protocol/block-pull.ts";
import * as coap from "../../protocol/coap.ts";
import { BLOCK_EXPONENT } from "../../protocol/limits.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { answer, blockNoted, bodyOf, get, notationOf } from "./block-ends.ts";
import { hex } from "./octets.ts";

function served(octets: number): Body {
  const bytes = bodyOf(octets);
  return { etag: hex("0102"), octets, read: (from, to) => bytes.slice(from, to) };
}

test("what can't be served is 4.00, and nothing of the body is read [RFC 7959 §2.2]", () => {
  const body = { ...served(1300), read: () => assert.unreachable("read") };
  const wrong = [blockNoted("2:3/0/512"), blockNoted("2:1048575/0/1024")];
  const reserved = { number: coap.BLOCK_2, value: hex("07") };
  for (const option of [...wrong, reserved]) {
    const reply = serveBlock(nodeMachine, body as unknown as Body, get(option), BLOCK_EXPONENT);
    assert.is(reply.code, coap.BAD_REQUEST);
  }
});

test("the more bit of a request is passed over, and a small body needs no Block2 [RFC 7959 §2.4]", () => {
  const body = served(700);
  const asked = serveBlock(nodeMachine, body, get(blockNoted("2:1/1/512")), BLOCK_EXPONENT);
  assert.is(notationOf(answer(asked)), "2.05 2:1/0/512");
  const whole = serveBlock(nodeMachine, served(100), get(), BLOCK_EXPONENT);
  assert.is(notationOf(answer(whole)), "2.05");
  assert.is(whole.payload.length, 100);
});

test("a block of what is served is read within the body, whatever is asked", () => {
  const value = fc.uint8Array({ maxLength: 4 });
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 3000 }), (octets, size) => {
      const bytes = bodyOf(size);
      const body: Body = {
        etag: hex("01"),
        octets: size,
        read(from, to) {
          assert.ok(from >= 0 && from <= to && to <= size, `${from} to ${to} of ${size}`);
          return bytes.slice(from, to);
        },
      };
      const option = { number: coap.BLOCK_2, value: octets };
      const reply = serveBlock(nodeMachine, body, get(option), BLOCK_EXPONENT);
      assert.ok(reply.payload.length <= 512);
    }),
    { numRuns: 2000 },
  );
});

test.run();
