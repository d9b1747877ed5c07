// `onekey build`: the program of a board as files, and its octets against the budget.
// Writes into one folder; flashes nothing.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { OnekeyError } from "../../sdk/error.ts";
import {
  buildEspruino,
  buildLoader,
  type Defines,
  ESPRUINO_BOARDS,
  type EspruinoBoard,
  type EspruinoBundle,
  IMAGE_OCTETS_MAX,
  linuxProgram,
} from "../build/espruino.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import { columnLines } from "./columns.ts";

interface BuildOptions {
  board: EspruinoBoard;
  out: string;
  modem: string;
  words?: boolean;
  json?: boolean;
}

const board = new Option("--board <name>", "board to build for")
  .choices(ESPRUINO_BOARDS)
  .makeOptionMandatory();

export const buildCommand = new Command("build")
  .description("the bundles for the boards")
  .addOption(board)
  .option("--out <dir>", "folder to write into", "dist")
  .option("--modem <tty>", "espruino-linux: path of the modem's serial line", PAGER_TTY)
  .option("--words", "list the texts of the sources that could not be numbers, and why")
  .option("--json", "print for machines")
  .action(build);

// internal

async function build(options: BuildOptions): Promise<void> {
  const define: Defines = options.board === "espruino-linux" ? { MODEM_TTY: options.modem } : {};
  const bundle = await buildEspruino({ board: options.board, define });
  const files = write(options, [...imageFiles(bundle), ...(await loaderFiles(options, bundle))]);
  const octets = bundle.stored.length;
  // What an update names: of the octets as they lie in the pager.
  const sha256 = createHash("sha256").update(bundle.stored).digest("hex");
  if (options.json === true) {
    const words = options.words === true ? { words: bundle.words } : {};
    const octetsMax = IMAGE_OCTETS_MAX;
    const facts = { board: options.board, files, octets, octetsMax, sha256, ...words };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  } else {
    const share = ((octets / IMAGE_OCTETS_MAX) * 100).toFixed(1);
    process.stdout.write(
      `${files.join("  ")}\nas stored ${octets} of ${IMAGE_OCTETS_MAX} octets (${share} %)\nSHA-256 as stored ${sha256}\n`,
    );
    if (options.words === true) process.stdout.write(wordsTable(bundle));
  }
  if (octets > IMAGE_OCTETS_MAX) {
    const over = octets - IMAGE_OCTETS_MAX;
    throw new OnekeyError(
      "build-failed",
      `the image is ${over} octets too large: leave out a part.`,
    );
  }
}

/** The texts that cost most first. A union's words are numbers unless somebody reads one as text. */
function wordsTable({ words }: EspruinoBundle): string {
  const head = ["text", "times", "where it is text", "why"];
  const rows = words.map(({ word, count, where, why }) => [
    JSON.stringify(word),
    String(count),
    where,
    why,
  ]);
  return `\n${columnLines([head, ...rows], [1]).join("\n")}\n`;
}

type FileOf = [ending: string, content: string | Buffer];

/** Readable, minified, as a pager stores it, and what the short names in its log mean. */
function imageFiles(bundle: EspruinoBundle): FileOf[] {
  return [
    ["plain.js", bundle.plain],
    ["js", bundle.minified],
    ["stored", bundle.stored],
    ["fields.json", `${JSON.stringify(bundle.fields, undefined, 2)}\n`],
  ];
}

/** The boot file of a board; on Linux it stands in one file with the image from the factory. */
async function loaderFiles({ board }: BuildOptions, image: EspruinoBundle): Promise<FileOf[]> {
  const loader = await buildLoader(board);
  if (board === "espruino-linux") return [["program.js", linuxProgram(loader, image)]];
  return [["loader.stored", loader.stored]];
}

function write(options: BuildOptions, files: FileOf[]): string[] {
  try {
    mkdirSync(options.out, { recursive: true });
    return files.map(([ending, content]) => {
      const path = join(options.out, `${options.board}.${ending}`);
      writeFileSync(path, content);
      return path;
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new OnekeyError("build-failed", `cannot write into ${options.out}: ${words}`);
  }
}
