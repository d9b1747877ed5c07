// What a pager says of itself once a day, and the faults that each beat says [wire §6].
// Decides neither when it is said nor what follows from it.

import { finish, newWriter, writeArray, writeInt, writeNull } from "../../protocol/cbor.ts";
import { COUNT_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { spanMs } from "../../protocol/span.ts";
import { daysLeft } from "./battery.ts";
import { slotInUse } from "./counter.ts";
import { EXCHANGES, RADIO_RESETS, STARTS, STORAGE_FAULTS, UNANSWERED, UNKNOWN } from "./counts.ts";
import { wearPercent } from "./journal.ts";
import type { Moment } from "./moment.ts";
import type { State } from "./state.ts";
import { FIRMWARE_VERSION } from "./version.ts";

/** Bits of a beat's state. */
const STATE_STORAGE_FAULT = 1;
const STATE_SPARE_SLOT = 2;
const STATE_BEAT_MISSED = 4;
const STATE_KEY_STUCK = 8;
const HEALTH_OCTETS = 48;

/** What is wrong now; kept for the report of the day. */
export function faultBits(state: State): number {
  let bits = state.counts[STORAGE_FAULTS] > 0 ? STATE_STORAGE_FAULT : 0;
  if (slotInUse(state) > 0) bits += STATE_SPARE_SLOT;
  if (state.beat.missed) bits += STATE_BEAT_MISSED;
  if (state.key.stuck) bits += STATE_KEY_STUCK;
  state.beat.faults = state.beat.faults | bits;
  return bits;
}

/** In the order of the message; -1 is what this pager doesn't know: nobody counts its fixes. */
export function healthOf(moment: Moment): Bytes {
  const machine = moment.machine;
  const state = moment.pager;
  const counts = state.counts;
  const runs = state.runs;
  let refused = 0;
  for (let i = 0; i <= UNKNOWN; i++) refused += counts[i];
  const wear = wearPercent(machine, state);
  faultBits(state);
  const numbers = [
    FIRMWARE_VERSION,
    state.beat.faults,
    state.selfTest.failed,
    daysLeft(machine, state),
    counts[STARTS],
    counts[EXCHANGES],
    counts[UNANSWERED],
    counts[RADIO_RESETS],
    -1,
    -1,
    refused < COUNT_MAX ? refused : COUNT_MAX,
    wear < 100 ? wear : 100,
    counts[STORAGE_FAULTS],
    state.batteryMv > 0 ? state.batteryMv : -1,
    runs.hours * 3600 + machine.divide(spanMs(moment.nowMs, runs.hourMs), 1000),
  ];
  const writer = newWriter(machine, HEALTH_OCTETS);
  writeArray(writer, numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] < 0) writeNull(writer);
    else writeInt(writer, numbers[i]);
  }
  return finish(machine, writer);
}
