// The one key: bounce, ticks while it is down, a hold, clicks [pager §3, R-01 to R-05].
// Decides only what the wearer's hand did; what that means is for alarm.ts and check-in.

import { LOG_CLICKS_LEFT, LOG_KEY_STUCK } from "../../protocol/log-events.ts";
import { HOLD_MS_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { leftMs, soonerMs } from "./due.ts";
import type { Key } from "./hand-state.ts";
import {
  BOUNCE_MS,
  CLICK_QUIET_MS,
  FREE_MS,
  STUCK_MS,
  TICK_MS,
  TRAINS_MAX,
  TRAINS_MS,
} from "./limits.ts";
import { giveCue, log, type Moment } from "./moment.ts";
import { hurrySearch } from "./runs.ts";
import { numberOf } from "./settings.ts";
import type { State } from "./state.ts";

/** What the hand has just done. "clicks" counts a train of short presses that has ended. */
export type Gesture = { kind: "none" } | { kind: "hold" } | { kind: "clicks"; count: number };

/** What a stuck key does says nothing. */
function press(state: State): void {
  const key = state.key;
  key.down = true;
  key.holdMs = numberOf(state, HOLD_MS_KEY);
  key.pressMs = key.rawMs;
  key.ticks = 0;
  key.held = key.stuck;
}

/** A key that is down at boot counts from boot [pager §2.1]. */
export function startKey(moment: Moment, down: boolean): void {
  const key = moment.pager.key;
  key.rawDown = down;
  key.rawMs = moment.nowMs;
  if (down) press(moment.pager);
}

/** An edge. A level counts once it has stood for 30 ms, from its beginning: the final one wins. */
export function takeEdge(moment: Moment, down: boolean): void {
  const key = moment.pager.key;
  if (down === key.rawDown) return;
  key.rawDown = down;
  key.rawMs = moment.nowMs;
  // Whoever holds it may be calling for help in three seconds.
  if (down) hurrySearch(moment, 0);
}

/** Whether somebody presses: a key that is stuck is no hand. */
export function isPressed(key: Key): boolean {
  return key.rawDown && !key.stuck;
}

/** How long the key is down: up to now, or up to the edge that may turn out a release. */
export function downMs(key: Key, nowMs: number): number {
  return spanMs(key.rawDown ? nowMs : key.rawMs, key.pressMs);
}

function settleLevel(moment: Moment): void {
  const key = moment.pager.key;
  if (key.rawDown === key.down || leftMs(moment.nowMs, key.rawMs, BOUNCE_MS) > 0) return;
  if (key.rawDown) {
    press(moment.pager);
    return;
  }
  key.down = false;
  key.releaseMs = key.rawMs;
  if (!key.held) key.clicks += 1;
}

function tick(moment: Moment): void {
  const key = moment.pager.key;
  if (!key.down || !key.rawDown || key.held) return;
  if (leftMs(moment.nowMs, key.pressMs, key.ticks * TICK_MS) > 0) return;
  giveCue(moment, "tick");
  // After a stall the ticks that were missed stay away.
  while (leftMs(moment.nowMs, key.pressMs, key.ticks * TICK_MS) === 0) key.ticks += 1;
}

/** One alarm as ever, told once as a fault; then nothing more until it was up for a second. */
function watchStuck(moment: Moment): void {
  const key = moment.pager.key;
  if (key.down && key.held && !key.stuck && downMs(key, moment.nowMs) >= STUCK_MS) {
    key.stuck = true;
    log(moment, LOG_KEY_STUCK, 0, 0);
  }
  if (!key.down && !key.rawDown && leftMs(moment.nowMs, key.releaseMs, FREE_MS) === 0) {
    key.stuck = false;
  }
}

/** Whether one more train of clicks says something: water in a key clicks for hours. */
export function takeTrain(moment: Moment): boolean {
  const key = moment.pager.key;
  const sinceMs = spanMs(moment.nowMs, key.trainsMs);
  if (key.trains === 0 || sinceMs < 0 || sinceMs >= TRAINS_MS) {
    key.trains = 0;
    key.trainsMs = moment.nowMs;
  }
  key.trains += 1;
  if (key.trains === TRAINS_MAX + 1) log(moment, LOG_CLICKS_LEFT, 0, 0);
  return key.trains <= TRAINS_MAX;
}

/** Lets time pass; says what the hand has done, once. */
export function advanceKey(moment: Moment): Gesture {
  const key = moment.pager.key;
  // Before the release counts: a late look must not turn a hold into a click.
  if (key.down && !key.held && downMs(key, moment.nowMs) >= key.holdMs) {
    key.held = true;
    key.clicks = 0;
    return { kind: "hold" };
  }
  settleLevel(moment);
  watchStuck(moment);
  tick(moment);
  if (key.clicks === 0 || key.down || key.rawDown) return { kind: "none" };
  if (leftMs(moment.nowMs, key.releaseMs, CLICK_QUIET_MS) > 0) return { kind: "none" };
  const count = key.clicks;
  key.clicks = 0;
  return { kind: "clicks", count: count };
}

/** Milliseconds until the key wants to be looked at; -1 for never. */
export function keyDueInMs(state: State, nowMs: number): number {
  const key = state.key;
  if (key.rawDown !== key.down) return leftMs(nowMs, key.rawMs, BOUNCE_MS);
  if (key.down && !key.held) {
    const holdInMs = leftMs(nowMs, key.pressMs, key.holdMs);
    return soonerMs(holdInMs, leftMs(nowMs, key.pressMs, key.ticks * TICK_MS));
  }
  if (key.down && !key.stuck) return leftMs(nowMs, key.pressMs, STUCK_MS);
  if (key.clicks > 0 && !key.down) return leftMs(nowMs, key.releaseMs, CLICK_QUIET_MS);
  return -1;
}
