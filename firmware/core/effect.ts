// Everything a pager can do, as plain data; the loop performs effects in the order given.
// The order is a promise: a `write` stands before the `send` that relies on it.

import type { Bytes } from "../../protocol/machine.ts";
import type { CueName } from "./cues.ts";

export type Effect =
  /** Storage page 0 and 1 hold the identity, 2 and 3 the journal, those behind them images; `offset` and length are multiples of 4. */
  | { kind: "write"; page: number; offset: number; bytes: Bytes }
  | { kind: "erase"; page: number }
  /** One datagram to the platform address with this index. */
  | { kind: "send"; address: number; bytes: Bytes }
  /**
   * The radio begins, once a run: its first burst of current may break in a weak battery. It goes on
   * behind the failures of the run before [pager §2.7].
   */
  | { kind: "startRadio"; failures: number }
  /** Satellite receiver on or off; a send has priority over it [bg96 trap 9]. */
  | { kind: "locate"; on: boolean }
  /** Whether an alarm is open: then the radio tries every technology and operator [pager §2.6]. */
  | { kind: "urgent"; on: boolean }
  /** A rest of the radio between two searches for a network ends, where it has lasted so long. */
  | { kind: "search"; behindMs: number }
  /** Of boards with an accelerometer: what the core wants to hear, 0 nothing, 1 movements, 2 falls too. */
  | { kind: "motion"; level: number }
  /** One SMS in the 7-bit alphabet; the radio tells its end by `texted` with this id. */
  | { kind: "text"; id: number; to: string; text: string }
  /** Of boards with voice: ends a call that still rings, then dials. `answer` picks up for this one. */
  | { kind: "dial"; number: string }
  | { kind: "answer"; number: string }
  /**
   * The way to the platform from now on, in the place of what the radio was given before. `name` is
   * "host:port" or "": it is looked up beside, and what is found comes back as the input "way".
   */
  | { kind: "network"; apn: string; addresses: string[]; name: string }
  /** The radio may fetch assistance data of its receiver from there, if what it has is old. */
  | { kind: "assist"; url: string }
  /** SHA-256 of so many octets from the beginning of this page on; it comes back as the input "hash". */
  | { kind: "hash"; page: number; octets: number }
  /** Start anew: the next input is "boot". */
  | { kind: "restart" }
  | { kind: "cue"; name: CueName }
  /** A provisioned pager's console; what is said there while it is open [pager §5]. */
  | { kind: "console"; open: boolean }
  | { kind: "print"; text: string }
  /** One row for the log: an event of protocol/log-events.ts, the alarm it speaks of or 0, a detail. */
  | { kind: "log"; event: number; alarm: number; detail: number };
