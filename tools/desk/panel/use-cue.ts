// Plays a cue on the page: redraws at each edge of its light, vibration and sound, and only then.
import { useEffect, useReducer } from "preact/hooks";
import { type CueMoment, momentOf, untilChangeMs } from "./cue-player.ts";
import type { PlayedPager } from "./demo-line.ts";

const REST: CueMoment = { light: "off", vibrating: false, sounding: false };

export function useCue({ cue, cueAtMs }: PlayedPager): CueMoment {
  const [step, redraw] = useReducer((count: number, _: undefined) => count + 1, 0);
  const atMs = Date.now() - cueAtMs;
  useEffect(() => {
    if (cue === undefined) return;
    const waitMs = untilChangeMs(cue, Date.now() - cueAtMs);
    if (waitMs < 0) return;
    const timer = setTimeout(() => redraw(undefined), waitMs);
    return () => clearTimeout(timer);
  }, [cue, cueAtMs, step]);
  return cue === undefined ? REST : momentOf(cue, atMs);
}
