// `onekey build`: the program of a board as files, and its octets against the budget.
// Writes into one folder; flashes nothing.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { OnekeyError } from "../../sdk/error.ts";
import {
  buildEspruino,
  type Defines,
  ESPRUINO_BOARDS,
  type EspruinoBoard,
  type EspruinoBundle,
  IMAGE_OCTETS_MAX,
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
  const files = write(options, bundle);
  const octets = bundle.stored.length;
  const { sha256 } = bundle;
  if (options.json === true) {
    const words = options.words === true ? { words: bundle.words } : {};
    const octetsMax = IMAGE_OCTETS_MAX;
    const facts = { board: options.board, files, octets, octetsMax, sha256, ...words };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  } else {
    const share = ((octets / IMAGE_OCTETS_MAX) * 100).toFixed(1);
    process.stdout.write(
      `${files.join("  ")}\nas stored ${octets} of ${IMAGE_OCTETS_MAX} octets (${share} %)\nSHA-256 ${sha256}\n`,
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

/** Readable, minified, as a pager stores it, and what the short names in its log mean. */
function write(options: BuildOptions, bundle: EspruinoBundle): string[] {
  const texts: [string, string | Buffer][] = [
    ["plain.js", bundle.plain],
    ["js", bundle.minified],
    ["stored", bundle.stored],
    ["fields.json", `${JSON.stringify(bundle.fields, undefined, 2)}\n`],
  ];
  try {
    mkdirSync(options.out, { recursive: true });
    return texts.map(([ending, text]) => {
      const path = join(options.out, `${options.board}.${ending}`);
      writeFileSync(path, text);
      return path;
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new OnekeyError("build-failed", `cannot write into ${options.out}: ${words}`);
  }
}
