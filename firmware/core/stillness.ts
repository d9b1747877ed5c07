// Whether a pager lies where it was when its receiver searched last: then a search finds nothing new.
// Never believes a sensor that is silent, and no stillness for longer than six hours.

import { spanMs } from "../../protocol/span.ts";
import { hasMotion } from "./abilities.ts";
import { leftMs } from "./due.ts";
import { MOVED_SPAN_MS, SENSOR_MS, STILL_FOUND_MS, STILL_VAIN_MS } from "./limits.ts";
import type { State } from "./state.ts";

/** The last search found the place. */
export function isPlaced(state: State): boolean {
  const position = state.position;
  return position.serial > 0 && spanMs(state.soughtMs, position.atMs) < MOVED_SPAN_MS;
}

/** Where nothing was found nothing will be, but the sky turns: it is looked at again sooner. */
export function liesStill(state: State, nowMs: number): boolean {
  const motion = state.motion;
  if (!hasMotion() || state.locating) return false;
  // Of a movement that lasts only its beginning is told, once in this span.
  if (spanMs(state.soughtMs, motion.feltMs) < MOVED_SPAN_MS) return false;
  const stillMs = isPlaced(state) ? STILL_FOUND_MS : STILL_VAIN_MS;
  return leftMs(nowMs, motion.heardMs, SENSOR_MS) > 0 && leftMs(nowMs, state.soughtMs, stillMs) > 0;
}
