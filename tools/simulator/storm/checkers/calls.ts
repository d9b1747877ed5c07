// How a pager's log speaks of its calls for help: by the key, a fall, a zone that was left, no movement.
// Words only; which of them had a cause is judged elsewhere.

/** The letters of the wire; the key's own is no capital. */
export type CallLetter = "s" | "F" | "Z" | "N";

export interface Call {
  readonly letter: CallLetter;
  /** It goes beside the one in hand, and its wearer is told nothing of it. */
  readonly isBeside: boolean;
}

const RAISED = /^raised(?: ([FZN])( beside what is in hand)?)?$/;

/** The call that this line tells of; undefined for any other line. */
export function callOf(text: string): Call | undefined {
  if (!text.startsWith("raised")) return undefined;
  const found = RAISED.exec(text);
  if (found === null) return undefined;
  return { letter: (found[1] ?? "s") as CallLetter, isBeside: found[2] !== undefined };
}

/** A call that is in hand from here on. */
export function isInHand(text: string): boolean {
  return callOf(text)?.isBeside === false;
}
