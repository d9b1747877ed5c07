// Who speaks to whom in a run: pagers up to the gateway, or the platform down to one pager.
// The cases are made alike for both; what differs is said here.

import type { Declaration } from "../../protocol/declaration.ts";
import { MESSAGES, WORD } from "../../protocol/messages.ts";
import type { Context } from "../../protocol/oscore.ts";

/** One whose key we have. */
export interface Sender {
  readonly context: Context;
  /** Its numbers may leap: nothing that it says later is new any more. */
  readonly mayLeap: boolean;
}

/** A request that waits for an answer, as its asker numbered it. */
export interface Asked {
  readonly token: readonly number[];
  readonly kid: Uint8Array;
  readonly piv: readonly number[];
  readonly sender: number;
}

export interface Side {
  readonly name: "up" | "down";
  /** Not a multiple of three: each sender has cases of every third. */
  readonly senders: readonly Sender[];
  readonly declarations: readonly Declaration[];
  /** What the other end has asked and an answer may be made for. */
  readonly asked: readonly Asked[];
}

export function letterOf(declaration: Declaration): string {
  return declaration.direction === "up" ? declaration.letter : WORD.letter;
}

export function upSide(senders: readonly Sender[]): Side {
  const declarations = MESSAGES.filter((one) => one.direction === "up");
  return { name: "up", senders, declarations, asked: [] };
}

export function downSide(senders: readonly Sender[], asked: readonly Asked[]): Side {
  const declarations = MESSAGES.filter((one) => one.direction === "down");
  return { name: "down", senders, declarations, asked };
}
