// One recorded trial: who did what, and the samples that a pager would have seen of it.
// Reads nothing: sisfall.ts and umafall.ts do.

export const RATE_HZ = 25;

export type SetName = "SisFall" | "UMAFall";

export interface Trial {
  set: SetName;
  /** The file's name. */
  name: string;
  subject: string;
  /** As the set says it, such as "F01" or "LyingDown_OnABed". */
  activity: string;
  fall: boolean;
  /** x, y, z in mg at 25 Hz, behind one another. */
  samples: number[];
}

/** The means of so many rows on end, as a sensor of the lower rate sees them. */
export function averaged(rows: readonly (readonly number[])[], every: number): number[] {
  const count = Math.floor(rows.length / every);
  const samples: number[] = [];
  for (let i = 0; i < 3 * count; i++) {
    const from = Math.floor(i / 3) * every;
    let sum = 0;
    for (let k = from; k < from + every; k++) sum += rows[k][i % 3];
    samples.push(clamped(sum / every));
  }
  return samples;
}

/** The newest row at each moment of the rate; `spanMs` lies between the first and the last one. */
export function held(rows: readonly (readonly number[])[], spanMs: number): number[] {
  const count = Math.floor((spanMs * RATE_HZ) / 1000);
  const samples: number[] = [];
  for (let i = 0; i < 3 * count; i++) {
    const row = rows[Math.floor((Math.floor(i / 3) * (rows.length - 1)) / count)];
    samples.push(clamped(row[i % 3]));
  }
  return samples;
}

function clamped(mg: number): number {
  return Math.max(-16000, Math.min(16000, Math.round(mg)));
}
