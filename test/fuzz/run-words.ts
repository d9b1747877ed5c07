// A run in words: a line of progress, the tables at its end, a broken rule with its case as hex.

import { hexOf } from "../../sdk/octets.ts";
import { tableText } from "../../tools/simulator/storm/tables.ts";
import type { Case } from "./cases.ts";
import type { OrdersResult } from "./orders.ts";
import { RULES, type Violation } from "./rules.ts";
import { type Counts, FAULT_CODES, type Tally } from "./tally.ts";

const MEGA = 1024 * 1024;

export function progressText(tally: Tally, whole: number, passedMs: number): string {
  const { counters, datagrams } = tally;
  const perSecond = Math.round((1000 * datagrams) / passedMs);
  const opened = counters?.opened ?? 0;
  return `${datagrams} of ${whole} datagrams, ${perSecond} a second, ${opened} opened`;
}

/** All tables of a run, one behind the other. */
export function tablesText(tally: Tally): string {
  return [flowTable(tally), faultTable(tally), changeTable(tally), refusalTable(tally)].join(
    "\n\n",
  );
}

export function sumText(tally: Tally): string {
  const { datagrams, events, answers, memory, told, tookMs, turnedRound } = tally;
  const seconds = tookMs / 1000;
  const held = memory.map(
    (mark) => `${(mark.octets / MEGA).toFixed(1)} MB after ${mark.datagrams}`,
  );
  return [
    `${datagrams} datagrams in ${seconds.toFixed(1)} s, ${Math.round(datagrams / seconds)} a second`,
    `${answers} answers and ${events} events judged; ${turnedRound} turned round at a pager`,
    `an honest pager was told of ${told} alarms in between`,
    `memory: ${memory.some(({ octets }) => octets > 0) ? held.join(", ") : "not measured"}`,
  ].join("\n");
}

export function violationText({ one, rule, span, text }: Violation, seed: number): string {
  const lines = [`seed ${seed} breaks "${rule}": ${RULES[rule]}`, `  seen: ${text}`];
  if (one === undefined) lines.push(`  in cases ${span[0]} to ${span[1] - 1}, and in none alone`);
  else {
    lines.push(`  case ${one.index}: ${caseText(one)}`);
    lines.push(`  to run it alone: npm run fuzz -- --seed ${seed} --only ${one.index}`);
  }
  return lines.join("\n");
}

export function caseText({ side, third, what, carrier, octets, text }: Case): string {
  const by = text === undefined ? "" : ` as ${JSON.stringify(text)}`;
  const way = side === "up" ? `by ${carrier}` : "turned round";
  return `${third} (${what}) ${way}${by}\n  ${hexOf(octets)}`;
}

/** What the gateway made of a few. */
export function refusalTable({ counters = undefined }: Tally): string {
  const rows = Object.entries(counters ?? {}).filter(([, value]) => value > 0);
  return tableText(
    ["counted by the gateway", "count"],
    rows.map(([name, value]) => [name, String(value)]),
  );
}

// internal

function flowTable({ datagrams, stages, thirds, decoded, counters }: Tally): string {
  const share = (value: number): string => `${((100 * value) / datagrams).toFixed(1)} %`;
  const rows: [string, number][] = [
    ...Object.entries(thirds).map(([name, value]): [string, number] => [`of: ${name}`, value]),
    ...Object.entries(stages).map(([name, value]): [string, number] => [`read as: ${name}`, value]),
    ["opened by the gateway", counters?.opened ?? 0],
    ["message given to the decoder", decoded],
  ];
  return tableText(
    ["datagrams", "count", "share"],
    rows.map(([name, value]) => [name, String(value), share(value)]),
  );
}

function faultTable({ faults }: Tally): string {
  const cell = (met: Counts, code: string): string => String(met[code] ?? 0);
  const { gateway, texts, pager } = faults;
  return tableText(
    ["fault", "at the gateway", "in texts", "on the pager"],
    FAULT_CODES.map((code) => [code, cell(gateway, code), cell(texts, code), cell(pager, code)]),
  );
}

function changeTable({ changes }: Tally): string {
  const rows = Object.entries(changes).sort(([a], [b]) => (a < b ? -1 : 1));
  return tableText(
    ["what was done", "count"],
    rows.map(([name, value]) => [name, String(value)]),
  );
}

/** The commands of a run in one line. */
export function ordersText({ commands, changes, calls, starts }: OrdersResult): string {
  const kept = `${changes} changes of settings, ${starts} starts`;
  return `${commands} commands behind a good seal: ${kept}, ${calls} calls for help heard`;
}
