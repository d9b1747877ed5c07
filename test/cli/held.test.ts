// The budget of a hold's first datagram [design §7], in the time of the simulated device.
// What the interpreter computes is not in it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { stands } from "../../tools/size/budget.ts";
import { heldBudgets, holdAgainAndAgain } from "../../tools/size/held.ts";

test("the device lets no hold wait for more than 300 ms, be its modem at rest or busy, and writes once before it", async () => {
  const held = await holdAgainAndAgain();
  assert.is(held.length, 12);
  for (const { ms, writes } of held) assert.ok(ms <= 300, `${ms} ms, ${writes} writes`);
  assert.equal([...new Set(held.map(({ writes }) => writes))], [1]);
  // The hand on the key has ended the modem's rest: there is at most a gap and a short command.
  const waits = held.map(({ ms }) => ms);
  assert.ok(Math.max(...waits) < 100, waits.join(", "));
});

test("the budget is judged, and stands", async () => {
  const [budget] = await heldBudgets();
  assert.is(stands(budget), true);
  assert.is(stands({ ...budget, measured: 301 }), false);
});

test.run();
