// The replay window against a plain list of everything seen.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PIV_MAX, REPLAY_WINDOW } from "../../protocol/limits.ts";
import { checkPiv, markPiv, newWindow } from "../../protocol/replay.ts";
import { nodeMachine } from "../../sdk/machine.ts";

test("a number is new once, then seen", () => {
  const window = newWindow(nodeMachine);
  assert.is(checkPiv(window, 0), "new");
  markPiv(window, 0);
  assert.is(checkPiv(window, 0), "seen");
  assert.is(checkPiv(window, 1), "new");
});

test("checking alone marks nothing: a forged number takes no real one's place", () => {
  const window = newWindow(nodeMachine);
  assert.is(checkPiv(window, PIV_MAX), "new");
  assert.is(checkPiv(window, 0), "new");
  assert.is(window.highest, -1);
});

test("a late message is admitted up to 127 numbers behind the highest [wire §1.6]", () => {
  const window = newWindow(nodeMachine);
  markPiv(window, 1000);
  assert.is(checkPiv(window, 1000 - REPLAY_WINDOW + 1), "new");
  assert.is(checkPiv(window, 1000 - REPLAY_WINDOW), "old");
  markPiv(window, 1000 - REPLAY_WINDOW);
  assert.is(checkPiv(window, 1000 - REPLAY_WINDOW), "old");
  assert.is(window.highest, 1000);
});

test("a leap of exactly the window, and of one less, forgets what it must and no more", () => {
  for (const leap of [REPLAY_WINDOW - 1, REPLAY_WINDOW, REPLAY_WINDOW + 1, 100000]) {
    const window = newWindow(nodeMachine);
    markPiv(window, 5);
    markPiv(window, 5 + leap);
    assert.is(checkPiv(window, 5), leap < REPLAY_WINDOW ? "seen" : "old");
    for (let piv = 6 + leap - REPLAY_WINDOW; piv < 5 + leap; piv++) {
      if (piv >= 0 && piv !== 5) assert.is(checkPiv(window, piv), "new", `${leap} ${piv}`);
    }
  }
});

test("a leap over numbers never seen leaves each of them new, though their places were taken", () => {
  const window = newWindow(nodeMachine);
  for (let piv = 0; piv < REPLAY_WINDOW; piv++) markPiv(window, piv);
  markPiv(window, REPLAY_WINDOW + 3);
  for (let piv = REPLAY_WINDOW; piv < REPLAY_WINDOW + 3; piv++) {
    assert.is(checkPiv(window, piv), "new");
  }
  for (let piv = 4; piv < REPLAY_WINDOW; piv++) assert.is(checkPiv(window, piv), "seen");
});

test("no order of numbers lets one through twice, and none is refused that a list would let in", () => {
  const near = fc.integer({ min: 0, max: 400 });
  const far = fc.integer({ min: 0, max: PIV_MAX });
  const pivs = fc.array(fc.oneof({ weight: 20, arbitrary: near }, far), { maxLength: 200 });
  fc.assert(
    fc.property(pivs, (numbers) => {
      const window = newWindow(nodeMachine);
      const seen = new Set<number>();
      for (const piv of numbers) {
        const highest = Math.max(-1, ...seen);
        const behind = highest - piv >= REPLAY_WINDOW;
        assert.is(checkPiv(window, piv), behind ? "old" : seen.has(piv) ? "seen" : "new");
        if (checkPiv(window, piv) !== "new") continue;
        markPiv(window, piv);
        seen.add(piv);
      }
    }),
    { numRuns: 300 },
  );
});

test.run();
