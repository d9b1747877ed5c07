// `onekey energy` as a process: days of each profile and week, as they were when this was written.
// A figure that moves is shown here and judged by whoever moved it: GOLDEN=write puts it there.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { matchGoldenFile } from "../golden.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));

function onekey(...words: string[]) {
  const run = spawnSync(process.execPath, ["--import", "tsx", MAIN, ...words], {
    encoding: "utf8",
    timeout: 100_000,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const TABLE = new URL("./energy-table.txt", import.meta.url);

interface JsonRow {
  profile: string;
  week: string;
  verdict: string;
  heldMs?: number;
  daysMin: number;
  daysMax: number;
}

let known: JsonRow[] | undefined;

function jsonRows(): JsonRow[] {
  known ??= (JSON.parse(onekey("energy", "--json").out) as { rows: JsonRow[] }).rows;
  return known;
}

test("the table says days as a range, whether the promise holds at both ends, and what costs most", () => {
  const { code, out, err } = onekey("energy");
  assert.is(code, 0, err);
  const rows = out.split("\n").filter((line) => /^(在线|定时) /.test(line));
  matchGoldenFile(TABLE, `${rows.join("\n")}\n`);
  assert.match(out, /no figure: nRF9160 as a stand-in/);
});

test("without a figure for a search poor coverage may break the promise of ten days, and a track is promised no sixty", () => {
  assert.equal(
    jsonRows()
      .filter(({ verdict }) => verdict !== "holds")
      .map((row) => [row.profile, row.week, row.verdict]),
    [
      ["reachable", "coverage", "one end"],
      ["beat", "walks", "not promised"],
    ],
  );
});

test("held to the first datagram: within 5 s reachable, within 45 s between beats [pager §4]", () => {
  const heldMs = (profile: string) =>
    jsonRows().find((row) => row.profile === profile && row.week === "alarm")?.heldMs ?? Number.NaN;
  assert.ok(heldMs("reachable") <= 5000, `${heldMs("reachable")} ms`);
  assert.ok(heldMs("beat") <= 45000, `${heldMs("beat")} ms`);
});

test("days that are none are refused in a sentence", () => {
  const { code, err } = onekey("energy", "--days", "x");
  assert.is(code, 1);
  assert.match(err, /--days takes a whole number/);
});

test.run();
