// `onekey size` as a process: one table of budgets, what is missing said aloud, the same for machines;
// and `onekey build --words` beside it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { columnLines } from "../../tools/cli/columns.ts";
import { type Budget, brokenOf, isJudged, stands } from "../../tools/size/budget.ts";
import { notTimed, timeHolds } from "../../tools/size/computed.ts";
import { variableBudgets } from "../../tools/size/variables.ts";
import { need } from "../need.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 100_000;

function onekey(...words: string[]) {
  const run = spawnSync(process.execPath, ["--import", "tsx", MAIN, ...words], {
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const budget: Budget = { what: "image", measured: 10, allowed: 9, unit: "octets" };

test("a budget is broken above what is allowed, and not at it", () => {
  const atBound = { ...budget, what: "at the bound", measured: 9 };
  assert.equal(brokenOf([budget, atBound]), ["image"]);
});

test("what was not measured, or has a reason not to be judged, breaks nothing", () => {
  const reason = { ...budget, why: "no such board" };
  const missing = { ...reason, measured: undefined };
  assert.equal([reason, missing].map(isJudged), [false, false]);
  assert.equal([reason, missing].map(stands), [true, true]);
});

test("columns are aligned, Chinese letters by the two places that they take", () => {
  assert.equal(
    columnLines(
      [
        ["按", "1", "x"],
        ["abc", "22", ""],
      ],
      [1],
    ),
    ["按    1  x", "abc  22"],
  );
});

test("without the interpreter the rest is measured, and what is missing is said", () => {
  const { code, out, err } = onekey("size", "--espruino", "/no/such/espruino");
  assert.equal([code, err], [0, ""]);
  const lines = out.split("\n");
  assert.match(lines[0], /^budget +measured +allowed +share$/);
  const rows = lines.slice(1, lines.indexOf(""));
  const image = rows.find((line) => line.startsWith("image of rak5010"));
  assert.match(
    image ?? "",
    /^image of rak5010, as stored +\d\d,\d{3} +77,760 +octets +\d\d\.\d % +stands$/,
  );
  const peak = rows.find((line) => line.startsWith("variables at an alarm's peak"));
  assert.match(peak ?? "", / - +8,125 +variables +needs Espruino 2v29/);
  assert.match(out, /\nrak5010: firmware\/core +\d+,\d{3} +\d\d\.\d %\n/);
  assert.match(out, /\ngateway beside a bare echo +npm run bench -- gateway\n/);
  const verdictAt = new Set(rows.map((line) => line.search(/stands$|needs |no board/)));
  assert.is(verdictAt.size, 1, "verdicts stand in one column");
});

test("for machines each budget is an object, and the folders sum up to the image", () => {
  const { code, out } = onekey("size", "--json", "--espruino", "/no/such/espruino");
  assert.is(code, 0);
  const { budgets, images } = JSON.parse(out);
  const image = budgets.find(({ what }: Budget) => what.startsWith("image of rak5010"));
  const [{ board, octets, folders }] = images;
  const sum = folders.reduce((all: number, one: { octets: number }) => all + one.octets, 0);
  assert.equal([board, octets, sum], ["rak5010", image.measured, octets]);
  assert.equal([image.stands, image.allowed], [true, 77760]);
  const counted = budgets.find(({ unit }: Budget) => unit === "variables");
  assert.equal([counted.stands, counted.measured], [null, undefined]);
});

test("the build lists each text that is no number, with the place that keeps it", () => {
  const dir = mkdtempSync(join(tmpdir(), "onekey-words-"));
  const { code, out } = onekey("build", "--board", "rak5010", "--out", dir, "--words");
  rmSync(dir, { recursive: true });
  assert.is(code, 0);
  assert.match(out, /\ntext +times +where it is text +why\n/);
  assert.match(out, /\n"CBC" +1 +firmware\/espruino\/machine\.ts:\d+ +the platform makes it\n/);
});

const espruino = need("espruino");
if (espruino !== undefined) {
  test("variables are counted through one alarm on the real interpreter", async () => {
    const [rest, peak] = await variableBudgets(espruino);
    assert.ok(isJudged(rest) && isJudged(peak));
    const counts = [rest.measured ?? 0, peak.measured ?? 0];
    // An empty interpreter has some sixty; the alarm has its datagram and keys at hand.
    assert.ok(counts[0] > 1000 && counts[1] > counts[0] + 50, counts.join(", "));
    assert.equal([stands(rest), stands(peak)], [true, true]);
  });

  test("what is computed from a hold to its datagram is told for each hold, and not judged", async () => {
    const [ms, ...more] = await timeHolds(espruino, 1);
    assert.ok(ms > 0 && more.length === 0, `${ms} ${more}`);
    assert.is(isJudged(notTimed("of this machine")[0]), false);
  });
}

test.run();
