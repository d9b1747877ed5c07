// Sending again: the times of an exchange, at any chance and across a wrap of the clock.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { dueInMs, EXCHANGE_MS, newExchange, stepExchange } from "../../protocol/exchange.ts";
import { spanMs } from "../../protocol/span.ts";

const chances = fc.integer({ min: 0, max: 2147483647 });
const instants = fc.integer({ min: -2147483648, max: 2147483647 });
/** What a pager's counter shows `ms` after `atMs`. */
const wrapped = (atMs: number, ms: number) => (atMs + ms) | 0;

/** Spans at which the octets leave, and the one at which the next exchange begins. */
function timesOf(atMs: number, chance: number): number[] {
  const exchange = newExchange(atMs, chance);
  const times = [0];
  let spentMs = 0;
  for (let guard = 0; guard < 10; guard++) {
    spentMs += dueInMs(exchange, wrapped(atMs, spentMs));
    const said = stepExchange(exchange, wrapped(atMs, spentMs));
    assert.is.not(said, "wait");
    times.push(spentMs);
    if (said === "over") return times;
  }
  throw new Error("the exchange has no end");
}

test("octets leave at 0, 4 and 12 s, each wait times 1 to 1.5, then a new exchange [wire §2.3]", () => {
  fc.assert(
    fc.property(instants, chances, (atMs, chance) => {
      const [first, second, third, over, ...more] = timesOf(atMs, chance);
      assert.is(first, 0);
      assert.ok(second >= 4000 && second <= 6000, `second at ${second}`);
      assert.ok(third - second >= 8000 && third - second <= 12000, `third at ${third}`);
      assert.is(over, EXCHANGE_MS);
      assert.equal(more, []);
    }),
  );
});

test("the waits spread over their whole range [wire §2.3]", () => {
  const seconds = new Set<number>();
  for (let chance = 0; chance < 2001; chance++) seconds.add(newExchange(0, chance).secondMs);
  assert.is(seconds.size, 2001);
  assert.is(newExchange(0, 4000).thirdMs - newExchange(0, 4000).secondMs, 12000);
});

test("nothing leaves before its time, however often it is asked [wire §2.3]", () => {
  const exchange = newExchange(0, 0);
  for (let atMs = 0; atMs < 4000; atMs += 100) assert.is(stepExchange(exchange, atMs), "wait");
  assert.is(exchange.sent, 1);
  assert.is(dueInMs(exchange, 3999), 1);
});

test("after a sleep over two sendings the octets leave once [wire §2.3]", () => {
  const exchange = newExchange(0, 0);
  assert.is(stepExchange(exchange, 15000), "send");
  assert.is(exchange.sent, 3);
  assert.is(stepExchange(exchange, 15001), "wait");
  assert.is(dueInMs(exchange, 40000), 0);
  assert.is(stepExchange(exchange, 40000), "over");
});

test("a span is right across a wrap of the counter and on a clock that doesn't wrap", () => {
  const spans = fc.integer({ min: -2147483648, max: 2147483647 });
  fc.assert(fc.property(instants, spans, (atMs, ms) => spanMs(wrapped(atMs, ms), atMs) === ms));
  assert.is(spanMs(1800000000123, 1800000000000), 123);
});

test.run();
