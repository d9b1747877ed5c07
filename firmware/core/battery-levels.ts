// The three levels of a low battery: told to the wearer, reported once for each discharge [R-08, N-09].
// Never before an alarm, never over its cues; the last level is the last gasp.

import { LOG_BATTERY_LEVEL } from "../../protocol/log-events.ts";
import { LOW_PERCENT_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { isOpen } from "./alarm.ts";
import { batteryPercent } from "./battery.ts";
import { takeNumber, usableSlot } from "./counter.ts";
import { noteHand } from "./journal.ts";
import { CHARGED_MS, LEVEL_SLACK_PERCENT, LOOK_MS } from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { putItem } from "./outbox.ts";
import { hurrySearch } from "./runs.ts";
import { numberOf } from "./settings.ts";
import { isDay, softInMs } from "./soft-cue.ts";
import type { State } from "./state.ts";

const LEVELS = 3;
const LEVEL_REPORTED = 2;

/** The cue of the level is due as soon as no other one runs; by day only where it may wait. */
function oweCue(moment: Moment, byDay: boolean): void {
  const battery = moment.pager.battery;
  battery.owed = true;
  battery.byDay = byDay;
  battery.owedMs = moment.nowMs;
  battery.waitMs = 0;
}

/** Behind a check-in's own cue [design §4]. */
export function tellLevel(moment: Moment): void {
  if (moment.pager.battery.level > 0) oweCue(moment, false);
}

/** A level that is in force holds until the battery is some points above it. */
function levelOf(moment: Moment, percent: number): number {
  const state = moment.pager;
  for (let level = LEVELS; level > 0; level--) {
    const slack = state.battery.level >= level ? LEVEL_SLACK_PERCENT : 0;
    if (percent <= numberOf(state, LOW_PERCENT_KEY + level - 1) + slack) return level;
  }
  return 0;
}

/**
 * Once for each discharge. The item is written first: a cut right behind it finds the level in the
 * item, while a level without its item would never be reported.
 */
function reachLevel(moment: Moment, level: number): void {
  const state = moment.pager;
  const slot = usableSlot(moment, !isOpen(state));
  if (slot < 0) return;
  if (level >= LEVEL_REPORTED) putItem(moment, "L", takeNumber(moment, slot), level);
  state.battery.reached = level;
  noteHand(moment);
  log(moment, LOG_BATTERY_LEVEL, 0, level);
  oweCue(moment, true);
}

export function takeBattery(moment: Moment, batteryMv: number, charging: boolean): void {
  const state = moment.pager;
  const battery = state.battery;
  const begun = charging && !state.charging;
  const ended = !charging && state.charging;
  state.batteryMv = batteryMv;
  state.charging = charging;
  if (begun) {
    battery.chargeMs = moment.nowMs;
    hurrySearch(moment, 0);
  }
  const percent = batteryPercent(moment.machine, state);
  if (charging || percent === undefined) {
    battery.level = 0;
    battery.owed = false;
    battery.sinceH = -1;
    // A loose plug is no charge: what was reported would be reported again with each touch.
    if (charging && battery.reached > 0 && spanMs(moment.nowMs, battery.chargeMs) >= CHARGED_MS) {
      battery.reached = 0;
      noteHand(moment);
    }
    return;
  }
  // Above the model's last corner the voltage says nothing of what was used.
  if (battery.sinceH < 0 || percent === 100) {
    battery.sinceH = state.runs.hours;
    battery.mostPercent = percent;
  }
  if (percent > battery.mostPercent) battery.mostPercent = percent;
  battery.level = levelOf(moment, percent);
  if (battery.level > battery.reached) reachLevel(moment, battery.level);
  if (ended) tellLevel(moment);
}

export function batteryDueInMs(state: State, nowMs: number): number {
  const battery = state.battery;
  if (!battery.owed || isOpen(state)) return -1;
  return softInMs(state, nowMs, battery.owedMs, battery.waitMs);
}

export function advanceBattery(moment: Moment): void {
  const battery = moment.pager.battery;
  if (batteryDueInMs(moment.pager, moment.nowMs) !== 0) return;
  if (battery.byDay && !isDay(moment)) {
    battery.owedMs = moment.nowMs;
    battery.waitMs = LOOK_MS;
    return;
  }
  battery.owed = false;
  if (battery.level === 0) return;
  giveCue(
    moment,
    battery.level === 1 ? "batteryLow" : battery.level === 2 ? "batteryLower" : "batteryLast",
  );
}
