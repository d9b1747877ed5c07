// The commands that were met, with their outcomes: what makes a repeat harmless [wire §4.5].
// Writes nothing and puts no message: that is for commands.ts.

import { WORD_LOCATE } from "../../protocol/messages.ts";
import { COMMANDS_MAX } from "./limits.ts";
import type { Item } from "./link-state.ts";
import type { Command } from "./orders.ts";
import type { State } from "./state.ts";

export const DONE = 0;
export const UNKNOWN_WORD = 1;
export const REFUSED = 2;
export const FAILED = 3;
export const BUSY = 4;
/** It goes on, and its result comes later. */
export const PENDING = -1;

export function findCommand(state: State, id: number): Command | undefined {
  for (let i = 0; i < state.commands.length; i++) {
    if (state.commands[i].id === id) return state.commands[i];
  }
  return undefined;
}

/** The result of this word that waits to be delivered. */
export function findResult(state: State, what: number, number: number): Item | undefined {
  for (let i = 0; i < state.outbox.length; i++) {
    const item = state.outbox[i];
    if (item.letter === "o" && item.what === what && item.number === number) return item;
  }
  return undefined;
}

/** The command that an item is the result of; a word about an alarm is none. */
export function commandOf(state: State, item: Item): Command | undefined {
  return item.letter === "o" && item.what >= WORD_LOCATE
    ? findCommand(state, item.number)
    : undefined;
}

/** True while the result must still be said, or isn't known yet. */
function isNeeded(state: State, command: Command): boolean {
  return command.outcome === PENDING || findResult(state, command.what, command.id) !== undefined;
}

/** Forgets the oldest command that nobody waits for; false where all are waited for. */
export function makeRoom(state: State): boolean {
  const commands = state.commands;
  for (let i = 0; commands.length >= COMMANDS_MAX && i < commands.length; i++) {
    if (!isNeeded(state, commands[i])) commands.splice(i, 1);
  }
  return commands.length < COMMANDS_MAX;
}

/** Remembers how a command stands. */
export function putCommand(
  state: State,
  what: number,
  id: number,
  outcome: number,
  detail: number,
): Command {
  let command = findCommand(state, id);
  if (command === undefined) {
    makeRoom(state);
    command = { what: what, id: id, outcome: outcome, detail: detail };
    state.commands.push(command);
  }
  command.outcome = outcome;
  command.detail = detail;
  return command;
}
