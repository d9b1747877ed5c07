// The tables behind one-octet codes: their shape and which row a value takes.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { AGE_S, BATTERY_PERCENT, codeDown, codeUp, UNCERTAINTY_M } from "../../protocol/codes.ts";
import { CODE_MAX } from "../../protocol/limits.ts";

const TABLES: [string, readonly number[]][] = [
  ["uncertainty", UNCERTAINTY_M],
  ["age", AGE_S],
  ["battery", BATTERY_PERCENT],
];

for (const [name, table] of TABLES) {
  test(`${name}: 24 whole rows, each above the one before, so that every code is one octet`, () => {
    assert.is(table.length, CODE_MAX + 1);
    for (let code = 1; code < table.length; code++) assert.ok(table[code] > table[code - 1]);
    assert.ok(table.every(Number.isInteger));
  });

  test(`${name}: the value of a row has that row's code, up and down`, () => {
    table.forEach((value, code) => {
      assert.is(codeUp(table, value), code);
      assert.is(codeDown(table, value), code);
    });
  });

  test(`${name}: up is never below the value and down never above it, but at the ends`, () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 700000 }), (value) => {
        const up = codeUp(table, value);
        const down = codeDown(table, value);
        assert.ok(table[up] >= value || up === CODE_MAX);
        assert.ok(up === 0 || table[up - 1] < value);
        assert.ok(table[down] <= value || down === 0);
        assert.ok(down === CODE_MAX || table[down + 1] > value);
      }),
    );
  });
}

test("the tables say what people ask for: 10 m to 50 km, now to over a week, empty to full", () => {
  assert.equal([UNCERTAINTY_M[0], UNCERTAINTY_M[CODE_MAX]], [10, 50000]);
  assert.equal([AGE_S[0], AGE_S[CODE_MAX - 1]], [0, 7 * 86400]);
  assert.equal([BATTERY_PERCENT[0], BATTERY_PERCENT[CODE_MAX]], [0, 100]);
});

test.run();
