// Which message a letter or a word names, and which letters call for help. Pure.
// On pagers only what they ask for by name: the list of all messages is the platform's.

import type { Declaration } from "./declaration.ts";
import { MESSAGES, SOS } from "./messages.ts";

/** The message of a resource of the platform, or undefined for a letter of another version. */
export function declarationOf(letter: string): Declaration | undefined {
  for (let i = 0; i < MESSAGES.length; i++) {
    if (MESSAGES[i].letter === letter && MESSAGES[i].direction === "up") return MESSAGES[i];
  }
  return undefined;
}

/** The message that begins with this word, or undefined for a word of another version. */
export function declarationOfWord(what: number): Declaration | undefined {
  for (let i = 0; i < MESSAGES.length; i++) {
    if (MESSAGES[i].word === what) return MESSAGES[i];
  }
  return undefined;
}

/**
 * True for a letter under which a pager calls for help: `s`, and every capital letter, also one that
 * only a newer version knows. Such a message is an alarm even where it can't be read further.
 */
export function isCallForHelp(letter: string): boolean {
  if (letter.length !== 1) return false;
  return letter === SOS.letter || (letter >= "A" && letter <= "Z");
}
