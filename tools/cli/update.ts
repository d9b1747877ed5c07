// `onekey update HASH PAGER…`: asks pagers, through a running platform, to fetch and start an image.
// Waits for none of them: each does it in its own time, on its charger.

import { userInfo } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { EXPIRES_S_MAX } from "../../sdk/care/command-names.ts";
import type { CommandRow } from "../../sdk/care/commands.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { type AskOptions, askPlatform, tokenOption, urlOption } from "./ask-platform.ts";
import { columnLines } from "./columns.ts";

interface UpdateOptions extends AskOptions {
  days: number;
  anyBoard?: boolean;
  operator?: string;
  json?: boolean;
}

interface Asked {
  pager: string;
  command?: CommandRow;
  /** Why it was not asked. */
  refused?: string;
}

export const updateCommand = new Command("update")
  .description("ask pagers to fetch and start an image that the platform keeps")
  .argument("<hash>", "of the image, as onekey image prints it", hashOf)
  .argument("<pagers...>", "ids, such as P-000001")
  .option("--days <days>", "a pager that has not begun by then is not updated", daysOf, 1)
  .option("--any-board", "also a pager that never told its board")
  .option("--operator <name>", "who asks, for the log; else the name of this account")
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "print for machines")
  .action(update);

// internal

const DAY_S = 86400;
const DAYS_MAX = EXPIRES_S_MAX / DAY_S;

function hashOf(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError("give the 64 hex digits that onekey image has printed");
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= DAYS_MAX) return days;
  throw new InvalidArgumentError(`give a whole number from 1 to ${DAYS_MAX}`);
}

async function ask(pager: string, hash: string, options: UpdateOptions): Promise<Asked> {
  const { operator = userInfo().username, anyBoard, days } = options;
  const asked = { operator, hash, expiresInS: days * DAY_S, anyBoard };
  const request = {
    ...({ method: "POST", path: `/api/pagers/${encodeURIComponent(pager)}/update` } as const),
    ...{ type: "application/json", body: new TextEncoder().encode(JSON.stringify(asked)) },
  };
  try {
    return { pager, command: (await askPlatform(options, request)) as CommandRow };
  } catch (error) {
    // One that can't be asked keeps none of the others from it.
    if (!(error instanceof OnekeyError) || error.code !== "platform-refused") throw error;
    return { pager, refused: error.message };
  }
}

async function update(hash: string, pagers: string[], options: UpdateOptions): Promise<void> {
  const rows: Asked[] = [];
  for (const pager of pagers) rows.push(await ask(pager, hash, options));
  const lines = columnLines(
    rows.map(({ pager, refused }) => [pager, refused ?? "asked: begins when it is on its charger"]),
    [],
  );
  process.stdout.write(`${options.json === true ? JSON.stringify(rows) : lines.join("\n")}\n`);
  const left = rows.filter(({ refused }) => refused !== undefined).length;
  if (left === 0) return;
  const text = `${left} of ${rows.length} pagers were not asked: see why beside each.`;
  throw new OnekeyError("platform-refused", text);
}
