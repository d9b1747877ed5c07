// `onekey build`: the program of a board as files, and its octets against the budget.
// Writes into one folder; flashes nothing.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { OnekeyError } from "../../sdk/error.ts";
import {
  buildEspruino,
  type Defines,
  type EspruinoBoard,
  type EspruinoBundle,
  IMAGE_OCTETS_MAX,
} from "../build/espruino.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";

interface BuildOptions {
  board: EspruinoBoard;
  out: string;
  modem: string;
  json?: boolean;
}

const board = new Option("--board <name>", "board to build for")
  .choices(["rak5010", "espruino-linux"])
  .makeOptionMandatory();

export const buildCommand = new Command("build")
  .description("the bundles for the boards")
  .addOption(board)
  .option("--out <dir>", "folder to write into", "dist")
  .option("--modem <tty>", "espruino-linux: path of the modem's serial line", PAGER_TTY)
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
    const facts = { board: options.board, files, octets, octetsMax: IMAGE_OCTETS_MAX, sha256 };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  } else {
    const share = ((octets / IMAGE_OCTETS_MAX) * 100).toFixed(1);
    process.stdout.write(
      `${files.join("  ")}\nas stored ${octets} of ${IMAGE_OCTETS_MAX} octets (${share} %)\nSHA-256 ${sha256}\n`,
    );
  }
  if (octets > IMAGE_OCTETS_MAX) {
    const over = octets - IMAGE_OCTETS_MAX;
    throw new OnekeyError(
      "build-failed",
      `the image is ${over} octets too large: leave out a part.`,
    );
  }
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
