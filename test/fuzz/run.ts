// `npm run fuzz -- --seed 7 --count 1000000`: hostile datagrams at a live gateway; exit code 1 when a
// rule breaks. `--only 1234` runs that case of the seed alone, `--json` prints for machines.

import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { narrowed } from "./narrow.ts";
import { fuzzOrders } from "./orders.ts";
import {
  caseText,
  ordersText,
  progressText,
  refusalTable,
  sumText,
  tablesText,
  violationText,
} from "./run-words.ts";
import type { Tally } from "./tally.ts";
import { speaksToStrangers } from "./world.ts";

const PROGRESS_MS = 1000;
const DATAGRAMS_PER_COMMAND = 50;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "1000000" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

function wholeOf(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} wants a whole number and got "${text}".`);
  return process.exit(2);
}

const seed = wholeOf("seed", values.seed);
const count = wholeOf("count", values.count);
const only = values.only === undefined ? undefined : wholeOf("only", values.only);
const isWatched = process.stdout.isTTY && !values.json;
const startedMs = performance.now();
let shownMs = startedMs;

function showProgress(tally: Tally): void {
  const nowMs = performance.now();
  if (!isWatched || nowMs - shownMs < PROGRESS_MS) return;
  shownMs = nowMs;
  process.stdout.write(`\r${progressText(tally, count, nowMs - startedMs)}  `);
}

const alone = only !== undefined;
const strangers = speaksToStrangers(seed) ? "strangers are answered" : "strangers meet silence";
const asked = alone ? `case ${only}` : `${count} cases`;
if (!values.json) console.log(`seed ${seed}, ${asked}, ${strangers}`);
const { tally, violations, first } = await fuzz({
  seed,
  from: only ?? 0,
  count: alone ? 1 : count,
  onBatch: showProgress,
});
if (isWatched) console.log("");
// Commands need time and flash at the pager: one for so many datagrams.
const orders = alone ? undefined : fuzzOrders(seed, Math.ceil(count / DATAGRAMS_PER_COMMAND));
const [worst, ...others] = violations;
const narrow = worst === undefined ? [] : [await narrowed({ seed }, worst), ...others];
const broken = [...narrow, ...(orders?.violations ?? [])];
if (values.json) {
  console.log(
    JSON.stringify({ seed, count: tally.datagrams, ...tally, orders, violations: broken }),
  );
} else {
  if (alone) console.log(`${first.map(caseText).join("\n")}\n${refusalTable(tally)}`);
  else console.log(`${tablesText(tally)}\n\n${sumText(tally)}`);
  if (orders !== undefined) console.log(ordersText(orders));
  for (const violation of broken) console.log(violationText(violation, seed));
  console.log(broken.length === 0 ? "no rule broke" : `a rule broke ${broken.length} times`);
}
process.exitCode = broken.length === 0 ? 0 : 1;
