// `onekey storm`: simulated worlds from seeds, with faults everywhere and checkers beside them.
// Exit code 0 only when no rule broke; a broken seed comes with the command that shows it again.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { OnekeyError } from "../../sdk/error.ts";
import { projectFolder } from "../build/project.ts";
import { CHECKERS } from "../simulator/storm/checkers/checkers.ts";
import { type Climate, type ClimateKind, drawClimate } from "../simulator/storm/climate.ts";
import { addToLedger, readLedger } from "../simulator/storm/ledger.ts";
import { manySeeds } from "../simulator/storm/many-seeds.ts";
import { runSeed, type SeedOptions, type Verdict } from "../simulator/storm/run-seed.ts";
import { shrink } from "../simulator/storm/shrink.ts";
import {
  addVerdict,
  checkerRows,
  faultRows,
  newTally,
  type Tally,
} from "../simulator/storm/tables.ts";
import { traceLine, traceTime } from "../simulator/storm/trace.ts";
import {
  CASES_MIN,
  climateText,
  FAULTS_MIN,
  print,
  type StormOptions,
  tellClimate,
  tellSum,
  tellTables,
  tellVerdict,
} from "./storm-words.ts";

const DAY_MS = 86400000;

export const stormCommand = new Command("storm")
  .description("simulated worlds with faults, one a seed, and checkers beside them")
  .option("--seeds <n>", "how many seeds", wholeOf, 20)
  .option("--from <n>", "the first seed", wholeOf, 1)
  .option("--days <d>", "days of storm in each world, parts of a day too", daysOf, 1)
  .option("--pagers <n>", "pagers in each world", wholeOf, 3)
  .option("--jobs <n>", "so many seeds at once", wholeOf, 1)
  .option("--quiet", "a climate in which nothing fails")
  .option("--only <n>", "only the pager with this place, counted from 0", placeOf)
  .option("--trace", "print one line an event")
  .option("--at", "with --trace: what each modem is told and says as well")
  .option("--tables", "print how often each fault struck and what each checker judged")
  .option(
    "--proof",
    `fail when a fault struck less than ${FAULTS_MIN} times or a checker judged less than ${CASES_MIN}`,
  )
  .option("--ledger <file>", "where each run is written down", join(".onekey", "storms.jsonl"))
  .option("--json", "print for machines")
  .action(storm);

// internal

async function storm(options: StormOptions): Promise<void> {
  const kind: ClimateKind = options.quiet === true ? "quiet" : "stormy";
  // A ledger that can't be read is told before the storm, not after it.
  readLedger(options.ledger);
  const tally = newTally();
  const startedMs = performance.now();
  let alarms = 0;
  let events = 0;
  for await (const verdict of verdictsOf(options, kind)) {
    tellVerdict(options, verdict);
    addVerdict(tally, verdict);
    alarms += verdict.alarms;
    events += verdict.events;
    if (verdict.broken === undefined) continue;
    const { seed } = verdict;
    writeDown(options, kind, seed - options.from, alarms, verdict);
    await tellBroken(options, seedOptions(options, seed, drawClimate(seed, kind)), verdict);
  }
  writeDown(options, kind, options.seeds, alarms);
  tellSum(options, events, performance.now() - startedMs);
  if (options.tables === true || options.proof === true) tellTables(options, tally);
  if (options.proof === true) prove(tally);
}

/** Seed and climate are told before a world begins, or with its verdict where many run at once. */
async function* verdictsOf(options: StormOptions, kind: ClimateKind): AsyncGenerator<Verdict> {
  const { from, seeds, jobs } = options;
  const one = (seed: number) => seedOptions(options, seed, drawClimate(seed, kind));
  if (jobs > 1 && seeds > 1 && options.trace !== true) {
    const { stormMs, pagers, only } = one(from);
    for await (const verdict of manySeeds(
      { seed: from, kind, stormMs, pagers, only },
      seeds,
      jobs,
    )) {
      tellClimate(options, verdict.seed, one(verdict.seed).climate);
      yield verdict;
    }
    return;
  }
  for (let seed = from; seed < from + seeds; seed++) {
    const asked = one(seed);
    tellClimate(options, seed, asked.climate);
    yield await runSeed(asked);
  }
}

function seedOptions(options: StormOptions, seed: number, climate: Climate): SeedOptions {
  const { trace, only, pagers } = options;
  return {
    seed,
    climate,
    stormMs: Math.round(options.days * DAY_MS),
    pagers,
    only: only === undefined ? undefined : [only],
    checkers: CHECKERS,
    onEvent: trace === true ? (event) => print(traceLine(event)) : undefined,
    onModem:
      options.at === true
        ? (pager, { kind, text }) => print(`${" ".repeat(14)} ${pager} at:${kind} ${text}`)
        : undefined,
  };
}

/** The rule, what was seen, and the smallest world that shows it. */
async function tellBroken(
  options: StormOptions,
  asked: SeedOptions,
  found: Verdict,
): Promise<never> {
  // Who reads a trace looks at this world already.
  const isSearched = options.trace !== true;
  if (isSearched && options.json !== true) print(climateText(asked.seed, asked.climate));
  if (isSearched && options.json !== true) print("looking for a smaller world that breaks it ...");
  const { options: small, verdict } = isSearched
    ? await shrink(asked, found)
    : { options: asked, verdict: found };
  const { broken = found.broken } = verdict;
  const days = small.stormMs / DAY_MS;
  const words = [
    `onekey storm --seeds 1 --from ${asked.seed} --days ${Number(days.toPrecision(6))}`,
    `--pagers ${small.pagers}`,
    ...(small.only === undefined ? [] : [`--only ${small.only[0]}`]),
    ...(options.quiet === true ? ["--quiet"] : []),
  ];
  const at = broken === undefined ? "" : traceTime(broken.atMs);
  throw new OnekeyError(
    "rule-broken",
    `seed ${asked.seed} breaks ${broken?.checker} at ${at}, after ${broken?.events} events.\n` +
      `  rule: ${broken?.rule}\n  seen: ${broken?.text}\n` +
      `  to see it again: ${words.join(" ")} --trace`,
  );
}

function writeDown(
  options: StormOptions,
  climate: ClimateKind,
  seeds: number,
  alarms: number,
  verdict?: Verdict,
): void {
  mkdirSync(dirname(options.ledger), { recursive: true });
  addToLedger(options.ledger, {
    day: new Date().toISOString().slice(0, 10),
    of: revision(),
    climate,
    from: options.from,
    seeds,
    pagers: options.only === undefined ? options.pagers : 1,
    days: options.days,
    alarms,
    verdict: verdict === undefined ? "passed" : "broken",
    broken: verdict && `${verdict.broken?.checker} in seed ${verdict.seed}`,
  });
}

/** What was run: the commit, marked where files differ from it. */
function revision(): string {
  try {
    const words = ["describe", "--always", "--dirty", "--abbrev=10"];
    const from = { cwd: projectFolder, encoding: "utf8", stdio: "pipe" } as const;
    return execFileSync("git", words, from).trim();
  } catch {
    return "unknown"; // no repository here: an installed package
  }
}

/** A storm that never blew proves nothing. */
function prove(tally: Tally): void {
  const calm = faultRows(tally).filter(({ count }) => count < FAULTS_MIN);
  const idle = checkerRows(tally, CHECKERS).filter(({ good }) => good < CASES_MIN);
  const names = [...calm, ...idle].map(({ name }) => name);
  if (names.length === 0) return;
  throw new OnekeyError(
    "rule-broken",
    `too few for a proof: ${names.join(", ")}: run more seeds, or raise a rate.`,
  );
}

function wholeOf(text: string): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("give a whole number from 1 on");
}

function placeOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("give a whole number from 0 on");
}

function daysOf(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= 36500) return value;
  throw new InvalidArgumentError("give a number of days, such as 2 or 0.5");
}
