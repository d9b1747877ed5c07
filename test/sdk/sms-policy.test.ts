// How often the octets of an exchange leave, and when the next may begin, by carrier.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { beginSending, SMS_EXCHANGE_MS } from "../../sdk/gateway/sms-policy.ts";

/** What a courier does with a sending: when it says what, until the exchange is over. */
function story(carrier: "udp" | "sms" | "serial", chance: number): [atMs: number, step: string][] {
  const startMs = 1_000_000;
  const sending = beginSending(carrier, { atMs: startMs, chance });
  const said: [number, string][] = [];
  let nowMs = startMs;
  for (let i = 0; i < 10; i++) {
    nowMs += sending.dueInMs(nowMs);
    const step = sending.step(nowMs);
    said.push([nowMs - startMs, step]);
    if (step === "over") return said;
  }
  return said;
}

test("an exchange by SMS sends its octets once, and the next begins 120 s later [wire §5]", () => {
  for (const chance of [0, 4000, 2147483647]) {
    assert.equal(story("sms", chance), [[SMS_EXCHANGE_MS, "over"]]);
  }
  assert.is(SMS_EXCHANGE_MS, 120_000);
});

test("an exchange by UDP or a serial line sends at 0, 4 and 12 s and is over at 30 [wire §2.3]", () => {
  for (const carrier of ["udp", "serial"] as const) {
    assert.equal(story(carrier, 0), [
      [4000, "send"],
      [12000, "send"],
      [30000, "over"],
    ]);
  }
});

test("asked too early, it waits, and says how long", () => {
  const sending = beginSending("sms", { atMs: 5000, chance: 1 });
  assert.is(sending.step(5000), "wait");
  assert.is(sending.step(124_999), "wait");
  assert.is(sending.dueInMs(124_999), 1);
  assert.is(sending.step(125_000), "over");
  assert.is(sending.dueInMs(400_000), 0);
});

test.run();
