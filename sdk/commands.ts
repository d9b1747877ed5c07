// Commands as a developer and the desk give them: checked, queued, and looked at [wire §4.5].
// Sends nothing: what is queued is carried down by the gateway until its one end.

import type { Commands } from "./api/host.ts";
import {
  COMMAND_NAMES,
  commandNamed,
  EXPIRES_S,
  EXPIRES_S_MAX,
  UPDATE_COMMAND,
} from "./care/command-names.ts";
import type { CommandRow } from "./care/commands.ts";
import type { Clock } from "./clock.ts";
import { type AskedValues, commandValues } from "./command-values.ts";
import { stateFact } from "./desk-acts.ts";
import { OnekeyError } from "./error.ts";
import type { Fact, ToldValues } from "./events.ts";
import type { Commits } from "./gateway/commits.ts";
import type { Store } from "./store/store.ts";

export interface CommandsParts {
  store: Store;
  commits: Commits;
  clock: Clock;
}

export function makeCommands(parts: CommandsParts): Commands {
  const { store } = parts;
  return {
    send: async (pager, { command, values = {}, ...more }) =>
      queueCommand(parts, pager, { command, values: checked(command, values), ...more }),
    async list(pager) {
      if ((await store.pager(pager)) !== undefined) return store.commands(pager);
      throw new OnekeyError("unknown-pager", "There is no such pager: read the list again.");
    },
    get: (pager, id) => store.command(pager, id),
  };
}

export interface CheckedCommand {
  command: string;
  values: ToldValues;
  expiresInS?: number;
  by: string;
}

/** The command that was queued, or the one that waits already where the store knows it as the same. */
export async function queueCommand(
  { store, commits, clock }: CommandsParts,
  pager: string,
  { command, values, expiresInS = EXPIRES_S, by }: CheckedCommand,
): Promise<CommandRow> {
  if (!Number.isInteger(expiresInS) || expiresInS < 1 || expiresInS > EXPIRES_S_MAX) {
    throw wrong("expiresInS", `a whole number of seconds from 1 to ${EXPIRES_S_MAX}`);
  }
  if (by.trim() === "") throw wrong("by", "the name of who asks");
  const expiresAtMs = clock.nowMs() + expiresInS * 1000;
  const fact: Fact = { kind: "queueCommand", pager, command, values, expiresAtMs, by };
  const event = await stateFact(commits, fact);
  const row =
    event?.kind === "commandQueued"
      ? await store.command(pager, event.id)
      : (await store.waitingCommands()).find(
          (one) => one.pager === pager && one.command === command,
        );
  if (row === undefined) throw new OnekeyError("closed", "The platform is closing.");
  return row;
}

// internal

function wrong(path: string, need: string): OnekeyError {
  return new OnekeyError("bad-request", `${path}: ${need}.`, { path });
}

function checked(command: string, values: AskedValues): ToldValues {
  if (command === UPDATE_COMMAND) {
    throw wrong("command", "an update is of an image that is here: ask with pagers.update");
  }
  const declaration = COMMAND_NAMES.includes(command) ? commandNamed(command) : undefined;
  if (declaration === undefined) throw wrong("command", `one of ${COMMAND_NAMES.join(", ")}`);
  return commandValues(declaration, values);
}
