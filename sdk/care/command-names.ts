// Which commands there are: the names, and what the wire declares for each. Data and look-ups only.

import type { Declaration } from "../../protocol/declaration.ts";
import { ANEW, LOCATE, MESSAGES, RENEW, UPDATE } from "../../protocol/messages.ts";

/** Brings keys, so that nobody asks for it by name: `pagers.renew` makes them and queues it. */
export const RENEW_COMMAND = RENEW.name;

/** Names an image that must be here, so that it is asked for by `pagers.update`. */
export const UPDATE_COMMAND = UPDATE.name;

/** Words below the first command are about time and alarms, and so is one behind them. */
export const COMMAND_WORD_MIN = LOCATE.word;

export type CommandDeclaration = Declaration & { word: number };

const COMMANDS = MESSAGES.filter(
  (one): one is CommandDeclaration =>
    one.word !== undefined && one.word >= COMMAND_WORD_MIN && one.word !== ANEW.word,
);

/** What may be asked for. */
export const COMMAND_NAMES = COMMANDS.map(({ name }) => name).filter(
  (name) => name !== RENEW_COMMAND && name !== UPDATE_COMMAND,
);

/** By default a command is sent for a day, and for thirty at most. */
export const EXPIRES_S = 24 * 3600;
export const EXPIRES_S_MAX = 30 * EXPIRES_S;

/** The declaration of a command; undefined for a name of another version. */
export function commandNamed(name: string): CommandDeclaration | undefined {
  return COMMANDS.find((one) => one.name === name);
}

/** By the number that the wire has for it. */
export function commandOfWord(what: number): CommandDeclaration | undefined {
  return COMMANDS.find((one) => one.word === what);
}
