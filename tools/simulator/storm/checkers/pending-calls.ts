// Calls of one letter that a pager has raised and nobody has answered yet, as its log tells.
// While one waits, a further one of its kind adds nothing: no checker may ask for it.

import type { WorldEvent } from "../world-event.ts";
import { type CallLetter, callOf } from "./calls.ts";

export interface PendingCalls {
  take(event: WorldEvent): void;
  /** One may wait in this pager. */
  has(pager: string): boolean;
}

const ANSWERED = /^(delivered|taken|closed)/;

export function createPendingCalls(letter: CallLetter): PendingCalls {
  /** By pager: the newest. */
  const pending = new Map<string, string>();
  return {
    take(event) {
      if (event.kind !== "log") return;
      const { pager, text, alarm } = event;
      if (callOf(text)?.letter === letter) pending.set(pager, alarm);
      else if (ANSWERED.test(text) && pending.get(pager) === alarm) pending.delete(pager);
      // Power may go behind the record and before the line: one waits that nobody outside has seen.
      else if (text.startsWith(`sent ${letter},`)) pending.set(pager, alarm);
    },
    has: (pager) => pending.has(pager),
  };
}
