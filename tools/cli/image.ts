// `onekey image FILE`: gives a running platform the image of an update, and prints its hash.
// Asks nothing of a pager; believes the platform only when it has the same octets.

import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { BOARDS } from "../../protocol/codes.ts";
import { VERSION_MAX } from "../../protocol/limits.ts";
import { OnekeyError, systemCode } from "../../sdk/error.ts";
import { hashOf } from "../../sdk/image-files.ts";
import type { ImageRow } from "../../sdk/store/store.ts";
import { type AskOptions, askPlatform, tokenOption, urlOption } from "./ask-platform.ts";

interface ImageOptions extends AskOptions {
  firmware: number;
  board: string;
  operator?: string;
  json?: boolean;
}

export const imageCommand = new Command("image")
  .description("give a running platform the image of an update")
  .argument("<file>", "the image as a pager stores it (onekey build: BOARD.stored)")
  .requiredOption("--firmware <version>", "version of the firmware in it", versionOf)
  .addOption(
    new Option("--board <name>", "board that it is for").choices(BOARDS).makeOptionMandatory(),
  )
  .option("--operator <name>", "who adds it, for the log; else the name of this account")
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "print for machines")
  .action(image);

// internal

function versionOf(text: string): number {
  const version = Number(text);
  if (/^\d{1,8}$/.test(text) && version >= 1 && version <= VERSION_MAX) return version;
  throw new InvalidArgumentError(`give a whole number from 1 to ${VERSION_MAX}`);
}

async function image(file: string, options: ImageOptions): Promise<void> {
  const body = octetsIn(file);
  const { firmware, board, operator = userInfo().username } = options;
  const query = new URLSearchParams({ firmware: String(firmware), board, operator });
  const path = `/api/images?${query}`;
  const type = "application/octet-stream";
  const row = (await askPlatform(options, { method: "POST", path, type, body })) as ImageRow;
  if (row.hash !== hashOf(body)) {
    throw new OnekeyError("platform-refused", "Other octets arrived there: add the image again.");
  }
  const text =
    options.json === true
      ? JSON.stringify(row)
      : `${row.hash}\nfirmware ${row.firmware} for ${row.board}, ${row.octets} octets, on the platform's disk`;
  process.stdout.write(`${text}\n`);
}

function octetsIn(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new OnekeyError(
      "file-unreadable",
      `${file} can't be read (${systemCode(error)}): name the file of an image.`,
    );
  }
}
