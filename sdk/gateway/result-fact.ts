// A pager's result as a fact: a word about an alarm was obeyed, or a command has ended. Pure.
// What it changes, the store says: the command may have ended before, or be nobody's here.

import { isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { RESULT, WORD_TIME } from "../../protocol/messages.ts";
import { commandOfWord } from "../care/command-names.ts";
import { endingOf } from "../care/results.ts";
import type { Fact } from "../events.ts";
import { wordOfNumber } from "./word-numbers.ts";

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
  const word = wordOfNumber(what);
  if (word !== undefined) return { kind: "result", ...speaker, word, number };
  const command = commandOfWord(what)?.name;
  const ending = endingOf(values, command);
  return { kind: "commandResult", ...speaker, id: number, what, command, ...ending };
}
