// `onekey size`: each budget of the design that can be measured here, in one table, and what each folder
// brings to the image. Measures nothing itself.

import { Command } from "commander";
import { OnekeyError, systemCode } from "../../sdk/error.ts";
import { type Budget, brokenOf, ELSEWHERE, isJudged, stands } from "../size/budget.ts";
import { computedBudgets, notTimed } from "../size/computed.ts";
import { datagramBudgets } from "../size/datagrams.ts";
import { heldBudgets } from "../size/held.ts";
import { type ImageSize, imageBudgets, imageSizes } from "../size/images.ts";
import { luaBudgets } from "../size/lua-image.ts";
import { notCounted, variableBudgets } from "../size/variables.ts";
import { columnLines } from "./columns.ts";

interface SizeOptions {
  espruino: string;
  json?: boolean;
}

export const sizeCommand = new Command("size")
  .description("each budget of size and memory, and what was measured against it")
  .option("--espruino <path>", "the interpreter", process.env.ESPRUINO ?? "espruino")
  .option("--json", "print for machines")
  .action(size);

// internal

async function size(options: SizeOptions): Promise<void> {
  const images = await imageSizes();
  const budgets = [
    ...datagramBudgets(),
    ...imageBudgets(images),
    ...(await heldBudgets()),
    ...(await onInterpreter(options.espruino)),
    ...luaBudgets(),
  ];
  const text = options.json === true ? jsonOf(budgets, images) : tableOf(budgets, images);
  process.stdout.write(`${text}\n`);
  const broken = brokenOf(budgets);
  if (broken.length > 0) {
    throw new OnekeyError("rule-broken", `over the budget: ${broken.join(", ")}.`);
  }
}

async function onInterpreter(espruino: string): Promise<Budget[]> {
  try {
    return [...(await computedBudgets(espruino)), ...(await variableBudgets(espruino))];
  } catch (error) {
    const missing = error instanceof OnekeyError && error.code === "tool-missing";
    if (!missing && systemCode(error) !== "ENOENT") throw error;
    const why = "needs Espruino 2v29 for Linux: put it on the PATH, or --espruino PATH";
    return [...notTimed(why), ...notCounted(why)];
  }
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}

function jsonOf(budgets: readonly Budget[], images: readonly ImageSize[]): string {
  const judged = budgets.map((one) => ({ ...one, stands: isJudged(one) ? stands(one) : null }));
  return JSON.stringify({ budgets: judged, images, elsewhere: ELSEWHERE });
}

function budgetRow(budget: Budget): string[] {
  const { what, measured, allowed, unit, why } = budget;
  const share = measured === undefined ? "" : percent(measured, allowed);
  const verdict = why ?? (stands(budget) ? "stands" : "BROKEN");
  const count = measured === undefined ? "-" : measured.toLocaleString("en");
  return [what, count, allowed.toLocaleString("en"), unit, share, verdict];
}

function folderRows({ board, octets, folders }: ImageSize): string[][] {
  return folders.map((one) => [
    `${board}: ${one.folder}`,
    one.octets.toLocaleString("en"),
    percent(one.octets, octets),
  ]);
}

function tableOf(budgets: readonly Budget[], images: readonly ImageSize[]): string {
  const head = ["budget", "measured", "allowed", "", "share", ""];
  return [
    ...columnLines([head, ...budgets.map(budgetRow)], [1, 2, 4]),
    "",
    ...columnLines([["image by folder", "octets", "share"], ...images.flatMap(folderRows)], [1, 2]),
    "",
    ...columnLines(
      [["measured elsewhere", ""], ...ELSEWHERE.map((one) => [one.what, one.why])],
      [],
    ),
  ].join("\n");
}
