// One finger on the key of one pager: presses by their lengths, one act at a time, bounce.
// Never decides when to act, nor what an act means.

import type { Clock } from "../../../sdk/clock.ts";
import type { Chance } from "../chance.ts";
import type { Hand } from "./hand.ts";
import type { Weather } from "./weather.ts";

/** A key that bounces has come to rest after this long. */
const BOUNCE_MS = 20;
const BOUNCE_EDGE_MS = { from: 3, to: 8 };

export interface Finger {
  readonly isBusy: boolean;
  /** Down for the first span in ms, up for the second, and so on; left out while it is busy. */
  play(spans: readonly number[]): void;
  /** Up at once; what was under way is left. */
  letGo(): void;
}

export interface FingerOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly hand: Hand;
}

export function createFinger({ clock, chance, weather, hand }: FingerOptions): Finger {
  let cancelAct: (() => void) | undefined;
  let cancelBounce: (() => void) | undefined;

  /** `left` more changes of level; the last of them is the one that stays. */
  function bounce(down: boolean, left: number, restMs: number): void {
    cancelBounce = undefined;
    if (left === 0) return;
    const longestMs = Math.min(BOUNCE_EDGE_MS.to, restMs - BOUNCE_EDGE_MS.from * (left - 1));
    const waitMs = chance.between(BOUNCE_EDGE_MS.from, longestMs);
    cancelBounce = clock.after(waitMs, () => {
      hand.setKey(left % 2 === 1 ? down : !down);
      bounce(down, left - 1, restMs - waitMs);
    });
  }

  function edge(down: boolean): void {
    hand.setKey(down);
    // An odd number of flips would come to rest at the wrong level.
    if (weather.strikes("wearerBounce")) bounce(down, chance.happens(0.5) ? 2 : 4, BOUNCE_MS);
  }

  function go(spans: readonly number[], at: number): void {
    const isLast = at === spans.length;
    edge(!isLast && at % 2 === 0);
    cancelAct = clock.after(isLast ? BOUNCE_MS : spans[at], () => {
      cancelAct = undefined;
      if (!isLast) go(spans, at + 1);
    });
  }

  return {
    get isBusy() {
      return cancelAct !== undefined;
    },
    play(spans) {
      if (cancelAct === undefined) go(spans, 0);
    },
    letGo() {
      cancelAct?.();
      cancelBounce?.();
      cancelAct = undefined;
      cancelBounce = undefined;
      if (hand.keyDown) hand.setKey(false);
    },
  };
}
