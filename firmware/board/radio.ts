// What the loop asks of any radio, be it a modem behind AT commands or a socket library.
// A radio is a pure machine: inputs in, outputs out, no clock and no port of its own.

import type { Bytes } from "../../protocol/machine.ts";
import type { Input } from "../core/input.ts";

export type RadioInput =
  /** `failures` in a row of the run before, as told by the input `ladder`. */
  | { kind: "start"; atMs: number; failures: number }
  /** Octets from the modem, one character each, cut anywhere. */
  | { kind: "serial"; atMs: number; text: string }
  /** How far it may rest when nothing goes on: 1 lightly, 0 deeply, -1 not at all [pager §4]. */
  | { kind: "tick"; atMs: number; rest?: number }
  | { kind: "send"; atMs: number; address: number; bytes: Bytes }
  /** One SMS; its end is told as the input `texted` with this id. */
  | { kind: "text"; atMs: number; id: number; to: string; text: string }
  /** Of boards with voice. */
  | { kind: "dial"; atMs: number; number: string }
  | { kind: "answer"; atMs: number; number: string }
  | { kind: "locate"; atMs: number; on: boolean }
  /** See the effect; what comes of it is told to nobody. */
  | { kind: "assist"; atMs: number; url: string }
  /** An alarm is open, or none is any more. */
  | { kind: "urgent"; atMs: number; on: boolean }
  /** Ends a rest between two searches for a network that has lasted so long. */
  | { kind: "search"; atMs: number; behindMs: number }
  /** The way to the platform from now on, in the place of what it was created with; see the effect. */
  | { kind: "network"; atMs: number; apn: string; addresses: string[]; name: string };

export type RadioOutput =
  | { kind: "write"; text: string }
  /** Hold the power key for so long, then release it; or the reset pin, where the board has it. */
  | { kind: "pulse"; ms: number; reset?: boolean }
  /** Release the port to the modem and let it sleep, or take it back. */
  | { kind: "rest"; on: boolean }
  /** Something the core must know: radio, datagram, text, fix or clock. */
  | { kind: "input"; input: Input };

export interface Radio {
  step(input: RadioInput): RadioOutput[];
  /** Milliseconds until it wants a tick; -1 when nothing is awaited. */
  dueInMs(nowMs: number): number;
}
