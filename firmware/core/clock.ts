// Time of day as far as anybody told it; unknown until then, and nothing ever waits for it.
// Protects nothing: network and satellite time are not authenticated [wire §6].

import { UTC_OFFSET_MIN_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { laterMs } from "./due.ts";
import type { ClockSource } from "./input.ts";
import { noteAlarm, noteItem } from "./journal.ts";
import type { Item } from "./link-state.ts";
import type { Moment } from "./moment.ts";
import { numberOf } from "./settings.ts";
import { BUILT_S } from "./version.ts";

/** Spans are kept short, so that a wrap of the milliseconds never lies inside one. */
const ROLL_MS = 60000;
const HOUR_MS = 3600000;

/** Seconds since 2020-01-01T00:00:00Z, 0 where nobody told. */
export function nowS(moment: Moment): number {
  const clock = moment.pager.clock;
  if (clock.timeS === 0) return 0;
  const ms = spanMs(moment.nowMs, clock.atMs);
  return ms > 0 ? clock.timeS + moment.machine.divide(ms, 1000) : clock.timeS;
}

/** 0 to 23 where the wearer lives; -1 while nobody has told the time. */
export function hourOfDay(moment: Moment): number {
  const timeS = nowS(moment);
  if (timeS === 0) return -1;
  // In minutes: the last seconds of the wire with an offset on top would be no int32 any more.
  const minutes = moment.machine.divide(timeS, 60) + numberOf(moment.pager, UTC_OFFSET_MIN_KEY);
  return moment.machine.divide(minutes, 60) % 24;
}

/** Whole seconds since `atMs`, once a minute; 0 before. */
function secondsDue(moment: Moment, atMs: number): number {
  const ms = spanMs(moment.nowMs, atMs);
  return ms >= ROLL_MS ? moment.machine.divide(ms, 1000) : 0;
}

/** Moves the counts of seconds and hours along with the milliseconds. */
export function rollClock(moment: Moment): void {
  const runs = moment.pager.runs;
  const ms = spanMs(moment.nowMs, runs.hourMs);
  if (ms >= HOUR_MS) {
    const hours = moment.machine.divide(ms, HOUR_MS);
    runs.hours += hours;
    runs.hourMs = laterMs(runs.hourMs, hours * HOUR_MS);
  }
  const clock = moment.pager.clock;
  const position = moment.pager.position;
  const clockS = secondsDue(moment, clock.atMs);
  if (clock.timeS > 0 && clockS > 0) {
    clock.timeS += clockS;
    clock.atMs = laterMs(clock.atMs, clockS * 1000);
  }
  const positionS = secondsDue(moment, position.atMs);
  if (position.ageS >= 0 && positionS > 0) {
    position.ageS += positionS;
    position.atMs = laterMs(position.atMs, positionS * 1000);
  }
}

/** Computes back when an item was born, where the clock was unknown then. */
function fillTime(moment: Moment, item: Item): void {
  // A result says no time, and its record is the word's own moment.
  if (item.timeS !== 0 || item.old || item.letter === "o") return;
  const ms = spanMs(moment.nowMs, item.atMs);
  const timeS = nowS(moment) - moment.machine.divide(ms > 0 ? ms : 0, 1000);
  if (timeS <= 0) return;
  item.timeS = timeS;
  item.timeFromNetwork = moment.pager.clock.source === "network";
  if (item.letter === "s") noteAlarm(moment);
  else noteItem(moment, item);
}

function rankOf(source: ClockSource): number {
  if (source === "platform") return 3;
  return source === "satellite" ? 2 : 1;
}

/** Takes a time unless somebody better told one before. */
export function setClock(moment: Moment, timeS: number, source: ClockSource): void {
  const state = moment.pager;
  const clock = state.clock;
  // Nobody seals what network and satellites say: a time before this firmware was made is a fault.
  if (source !== "platform" && timeS < BUILT_S) return;
  if (timeS <= 0 || (clock.timeS > 0 && rankOf(source) < rankOf(clock.source))) return;
  const first = clock.timeS === 0;
  clock.timeS = timeS;
  clock.atMs = moment.nowMs;
  clock.source = source;
  const position = state.position;
  if (position.ageS < 0 && position.timeS > 0) {
    position.ageS = timeS > position.timeS ? timeS - position.timeS : 0;
    position.atMs = moment.nowMs;
  }
  if (!first) return;
  for (let i = 0; i < state.outbox.length; i++) fillTime(moment, state.outbox[i]);
}
