// `npm run breaks`: each patch of test/breaks in a copy of the sources, and who notices it how soon.
// `npm run breaks -- name` runs those with `name` in theirs; exit code 0 only when all were caught.

import { parseArgs } from "node:util";
import { tableText } from "../tools/simulator/storm/tables.ts";
import type { Break } from "./breaks/break.ts";
import { BREAKS } from "./breaks/breaks.ts";
import { copySources, dropCopy } from "./breaks/copy.ts";
import { type Proof, prove } from "./breaks/prove.ts";
import { stormIn } from "./breaks/seeds.ts";

const BREAKS_AT_ONCE = 2;
/** Without any patch so many pass at least, and as many as the slowest patch needed. */
const SEEDS_MIN = 30;
const TEXT_MAX = 100;
const PROGRESS_EVERY = 50;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: "string", default: "1000" } },
});
const seedsMax = Number(values.seeds);
const wanted = BREAKS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);

/** By whom, at which seed, in how many seconds, and what was seen. */
function cellsOf({ name, isCaught, by, seed, tookMs, text }: Proof): string[] {
  const who = by === "" ? "nobody" : by;
  const seen = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;
  const shown = seen.replaceAll("|", "\\|").replaceAll("\n", " ");
  return [
    name,
    isCaught ? who : `**${who}**`,
    seed === undefined ? "" : String(seed),
    (tookMs / 1000).toFixed(0),
    shown,
  ];
}

function tellProof(one: Break, proof: Proof): void {
  const [name, by, seed, seconds, seen] = cellsOf(proof);
  const at = seed === "" ? "" : ` at seed ${seed}`;
  console.log(`${proof.isCaught ? "caught" : "MISSED"}  ${name}: ${by}${at}, ${seconds} s`);
  console.log(`        ${seen}`);
  if (proof.passedOver.length > 0) {
    console.log(`        passed over, broken without it too: ${proof.passedOver.join(", ")}`);
  }
  if (!proof.isCaught && "storm" in one.caughtBy) {
    console.log(`        expected of: ${one.caughtBy.storm.join(", ")}`);
  }
}

/** Seeds up to `last` that break a rule although nothing was taken out. */
async function brokenWithout(plain: string, last: number): Promise<string[]> {
  const lines: string[] = [];
  for (let first = 1; first <= last; ) {
    const { seed, broken, failed } = await stormIn(plain, first, last);
    if (failed !== undefined) return [...lines, `behind seed ${seed}: ${failed}`];
    if (broken === undefined) return lines;
    lines.push(`seed ${seed}: ${broken.checker}: ${broken.text}`);
    first = seed + 1;
  }
  return lines;
}

async function proveAll(plain: string): Promise<Proof[]> {
  const waiting = [...wanted];
  const proofs = new Map<string, Proof>();
  async function worker(): Promise<void> {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const { name } = one;
      const onSeed = (seed: number) => {
        if (seed % PROGRESS_EVERY === 0) console.log(`        ${name}: ${seed} seeds`);
      };
      const proof = await prove(one, { plain, seedsMax, onSeed });
      proofs.set(name, proof);
      tellProof(one, proof);
    }
  }
  await Promise.all(Array.from({ length: BREAKS_AT_ONCE }, worker));
  return wanted.flatMap(({ name }) => proofs.get(name) ?? []);
}

async function main(): Promise<number> {
  if (wanted.length === 0) {
    console.log(`No break has one of these in its name: ${positionals.join(" ")}`);
    return 1;
  }
  const plain = copySources();
  try {
    const proofs = await proveAll(plain);
    const head = ["taken out", "caught by", "seed", "seconds", "what was seen"];
    console.log(`\n${tableText(head, proofs.map(cellsOf))}\n`);
    const last = Math.max(SEEDS_MIN, ...proofs.map(({ seed = 0 }) => seed));
    const broken = await brokenWithout(plain, last);
    for (const line of broken) console.log(`broken with nothing taken out: ${line}`);
    const caught = proofs.filter(({ isCaught }) => isCaught).length;
    const passed = `${last - broken.length} of ${last} seeds pass with nothing taken out`;
    console.log(`${caught} of ${proofs.length} caught; ${passed}`);
    return caught === proofs.length && broken.length === 0 ? 0 : 1;
  } finally {
    dropCopy(plain);
  }
}

process.exitCode = await main();
