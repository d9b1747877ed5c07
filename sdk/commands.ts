// Commands as a developer and the desk give them: checked, queued, and looked at [wire §4.5].
// Sends nothing: what is queued is carried down by the gateway until its one end.

import type { Commands } from "./api/host.ts";
import { COMMAND_NAMES, commandNamed, EXPIRES_S, EXPIRES_S_MAX } from "./care/command-names.ts";
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

export function makeCommands({ store, commits, clock }: CommandsParts): Commands {
  return {
    async send(pager, { command, values = {}, expiresInS = EXPIRES_S, by }) {
      const told = checked(command, values);
      if (!Number.isInteger(expiresInS) || expiresInS < 1 || expiresInS > EXPIRES_S_MAX) {
        throw wrong("expiresInS", `a whole number of seconds from 1 to ${EXPIRES_S_MAX}`);
      }
      if (by.trim() === "") throw wrong("by", "the name of who asks");
      const expiresAtMs = clock.nowMs() + expiresInS * 1000;
      const fact: Fact = { kind: "queueCommand", pager, command, values: told, expiresAtMs, by };
      const event = await stateFact(commits, fact);
      const row =
        event?.kind === "commandQueued" ? await store.command(pager, event.id) : undefined;
      if (row === undefined) throw new OnekeyError("closed", "The platform is closing.");
      return row;
    },
    async list(pager) {
      if ((await store.pager(pager)) !== undefined) return store.commands(pager);
      throw new OnekeyError("unknown-pager", "There is no such pager: read the list again.");
    },
    get: (pager, id) => store.command(pager, id),
  };
}

// internal

function wrong(path: string, need: string): OnekeyError {
  return new OnekeyError("bad-request", `${path}: ${need}.`, { path });
}

function checked(command: string, values: AskedValues): ToldValues {
  const declaration = COMMAND_NAMES.includes(command) ? commandNamed(command) : undefined;
  if (declaration === undefined) throw wrong("command", `one of ${COMMAND_NAMES.join(", ")}`);
  return commandValues(declaration, values);
}
