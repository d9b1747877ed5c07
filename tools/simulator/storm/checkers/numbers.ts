// Numbers under one key and the one text that each may seal; the newest twenty thousand of a sender.
// What a journal in doubt gave out may be given out again: such numbers are loose.

import { createRecent, type Recent } from "./recent.ts";

export interface Numbers {
  /** "reused" where this number has sealed another text, "loose" where that is excused. */
  note(sender: string, number: number, text: number): "new" | "same" | "reused" | "loose";
  /** Whether this sender has sealed this text under this number. */
  knows(sender: string, number: number, text: number): boolean;
  has(sender: string, number: number): boolean;
  loosen(sender: string): void;
}

const KEPT = 20000;

type Texts = Recent<number, number>;

export function createNumbers(): Numbers {
  const senders = new Map<string, Texts>();
  /** Of each sender: what it sealed before its journal was last in doubt. */
  const before = new Map<string, Texts>();

  function textsOf(sender: string): Texts {
    const texts = senders.get(sender) ?? createRecent<number, number>(KEPT);
    senders.set(sender, texts);
    return texts;
  }

  const find = (sender: string, number: number) =>
    senders.get(sender)?.get(number) ?? before.get(sender)?.get(number);

  return {
    note(sender, number, text) {
      const texts = textsOf(sender);
      const known = texts.get(number);
      if (known !== undefined) return known === text ? "same" : "reused";
      texts.set(number, text);
      const old = before.get(sender)?.get(number);
      if (old === undefined) return "new";
      return old === text ? "same" : "loose";
    },
    knows: (sender, number, text) => find(sender, number) === text,
    has: (sender, number) => find(sender, number) !== undefined,
    loosen(sender) {
      const texts = senders.get(sender);
      if (texts === undefined) return;
      before.set(sender, texts);
      senders.delete(sender);
    },
  };
}
