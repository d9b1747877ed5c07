// When the satellite receiver searches: while somebody wants to know, and the radio lets it.
// Never begins while the radio looks for a network by the same path, nor in an alarm before it is ready.

import { hasZones } from "./abilities.ts";
import { isOpen } from "./alarm.ts";
import type { Moment } from "./moment.ts";
import { GNSS, isTested } from "./self-test.ts";
import { isSeeking } from "./track-care.ts";

/**
 * A radio that is ready lends its path, and one that rests between two searches [bg96 trap 9]. What was
 * begun goes on: from its sleep the wish itself wakes the modem, and its time runs out in any case.
 */
export function steerLocating(moment: Moment): void {
  const state = moment.pager;
  const radio = state.link.radio;
  const open = isOpen(state);
  const asked = open || state.locate.id > 0 || isSeeking(state, moment.nowMs);
  const wanted = asked || (hasZones() && (state.zones.searching || isTested(state, GNSS)));
  const free = radio === "ready" || (!open && (radio === "off" || state.locating));
  const locating = wanted && free;
  if (locating === state.locating) return;
  state.locating = locating;
  state.soughtMs = moment.nowMs;
  // Ended while the radio had the path it says nothing about the place.
  if (radio !== "ready" && radio !== "off") state.motion.feltMs = moment.nowMs;
  moment.effects.push({ kind: "locate", on: locating });
}
