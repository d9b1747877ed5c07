// Every datagram within its budget at worst, measured on sealed octets [wire §6].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { sizes } from "./sizes.ts";

for (const { name, octets, octetsMax } of sizes()) {
  console.log(`${name}: ${octets} octets of ${octetsMax}`);
  test(`${name}: ${octetsMax} octets at most, whatever is in it`, () => {
    assert.ok(octets <= octetsMax, `${octets} octets`);
  });
}

test("the bare answer is exactly 16 octets", () => {
  assert.is(sizes().find((size) => size.name === "bare answer")?.octets, 16);
});

test.run();
