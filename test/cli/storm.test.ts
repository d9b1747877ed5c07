// `onekey storm` as a process: what it prints first, a line's form, its ledger, and its refusals.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readLedger } from "../../tools/simulator/storm/ledger.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "onekey-storm-"));
const ledger = join(folder, "storms.jsonl");

test.after(() => rmSync(folder, { recursive: true, force: true }));

/** A small world: one pager, half an hour. */
function storm(...words: string[]) {
  const small = ["--days", "0.02", "--pagers", "1", "--ledger", ledger];
  const run = spawnSync(process.execPath, ["--import", "tsx", MAIN, "storm", ...small, ...words], {
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  return { code: run.status, out: run.stdout.split("\n"), err: run.stderr };
}

test("seed and climate stand first, then one line an event in fixed columns, then the verdict", () => {
  const { code, out } = storm("--seeds", "1", "--from", "7", "--trace");
  assert.is(code, 0);
  assert.match(out[0], /^seed 7, stormy; rates are/);
  assert.match(out[1], /^ {2}world: \w+ [\d.e-]+, /);
  assert.match(out[2], /^ {2}modem: /);
  assert.match(out[3], /^ {2}pager: firstMs \d+, driftPpm -?\d+, /);
  const from = out.findIndex((line) => line.startsWith("0+00:00:00.000 world    phase    storm"));
  const to = out.findIndex((line) => /^\d\+[\d:.]{12} world {4}phase {4}end$/.test(line));
  assert.ok(from > 0 && to > from + 20, "a world has a beginning, an end, and much between them");
  for (const line of out.slice(4, to + 1)) {
    assert.match(line, /^\d\+\d\d:\d\d:\d\d\.\d{3} (?=.{8} \w)[\w-]+ +\w+( |$)/, line);
  }
  assert.match(out[to + 1], /^passed, \d+ events, \d+ alarms$/);
});

test("each run is added to the ledger, and its sum is told", () => {
  const before = existsSync(ledger) ? readLedger(ledger).length : 0;
  const { out } = storm("--seeds", "2");
  const entries = readLedger(ledger);
  assert.is(entries.length, before + 1);
  const { from, seeds, pagers, days, verdict, climate } = entries[entries.length - 1];
  assert.equal([from, seeds, pagers, days, verdict, climate], [1, 2, 1, 0.02, "passed", "stormy"]);
  assert.match(out[out.length - 2], new RegExp(`^ledger: ${before + 1} runs, 0 broken; passed: `));
});

test("a run too short for a proof is no proof", () => {
  const { code, err } = storm("--seeds", "1", "--proof");
  assert.is(code, 1);
  assert.match(
    err,
    /^onekey: too few for a proof: upLost, .* run more seeds, or raise a rate\.\n$/,
  );
});

test("--json prints one object a line", () => {
  const { out } = storm("--seeds", "2", "--json", "--tables");
  const rows = out.filter((line) => line !== "").map((line) => JSON.parse(line));
  assert.equal(
    rows.slice(0, 2).map(({ seed, broken }) => [seed, broken]),
    [
      [1, undefined],
      [2, undefined],
    ],
  );
  assert.ok(rows[2].faults.length > 80 && rows[2].cases.length > 10);
});

test("seeds side by side give what they give one after the other, in their order", () => {
  const alone = storm("--seeds", "4", "--json");
  const together = storm("--seeds", "4", "--json", "--jobs", "2");
  assert.is(together.code, 0);
  assert.equal(together.out, alone.out);
});

test("a ledger that can't be read is told by its line, and nothing is added to it", () => {
  const bad = join(folder, "bad.jsonl");
  writeFileSync(bad, "seven storms\n");
  const { code, err } = storm("--seeds", "1", "--ledger", bad);
  assert.is(code, 1);
  assert.match(err, /^onekey: Line 1 of .*bad\.jsonl is no entry of a ledger: mend it or name/);
  assert.is(readFileSync(bad, "utf8"), "seven storms\n");
});

test("what is no number of seeds, days or pagers is refused in a sentence", () => {
  for (const words of [
    ["--seeds", "0"],
    ["--days", "soon"],
    ["--pagers", "-1"],
    ["--only", "x"],
  ]) {
    const { code, err } = storm(...words);
    assert.is(code, 1, words.join(" "));
    assert.match(err, /^onekey: .*give a .*: see onekey --help\.\n$/, words.join(" "));
  }
});

test.run();
