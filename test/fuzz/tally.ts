// What a run did, counted: how far the datagrams came, which faults they met, what memory did.

import type { FaultCode } from "../../protocol/fault.ts";
import type { Counters } from "../../sdk/gateway/counters.ts";
import type { Third } from "./cases.ts";
import type { Stage } from "./look.ts";

export type Counts = Record<string, number>;

/** Octets in use behind a full collection, where the run can ask for one. */
export interface MemoryMark {
  readonly datagrams: number;
  readonly octets: number;
}

export interface Tally {
  datagrams: number;
  /** Given to the decoder of messages by the gateway. */
  decoded: number;
  readonly thirds: Record<Third, number>;
  readonly carriers: Counts;
  readonly stages: Record<Stage, number>;
  /** What was done to the datagrams, by third. */
  readonly changes: Counts;
  /** By where they were met: gateway, text carriers, pager. */
  readonly faults: Record<"gateway" | "texts" | "pager", Counts>;
  events: number;
  answers: number;
  turnedRound: number;
  openedByPager: number;
  /** Alarms of the honest pager that went all the way. */
  told: number;
  counters?: Counters;
  readonly memory: MemoryMark[];
  tookMs: number;
}

export function newTally(): Tally {
  return {
    datagrams: 0,
    decoded: 0,
    thirds: { "sealed octets": 0, plaintext: 0, header: 0 },
    carriers: {},
    stages: {
      unread: 0,
      empty: 0,
      unsealed: 0,
      answer: 0,
      stranger: 0,
      shut: 0,
      opened: 0,
    },
    changes: {},
    faults: { gateway: {}, texts: {}, pager: {} },
    events: 0,
    answers: 0,
    turnedRound: 0,
    openedByPager: 0,
    told: 0,
    memory: [],
    tookMs: 0,
  };
}

export function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Every code there is; a code without a line here is an error of types. */
const CODES: Record<FaultCode, true> = {
  truncated: true,
  "too-long": true,
  "trailing-octets": true,
  "bad-version": true,
  "bad-token": true,
  "bad-code": true,
  "bad-option": true,
  "too-many-options": true,
  "bad-marker": true,
  "bad-empty": true,
  "no-oscore-option": true,
  "bad-oscore-option": true,
  "unknown-kid": true,
  "not-authentic": true,
  "missing-field": true,
  "bad-type": true,
  "out-of-bounds": true,
  "not-canonical": true,
  "bad-block": true,
  "bad-character": true,
  "bad-checksum": true,
};
export const FAULT_CODES = Object.keys(CODES) as FaultCode[];

/** A log line may name something else where a code could stand. */
export function isFaultCode(text: string | undefined): text is FaultCode {
  return text !== undefined && text in CODES;
}

/** Codes that nothing in the run has met. */
export function unmet({ faults }: Tally): FaultCode[] {
  return FAULT_CODES.filter((code) =>
    Object.values(faults).every((met) => met[code] === undefined),
  );
}
