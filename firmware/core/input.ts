// Everything that can happen to a pager, as plain data.
// Times are `atMs`: milliseconds since power-up as an int32 that may wrap; compare by difference only.

import type { Bytes } from "../../protocol/machine.ts";
import type { ImageFacts } from "./image-slots.ts";

/** What the radio can do now. "denied" and "searching" are told to the wearer as "no network". */
export const RADIO_STATES = ["off", "starting", "searching", "denied", "ready"] as const;
export type RadioState = (typeof RADIO_STATES)[number];

/** Who said what time it is. None of them is authenticated but the platform. */
export type ClockSource = "satellite" | "network" | "platform";

export type Input =
  /** First input of every start. Pages are whole storage pages as read; blank storage reads as 255. */
  | {
      kind: "boot";
      atMs: number;
      /** 31 random bits from the board's hardware generator. */
      seed: number;
      /** A key that is down at boot counts from boot [pager §2.1]. */
      keyDown: boolean;
      /** Bits of the parts light 2, motor 4, sound 256 that the board has; absent: all. */
      outputs?: number;
      /** As in "battery"; absent where the board can't say so soon. */
      batteryMv?: number;
      charging?: boolean;
      identity: Bytes[];
      journal: Bytes[];
      /** Which hardware it is, by BOARDS of protocol/codes.ts, and what its maker burned into it. */
      board?: number;
      chip?: Bytes;
      /** Which image runs; absent on boards that can't be renewed. */
      image?: ImageFacts;
    }
  /** `atMs` is the edge's own time: it may lie before inputs that were taken while it waited. */
  | { kind: "key"; atMs: number; down: boolean }
  /** Time passed: at the moment that `dueInMs` named, or at any other. */
  | { kind: "tick"; atMs: number }
  /** `address` is the index of the platform address it came from, where the radio knows it. */
  | { kind: "datagram"; atMs: number; bytes: Bytes; address?: number }
  /** `signalDbm` is -140..-44, or 0 where it is not known. */
  /** `texts`: an SMS can leave now, whatever datagrams can. */
  | { kind: "radio"; atMs: number; state: RadioState; signalDbm: number; texts: boolean }
  /** The cell by which the radio is registered, as the wire says it, hexadecimal; "": none is known any more. */
  | { kind: "cell"; atMs: number; cell: string }
  /** What became of the effect `text` with this id; good: the network took it. */
  | { kind: "texted"; atMs: number; id: number; good: boolean }
  /** "ip:port" that the platform's name led to; anybody on the way may have said so. */
  | { kind: "way"; atMs: number; address: string }
  /**
   * Failures in a row since the radio last worked; from the second on, and three stands for more. Four
   * times the place of its search on top, which a start in an alarm goes on with [pager §2.6].
   */
  | { kind: "ladder"; atMs: number; failures: number }
  /** An SMS came, whoever sent it: the seal counts, not the number. */
  | { kind: "sms"; atMs: number; from: string; text: string }
  /** Of boards with voice: a call was picked up, has ended, or could not be made, now or ever. */
  | { kind: "call"; atMs: number; state: "answered" | "ended" | "failed" | "unable" }
  /** Somebody calls; `number` is "" where it is withheld. */
  | { kind: "incoming"; atMs: number; number: string }
  /** The pager itself is worried. `detail` is the last field of the kind's message. */
  | { kind: "concern"; atMs: number; letter: "F" | "Z" | "N"; detail: number }
  /** Of boards with an accelerometer: moved 1, seems to have fallen 2, it works 4, added up. */
  | { kind: "motion"; atMs: number; what: number }
  /** What the radio found: text, because as numbers they lose digits; "" where it can't tell. */
  /** `fault`: why no card can be used, 10 none, 11 locked by its PIN, 12 by its PUK, 13 broken. */
  | { kind: "card"; atMs: number; iccid: string; imei: string; fault?: number }
  /** Degrees × 10^7; `timeS` in seconds since 2020-01-01T00:00:00Z, 0 where the receiver gave none. */
  | {
      kind: "fix";
      atMs: number;
      latitude: number;
      longitude: number;
      uncertaintyM: number;
      timeS: number;
      /** Satellites used, and 2 or 3 dimensions; absent or 0 where the receiver doesn't say. */
      satellites?: number;
      mode?: number;
    }
  /** The receiver answers, be it only that it has no fix yet; once behind each `locate`. */
  | { kind: "gnss"; atMs: number }
  | { kind: "clock"; atMs: number; timeS: number; source: ClockSource }
  /** What was asked for by the effect "hash". */
  | { kind: "hash"; atMs: number; hash: Bytes }
  /** A line at a console that is open. */
  | { kind: "line"; atMs: number; text: string }
  | { kind: "battery"; atMs: number; batteryMv: number; charging: boolean }
  /**
   * A write or an erase failed, or was good and took over 200 ms. Nothing waits for it [wire §1.4].
   * `turning`: an erase, or the write that begins a page; else a record behind what stands there.
   */
  | { kind: "storageFault"; atMs: number; page: number; failed: boolean; turning: boolean };
