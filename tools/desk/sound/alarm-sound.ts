// What the desk sounds for an untaken alarm, as data. Pure; plays nothing.

export interface Tone {
  /** From the start of the pattern, ms. */
  atMs: number;
  lengthMs: number;
  hz: number;
}

export interface Pattern {
  tones: Tone[];
  /** The pattern starts again after this, until it is stopped. */
  everyMs: number;
}

function series(hzList: number[], lengthMs: number, gapMs: number): Tone[] {
  return hzList.map((hz, i) => ({ atMs: i * (lengthMs + gapMs), lengthMs, hz }));
}

/** The sound of a priority, 1 highest: the lower the rank the calmer and rarer [D-01]. */
export function patternOf(priority: number): Pattern {
  if (priority <= 1)
    return { tones: series([880, 660, 880, 660, 880, 660], 180, 40), everyMs: 2200 };
  if (priority === 2) return { tones: series([740, 740, 740], 200, 80), everyMs: 4000 };
  return { tones: series([587, 494], 220, 60), everyMs: 8000 };
}

/** The platform can't be reached: low, slow, not to be taken for an alarm. */
export const connectionDown: Pattern = { tones: series([220, 175], 450, 100), everyMs: 15_000 };

/** Played once when sound is turned on or tried. */
export const trial: Pattern = { tones: series([660, 880], 140, 40), everyMs: 0 };
