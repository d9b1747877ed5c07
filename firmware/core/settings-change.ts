// Settings change all together or not at all, and a change of the way to the platform is a trial.
// Never leaves a pager cut off: what nobody answers under the new way goes back by itself [design §4].

import { equalBytes, toText } from "../../protocol/bytes.ts";
import { LOG_SETTINGS } from "../../protocol/log-events.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { WORD_CHANGE_SETTINGS } from "../../protocol/messages.ts";
import { brokenRelation, isGoodSetting } from "../../protocol/setting-check.ts";
import {
  APN_KEY,
  FALL_GRACE_S_KEY,
  FOUND_KEY,
  NAME_KEY,
  RELATIONS,
  STILL_S_KEY,
  TEXT_KEY_MIN,
  ZONE_KEY_MIN,
  ZONES,
} from "../../protocol/settings.ts";
import { hasMotion, hasZones } from "./abilities.ts";
import { isOpen } from "./alarm.ts";
import { leftMs } from "./due.ts";
import { noteSettings } from "./journal.ts";
import { TRIAL_MS, TRIAL_MS_ALARM } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import { putItem } from "./outbox.ts";
import { DONE, FAILED, REFUSED } from "./outcomes.ts";
import { putOutcome } from "./result.ts";
import { type Cell, cellOf, putCell, textOf } from "./settings.ts";
import type { State } from "./state.ts";

function isWayKey(key: number): boolean {
  return key >= TEXT_KEY_MIN && key <= APN_KEY;
}

/** True where the list is about addresses or access point, or such a change isn't decided yet. */
export function isWayChange(state: State, list: readonly Cell[]): boolean {
  for (let i = 0; i < list.length; i += 2) if (isWayKey(list[i] as number)) return true;
  return state.settings.trial.id > 0;
}

/** Help first, and one trial at a time. */
export function mustWait(state: State): boolean {
  return isOpen(state) || state.settings.trial.id > 0;
}

function isSame(a: Cell, b: Cell): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return equalBytes(a, b);
}

function putAll(state: State, list: readonly Cell[]): void {
  for (let i = 0; i < list.length; i += 2) putCell(state.settings, list[i] as number, list[i + 1]);
}

/** Adds those in use, or those of before the trial, each once. */
function pushAddresses(state: State, list: string[], before: boolean): void {
  const provisioned = state.identity.addresses;
  const old = state.settings.trial.old;
  for (let place = 0; place < 2; place++) {
    const key = TEXT_KEY_MIN + place;
    let address = textOf(state, key);
    for (let i = 0; before && i < old.length; i += 2) {
      if (old[i] === key) address = toText(old[i + 1] as Bytes);
    }
    if (address === "" && place < provisioned.length) address = provisioned[place];
    if (address !== "" && list.indexOf(address) < 0) list.push(address);
  }
}

/** Tells the radio the way; while a trial goes on, alarms also go to where they went before. */
export function tellNetwork(moment: Moment): void {
  const state = moment.pager;
  const addresses: string[] = [];
  pushAddresses(state, addresses, false);
  state.link.ownWays = addresses.length;
  pushAddresses(state, addresses, true);
  const found = textOf(state, FOUND_KEY);
  if (found !== "" && addresses.indexOf(found) < 0) addresses.push(found);
  state.link.ways = addresses.length;
  state.link.foundMs = moment.nowMs;
  if (state.link.address >= state.link.ownWays) state.link.address = 0;
  const apn = textOf(state, APN_KEY);
  moment.effects.push({
    kind: "network",
    apn: apn === "" ? state.identity.apn : apn,
    addresses: addresses,
    name: textOf(state, NAME_KEY),
  });
}

/** What was asked under the way before proves nothing about this one. */
function beginTrial(moment: Moment): void {
  const link = moment.pager.link;
  link.sent = [];
  link.flight = undefined;
  link.address = 0;
  tellNetwork(moment);
}

/** Decided: the new way stays, or what was before comes back. */
export function endTrial(moment: Moment, good: boolean): void {
  const state = moment.pager;
  const settings = state.settings;
  const trial = settings.trial;
  const keys: number[] = [];
  if (!good) {
    putAll(state, trial.old);
    settings.version = trial.version;
    for (let i = 0; i < trial.old.length; i += 2) keys.push(trial.old[i] as number);
  }
  settings.trial = { id: 0, key: 0, version: 0, sinceMs: 0, old: [] };
  noteSettings(moment, keys);
  tellNetwork(moment);
  putOutcome(moment, WORD_CHANGE_SETTINGS, trial.id, good ? DONE : FAILED, good ? 0 : trial.key);
}

/** An opened answer came over this address. */
export function proveWay(moment: Moment, address: number): void {
  const state = moment.pager;
  if (address >= state.link.ownWays) state.link.foundMs = moment.nowMs;
  else if (state.settings.trial.id > 0 && address >= 0) endTrial(moment, true);
}

function leftOfTrialMs(state: State, nowMs: number): number {
  return leftMs(nowMs, state.settings.trial.sinceMs, isOpen(state) ? TRIAL_MS_ALARM : TRIAL_MS);
}

export function trialDueInMs(state: State, nowMs: number): number {
  if (state.settings.trial.id === 0) return -1;
  return state.outbox.length === 0 ? 0 : leftOfTrialMs(state, nowMs);
}

/** Asks under the new way until somebody answers, or time is over. */
export function advanceTrial(moment: Moment): void {
  const state = moment.pager;
  if (state.settings.trial.id === 0) return;
  if (leftOfTrialMs(state, moment.nowMs) === 0) endTrial(moment, false);
  else if (state.outbox.length === 0) putItem(moment, "w", 0, 0);
}

/** The first key of the list that may not have its value; -1 where all may. */
function badKey(list: readonly Cell[]): number {
  for (let i = 0; i < list.length; i += 2) {
    const key = list[i] as number;
    // A zone that nobody watches would be a promise, and so would a fall.
    const unwatched = !hasZones() && key >= ZONE_KEY_MIN && key < ZONE_KEY_MIN + ZONES;
    const unfelt = !hasMotion() && (key === STILL_S_KEY || key === FALL_GRACE_S_KEY);
    if (unwatched || unfelt || !isGoodSetting(key, list[i + 1])) return key;
  }
  return -1;
}

/**
 * All of the list or nothing. A version that is in use or older may only say what holds already: a
 * command that comes again behind a cut is done, one that was overtaken is refused.
 */
export function changeSettings(
  moment: Moment,
  id: number,
  version: number,
  list: readonly Cell[],
): void {
  const state = moment.pager;
  const settings = state.settings;
  const keys: number[] = [];
  const old: Cell[] = [];
  let differs = false;
  let wayKey = 0;
  let broken = badKey(list);
  let refused = broken >= 0;
  for (let i = 0; !refused && i < list.length; i += 2) {
    const key = list[i] as number;
    const before = cellOf(moment.machine, state, key);
    keys.push(key);
    old.push(key, before);
    if (isSame(before, list[i + 1])) continue;
    differs = true;
    if (wayKey === 0 && isWayKey(key)) wayKey = key;
  }
  if (!refused && version <= settings.version) refused = differs;
  else if (!refused) {
    putAll(state, list);
    const at = brokenRelation(settings.numbers);
    if (at >= 0) {
      putAll(state, old);
      broken = keys.indexOf(RELATIONS[at]) >= 0 ? RELATIONS[at] : RELATIONS[at + 2];
      refused = true;
    }
  }
  if (refused || version <= settings.version) {
    putOutcome(moment, WORD_CHANGE_SETTINGS, id, refused ? REFUSED : DONE, broken > 0 ? broken : 0);
    return;
  }
  if (wayKey > 0) {
    settings.trial = {
      id: id,
      key: wayKey,
      version: settings.version,
      sinceMs: moment.nowMs,
      old: old,
    };
  }
  settings.version = version;
  noteSettings(moment, keys);
  log(moment, LOG_SETTINGS, 0, version);
  if (wayKey > 0) beginTrial(moment);
  else {
    tellNetwork(moment); // of what is not a way of its own
    putOutcome(moment, WORD_CHANGE_SETTINGS, id, DONE, 0);
  }
}
