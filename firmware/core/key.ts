// The one key: bounce, ticks while it is down, a hold, clicks [pager §3, R-01 to R-05].
// Decides only what the wearer's hand did; what that means is for alarm.ts and check-in.

import { HOLD_MS_KEY } from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { leftMs, soonerMs } from "./due.ts";
import { BOUNCE_MS, CLICK_QUIET_MS, TICK_MS } from "./limits.ts";
import { giveCue, type Moment } from "./moment.ts";
import { numberOf } from "./settings.ts";
import type { Key, State } from "./state.ts";

/** What the hand has just done. "clicks" counts a train of short presses that has ended. */
export type Gesture = { kind: "none" } | { kind: "hold" } | { kind: "clicks"; count: number };

function press(key: Key): void {
  key.down = true;
  key.pressMs = key.rawMs;
  key.ticks = 0;
  key.held = false;
}

/** A key that is down at boot counts from boot [pager §2.1]. */
export function startKey(moment: Moment, down: boolean): void {
  const key = moment.pager.key;
  key.rawDown = down;
  key.rawMs = moment.nowMs;
  if (down) press(key);
}

/** An edge. A level counts once it has stood for 30 ms, from its beginning: the final one wins. */
export function takeEdge(moment: Moment, down: boolean): void {
  const key = moment.pager.key;
  if (down === key.rawDown) return;
  key.rawDown = down;
  key.rawMs = moment.nowMs;
}

/** How long the key is down: up to now, or up to the edge that may turn out a release. */
function downMs(key: Key, nowMs: number): number {
  return spanMs(key.rawDown ? nowMs : key.rawMs, key.pressMs);
}

function settleLevel(moment: Moment): void {
  const key = moment.pager.key;
  if (key.rawDown === key.down || leftMs(moment.nowMs, key.rawMs, BOUNCE_MS) > 0) return;
  if (key.rawDown) {
    press(key);
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

/** Lets time pass; says what the hand has done, once. */
export function advanceKey(moment: Moment): Gesture {
  const key = moment.pager.key;
  // Before the release counts: a late look must not turn a hold into a click.
  if (key.down && !key.held && downMs(key, moment.nowMs) >= numberOf(moment.pager, HOLD_MS_KEY)) {
    key.held = true;
    key.clicks = 0;
    return { kind: "hold" };
  }
  settleLevel(moment);
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
    const holdInMs = leftMs(nowMs, key.pressMs, numberOf(state, HOLD_MS_KEY));
    return soonerMs(holdInMs, leftMs(nowMs, key.pressMs, key.ticks * TICK_MS));
  }
  if (key.clicks > 0 && !key.down) return leftMs(nowMs, key.releaseMs, CLICK_QUIET_MS);
  return -1;
}
