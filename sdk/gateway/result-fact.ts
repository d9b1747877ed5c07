// A pager's result as a fact: a word about an alarm was obeyed, or a command has ended. Pure.
// What it changes, the store says: the command may have ended before, or be nobody's here.

import { isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { declarationOfWord } from "../../protocol/message-lookup.ts";
import { RESULT, WORD_CLOSED, WORD_TAKEN, WORD_TIME } from "../../protocol/messages.ts";
import { COMMAND_WORD_MIN, commandOfWord } from "../care/command-names.ts";
import { endingOf } from "../care/results.ts";
import type { Fact } from "../events.ts";

/** Undefined where it is not as declared, or of a word that has no result. */
export function factOfResult(
  machine: Machine,
  speaker: { pager: string; kid: string; piv: number },
  payload: Bytes,
): Fact | undefined {
  const values = decodeMessage(machine, RESULT, payload);
  if (isFault(values)) return undefined;
  const { what, number } = values;
  if (what === WORD_TIME) return undefined;
  if (what === WORD_TAKEN) return { kind: "result", ...speaker, word: "taken", number };
  if (what === WORD_CLOSED) return { kind: "result", ...speaker, word: "closed", number };
  if (what >= COMMAND_WORD_MIN) {
    const command = commandOfWord(what)?.name;
    const ending = endingOf(values, command);
    return { kind: "commandResult", ...speaker, id: number, what, command, ...ending };
  }
  // Released and reopened: no act of the desk gives these words yet.
  const message = declarationOfWord(what)?.name ?? RESULT.name;
  return { kind: "told", ...speaker, message, values: { number } };
}
