// Every datagram within its budget at worst, measured on sealed octets [wire §6].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { MESSAGES } from "../../protocol/messages.ts";
import { messageSizes, ruledSizes, type Size } from "../../tools/docs/sizes.ts";

function testSize({ name, octets, octetsMax, exact }: Size): void {
  const bound = exact === true ? `${octetsMax} octets` : `${octetsMax} octets at most`;
  test(`${name}: ${bound}, whatever is in it [wire §6]`, () => {
    if (exact === true) assert.is(octets, octetsMax);
    else assert.ok(octets <= octetsMax, `${octets} octets`);
  });
}

for (const size of ruledSizes()) testSize(size);
for (const size of messageSizes()) testSize(size);

test("every message is weighed, and the bounds of the rule stand for those it names [wire §6]", () => {
  const sizes = messageSizes();
  assert.is(sizes.length, MESSAGES.length);
  const boundOf = (name: string) => sizes.find((size) => size.name === name)?.octetsMax;
  assert.equal(["sos", "beat", "health"].map(boundOf), [50, 48, 80]);
  assert.equal(["fall", "leftZone", "noMovement", "lowBattery"].map(boundOf), [52, 52, 52, 52]);
});

test.run();
