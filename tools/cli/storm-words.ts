// What `onekey storm` prints: climates, verdicts, sums and tables, for persons or for machines.
// Runs nothing, and decides nothing about a verdict.

import { CHECKERS } from "../simulator/storm/checkers/checkers.ts";
import type { Climate } from "../simulator/storm/climate.ts";
import { readLedger, sumOf } from "../simulator/storm/ledger.ts";
import type { Verdict } from "../simulator/storm/run-seed.ts";
import { checkerRows, faultRows, type Tally, tableText } from "../simulator/storm/tables.ts";

export interface StormOptions {
  seeds: number;
  from: number;
  days: number;
  pagers: number;
  jobs: number;
  quiet?: boolean;
  only?: number;
  trace?: boolean;
  at?: boolean;
  tables?: boolean;
  proof?: boolean;
  ledger: string;
  json?: boolean;
}

/** What "it storms" means over a long run. */
export const FAULTS_MIN = 1000;
export const CASES_MIN = 10000;

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Of many seeds a few words; of one, or of one that broke, all of it. */
export function tellClimate(options: StormOptions, seed: number, climate: Climate): void {
  if (options.json === true) return;
  if (options.trace === true || options.seeds === 1) {
    print(climateText(seed, climate));
    return;
  }
  const count = Object.keys(climate.world).length + Object.keys(climate.modem).length;
  process.stdout.write(`seed ${seed}  ${climate.kind}, ${count} faults  `);
}

export function climateText(seed: number, { kind, world, modem, traits, prompt }: Climate): string {
  const rates = (of: object) =>
    Object.entries(of)
      .map(([name, rate]) => `${name} ${Number(rate.toPrecision(3))}`)
      .join(", ");
  return [
    `seed ${seed}, ${kind}; rates are a probability each time, or a mean of seconds`,
    `  world: ${rates(world)}`,
    `  modem: ${rates(modem)}`,
    `  pager: ${rates(traits)}; operators ${prompt ? "prompt" : "slow"}`,
  ].join("\n");
}

export function tellVerdict(options: StormOptions, verdict: Verdict): void {
  const { seed, broken, events, alarms } = verdict;
  if (options.json === true) print(JSON.stringify({ seed, events, alarms, broken }));
  else print(`${broken === undefined ? "passed" : "BROKEN"}, ${events} events, ${alarms} alarms`);
}

export function tellSum(options: StormOptions, events: number, tookMs: number): void {
  if (options.json === true) return;
  const pagers = options.only === undefined ? options.pagers : 1;
  const days = Math.round(options.seeds * options.days * pagers * 100) / 100;
  const rssMb = Math.round(process.memoryUsage().rss / 1e6);
  const perMinute = Math.round((days / tookMs) * 60000);
  print(
    `${options.seeds} seeds passed: ${days} pager-days, ${events} events, ` +
      `${(tookMs / 1000).toFixed(1)} s, ${perMinute} pager-days a minute, ${rssMb} MB`,
  );
  print(sumOf(readLedger(options.ledger)));
}

export function tellTables(options: StormOptions, tally: Tally): void {
  const faults = faultRows(tally);
  const cases = checkerRows(tally, CHECKERS);
  if (options.json === true) {
    print(JSON.stringify({ faults, cases }));
    return;
  }
  const red = (count: number, least: number) => (count < least ? `**${count}**` : String(count));
  const least = options.proof === true ? [FAULTS_MIN, CASES_MIN] : [1, 1];
  print(
    `\n${tableText(
      ["fault", "what happens", "struck"],
      faults.map(({ name, text, count }) => [name, text, red(count, least[0])]),
    )}`,
  );
  print(
    `\n${tableText(
      ["checker", "rule", "good", "excused"],
      cases.map(({ name, rule, good, excused }) => [name, rule, red(good, least[1]), excused]),
    )}`,
  );
}
