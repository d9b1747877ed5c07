// `npm run bench`: how quick the wire and the gateway are beside others, in one run on one machine.
// `npm run bench -- seal` runs the subjects with `seal` in their file's name. Never part of a test.

import { tableText } from "../../tools/simulator/storm/tables.ts";
import { codecRows } from "./codec.ts";
import { gatewayRows } from "./gateway.ts";
import type { Row } from "./rounds.ts";
import { sealRows } from "./seal.ts";

const SUBJECTS: Record<string, () => Promise<Row[]>> = {
  codec: codecRows,
  seal: sealRows,
  gateway: gatewayRows,
};

const words = process.argv.slice(2);
const wanted = Object.entries(SUBJECTS).filter(
  ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
);

function cellsOf({ subject, name, perSecond, ratio, wanted: bound }: Row): string[] {
  const isOther = ratio !== 1;
  return [
    subject,
    name,
    Math.round(perSecond).toLocaleString("en"),
    isOther ? ratio.toFixed(2) : "",
    bound === undefined ? "" : `${bound.toFixed(2)}${ratio < bound ? ": too slow" : ""}`,
  ];
}

const HEAD = ["subject", "who", "a second", "ours against it", "wanted"];
const rows: Row[] = [];
for (const [, measure] of wanted) rows.push(...(await measure()));
console.log(tableText(HEAD, rows.map(cellsOf)));
