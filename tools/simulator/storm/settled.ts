// What a run of the firmware has settled behind each of its steps, seen from outside: settings, a track.
// Looks and tells; changes nothing of it.

import { TRACK_GRID_S } from "../../../firmware/core/limits.ts";
import type { State } from "../../../firmware/core/state.ts";
import { TEXT_KEY_MIN, ZONE_KEY_MIN, ZONES } from "../../../protocol/settings.ts";
import { zoneText } from "../../../sdk/zone-text.ts";
import type { See } from "./world-event.ts";

/** Numbers of a point in the core's own list; the first is its time. */
const WIDTH = 4;

const onGrid = (time: number) => time - (time % TRACK_GRID_S);

function zonesOf({ settings }: State): string[] {
  const from = ZONE_KEY_MIN - TEXT_KEY_MIN;
  return settings.texts
    .slice(from, from + ZONES)
    .map((text) => zoneText(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
}

export interface Settled {
  /** Before each line of the log, which is to be read by the settings that it was said under. */
  settings(): void;
  /** Behind each step: what it wrote is written by then, and what was cut is never told. */
  track(): void;
}

export function createSettled(state: State, pager: string, see: See): Settled {
  let version = -1;
  let time = 0;
  let kept = 0;

  function tellSettings(): void {
    version = state.settings.version;
    const numbers = [...state.settings.numbers];
    see({ kind: "settings", pager, version, numbers, zones: zonesOf(state) });
  }

  function tellTrack(): void {
    const { track } = state;
    if (track.time !== time && track.time > 0) {
      see({ kind: "point", pager, act: "made", time: onGrid(track.time) });
    }
    time = track.time;
    const newest = track.noted > 0 ? track.points[track.noted - WIDTH] : 0;
    if (newest !== kept && newest > 0) {
      see({ kind: "point", pager, act: "kept", time: onGrid(newest) });
    }
    kept = newest;
  }

  return {
    settings() {
      if (state.booted && state.settings.version !== version) tellSettings();
    },
    track: tellTrack,
  };
}
