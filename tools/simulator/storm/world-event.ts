// What happens in a simulated world, as plain data: all that a checker and a reader of traces see.
// Says what was done and seen, never what anybody thinks of it.

import type { CueName } from "../../../firmware/core/cues.ts";
import type { RadioState } from "../../../firmware/core/input.ts";
import type { Event } from "../../../sdk/events.ts";
import type { AnyFaultName } from "./storm-faults.ts";

/** How a write or an erase of the pager's storage ended. */
export type StorageOutcome =
  | "good"
  | "slow"
  /** Reported as failed; some of it may stand. */
  | "failed"
  /** Power went in the middle: nothing, a part or all of it stands, and nobody was told. */
  | "cut";

export type AttackName =
  | "replayUp"
  | "replayDown"
  | "forgedEmptyAnswer"
  | "forgedReset"
  | "forgedError"
  | "truncatedUp"
  | "truncatedDown"
  | "bentUp"
  | "bentDown"
  | "flood";

/** What somebody sees who looks at a pager from outside now and then. */
export interface Look {
  outbox: number;
  /** Exchanges whose late answers still count. */
  sent: number;
  /** Erases of each storage page since the beginning. */
  erases: number[];
  /** Alarm id that the pager holds open, or "". */
  open: string;
  stage: "none" | "sending" | "delivered" | "taken" | "closed";
  batteryMv: number;
}

/** `pager` is the pager's id at the platform; `alarm` an alarm's id, "" where there is none. */
export type WorldEvent = { atMs: number } & (
  | { kind: "phase"; phase: "storm" | "calm" | "end" }
  | { kind: "fault"; pager: string; name: AnyFaultName }
  /** The finger on the key. A key that is down while the pager is off is down all the same. */
  | { kind: "key"; pager: string; down: boolean }
  /** Its processor starts on what storage holds, or stops at once. */
  | { kind: "on"; pager: string; keyDown: boolean }
  | { kind: "off"; pager: string; cause: "cut" | "brownOut" | "empty" | "reset" }
  | { kind: "cue"; pager: string; cue: CueName; alarm: string }
  /** A line of the pager's log, with the number of what it is about, and as the pager says it. */
  | {
      kind: "log";
      pager: string;
      alarm: string;
      text: string;
      number?: number;
      event?: number;
      detail?: number;
    }
  /** What its settings are from here on: numbers by key, zones as people write them. */
  | {
      kind: "settings";
      pager: string;
      version: number;
      numbers: readonly number[];
      zones: readonly string[];
    }
  /** Where its wearer truly is, in 1e-7 degree, and whether satellites are seen from there. */
  | { kind: "ground"; pager: string; latitude: number; longitude: number; sky: boolean }
  /** Its accelerometer feels this, and is asked to: 1 moved, 2 fell, or both. */
  | { kind: "motion"; pager: string; what: number }
  | { kind: "charger"; pager: string; on: boolean }
  /** A point of its track, by its time: it has one more, or has it and all before on flash. */
  | { kind: "point"; pager: string; act: "made" | "kept"; time: number }
  | { kind: "radio"; pager: string; state: RadioState }
  /** What carries it away from its pager: datagrams, coverage of any kind, texts to the platform. */
  | { kind: "air"; pager: string; way: "data" | "coverage" | "texts"; works: boolean }
  | {
      kind: "storage";
      pager: string;
      act: "write" | "erase";
      page: number;
      outcome: StorageOutcome;
    }
  /** The core hands a datagram to the radio. */
  | { kind: "send"; pager: string; bytes: Uint8Array }
  /** A datagram leaves the modem for the network; one comes out of the network into the modem. */
  | { kind: "left"; pager: string; bytes: Uint8Array }
  | { kind: "came"; pager: string; bytes: Uint8Array }
  /** The core hands a text to the radio, with the alarm in hand; one leaves the modem. */
  | { kind: "text"; pager: string; alarm: string; to: string }
  | { kind: "textLeft"; pager: string; to: string }
  /** A datagram comes to the gateway, wherever from; one leaves it, wherever to. */
  | { kind: "received"; bytes: Uint8Array; from: string }
  | { kind: "answered"; bytes: Uint8Array; to: string }
  /** The store has it: nothing but `restore` takes it away again. */
  | { kind: "stored"; event: Event }
  | { kind: "platform"; act: "start" | "crash" | "backup" | "restore" }
  /** An operator begins to do this; the store says whether it came to that. */
  | { kind: "desk"; act: "take" | "release" | "close" | "reopen"; alarm: string }
  | { kind: "attack"; attack: AttackName; bytes: Uint8Array; pager: string }
  | { kind: "look"; pager: string; look: Look }
  /** Work that the gateway holds: datagrams, commits, words. */
  | { kind: "load"; pending: number }
  /** The driver did what the modem's manual forbids. */
  | { kind: "violation"; pager: string; text: string }
);

/** An event without its time, as those who see it say it. */
type WithoutTime<T> = T extends unknown ? Omit<T, "atMs"> : never;
export type Seen = WithoutTime<WorldEvent>;
export type See = (seen: Seen) => void;
