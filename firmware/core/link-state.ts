// What a pager remembers of messages: those that wait, the exchange under way, what answers need.
// Data only; a part of the record in state.ts.

import type { Exchange } from "../../protocol/exchange.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { newWindow, type Window } from "../../protocol/replay.ts";
import type { RadioState } from "./input.ts";

/** What can be in hand: the key, a fall, a zone that was left, no movement [design §3]. */
export type CallLetter = "s" | "F" | "Z" | "N";

export type Letter =
  | CallLetter
  | "L"
  | "m"
  | "x"
  | "o"
  | "r"
  | "c"
  | "w"
  | "b"
  | "t"
  | "a"
  | "p"
  | "g"
  | "u"
  | "k"
  | "h";

/** Of a question beside the exchange under way: nothing waits for it, and it takes no place in the outbox. */
export const ASKED_ID = -1;

/** Something that waits to be delivered. */
export interface Item {
  id: number;
  letter: Letter;
  /** Alarm number; of a check-in its own. */
  number: number;
  /** Of a result: the word that was obeyed; of a track: the time of the last point that it said last. */
  what: number;
  /** When it happened: by the pager's milliseconds in this run, and in seconds; 0 not known yet. */
  atMs: number;
  timeS: number;
  timeFromNetwork: boolean;
  /** Born before the last start: `atMs` means nothing. */
  old: boolean;
  /** Exchanges that went unanswered. */
  tries: number;
}

/** The exchange under way. */
export interface Flight {
  itemId: number;
  letter: Letter;
  number: number;
  /** Exchanges of the item before this one. */
  tries: number;
  bytes: Bytes;
  exchange: Exchange;
}

/** What an answer needs to be opened, also when it comes late. */
export interface Sent {
  token: number;
  piv: Bytes;
  slot: number;
  itemId: number;
  letter: Letter;
  number: number;
  /** Of a track: the time of the last point that it said. */
  what: number;
  /** An Echo went along: a second challenge right behind it is not followed. */
  withEcho: boolean;
  /** Highest number of an answer with content, so that a copy is not obeyed twice; -1 none. */
  answerPiv: number;
}

export interface Link {
  radio: RadioState;
  /** A text can leave now. */
  texts: boolean;
  /** -140..-44; 0 not known. */
  signalDbm: number;
  /** The network's cell as the wire says it, hexadecimal; "" while none is known. */
  cell: string;
  /** Index of the platform address that lesser messages go to. */
  address: number;
  /**
   * How many addresses there are: those in use first, then those that a trial may go back to, then
   * the one that was found.
   */
  ways: number;
  ownWays: number;
  /** Since when nobody has answered at the one that was found. */
  foundMs: number;
  token: number;
  messageId: number;
  sentMs: number;
  /** The radio came back: what is under way leaves again at once. */
  nudged: boolean;
  /** Nothing is under way when absent. */
  flight?: Flight;
  sent: Sent[];
  /** For each slot: the platform's numbers below this were never shown fresh; -1 none yet. */
  freshPiv: number[];
  windows: Window[];
  /** To be returned in the next request [RFC 9175 §2.3]; absent when nothing was asked. */
  echo?: Bytes;
  unfreshMs: number;
  /** The item whose answer was opened last, and how long that took. */
  answeredId: number;
  answerMs: number;
}

export function newLink(machine: Machine): Link {
  return {
    radio: "off",
    texts: false,
    signalDbm: 0,
    cell: "",
    address: 0,
    ways: 0,
    ownWays: 0,
    foundMs: 0,
    token: 0,
    messageId: 0,
    sentMs: 0,
    nudged: false,
    sent: [],
    freshPiv: [-1, -1],
    windows: [newWindow(machine), newWindow(machine)],
    unfreshMs: 0,
    answeredId: 0,
    answerMs: 0,
  };
}
