// `onekey falls DIR`: the fall detector over recorded trials that lie on disk, and how it did.
// Brings no data and tunes nothing: where the sets are to be had is for tools/falls/README.md.

import { Command, InvalidArgumentError, Option } from "commander";
import { trialsBelow } from "../falls/data-folder.ts";
import { type FallReport, reportOf, type Share } from "../falls/report.ts";
import type { Trial } from "../falls/trial.ts";
import { columnLines } from "./columns.ts";

interface FallOptions {
  subjects: "all" | "odd" | "even";
  missed: number;
  json?: boolean;
}

export const fallsCommand = new Command("falls")
  .description("the fall detector over trials of SisFall and UMAFall in a folder")
  .argument("<folder>", "where the files of the sets lie, at any depth")
  .addOption(
    new Option("--subjects <which>", "by number: thresholds were chosen on odd ones")
      .choices(["all", "odd", "even"])
      .default("all"),
  )
  .option("--missed <count>", "how many names of missed trials to print", countOf, 10)
  .option("--json", "print for machines")
  .action(falls);

// internal

function countOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("give a whole number");
}

function falls(folder: string, options: FallOptions): void {
  const unread = { files: 0 };
  const report = reportOf(chosen(trialsBelow(folder, unread), options.subjects));
  const text =
    options.json === true
      ? JSON.stringify({ ...report, unread: unread.files, subjects: options.subjects })
      : textOf(report, unread.files, options.missed);
  process.stdout.write(`${text}\n`);
}

function* chosen(trials: Iterable<Trial>, which: FallOptions["subjects"]): Generator<Trial> {
  for (const trial of trials) {
    const odd = Number(trial.subject.replace(/\D/g, "")) % 2 === 1;
    if (which === "all" || odd === (which === "odd")) yield trial;
  }
}

function percent({ right, all }: Share): string {
  return all === 0 ? "-" : `${((right / all) * 100).toFixed(1)} %`;
}

function namesOf(what: string, names: readonly string[], most: number): string[] {
  if (names.length === 0) return [`${what}: none`];
  const more = names.length > most ? [`and ${names.length - most} more`] : [];
  return [
    `${what}: ${names.length}`,
    ...[...names.slice(0, most), ...more].map((one) => `  ${one}`),
  ];
}

function textOf(report: FallReport, unread: number, most: number): string {
  const sets = report.sets.map(({ set, falls: told, others, falseAlarms, hours }) => [
    set,
    ...[percent(told), `${told.right}`, `${told.all - told.right}`],
    ...[percent(others), `${others.right}`, `${others.all - others.right}`],
    `${(falseAlarms / Math.max(hours, 1 / 3600)).toFixed(1)}`,
  ]);
  const head = ["set", "sensitivity", "told", "missed", "specificity", "quiet", "false", "false/h"];
  const rows = report.activities.map((one) => [
    `${one.set} ${one.activity}`,
    one.fall ? "fall" : "other",
    `${one.right} of ${one.all}`,
    percent(one),
  ]);
  return [
    ...columnLines([head, ...sets], [1, 2, 3, 4, 5, 6, 7]),
    "",
    ...columnLines([["activity", "", "right", ""], ...rows], [2, 3]),
    "",
    ...namesOf("missed falls", report.missed, most),
    ...namesOf("told without a fall", report.false, most),
    `files without a second of samples from the waist: ${unread}`,
  ].join("\n");
}
