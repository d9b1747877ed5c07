// A trial of SisFall: text, nine whole numbers a line at 200 Hz, by its own read-me.
// Uses the first sensor alone, the ADXL345 at the waist: ±16 g in 13 bits.

import { averaged, RATE_HZ, type Trial } from "./trial.ts";

const NAME = /^([DF]\d\d)_(S[AE]\d\d)_R\d\d\.txt$/;
const SET_HZ = 200;
const MG_PER_BIT = 32000 / 8192;

export function isSisFall(name: string): boolean {
  return NAME.test(name);
}

/** Undefined where the file holds no second of samples. */
export function sisFallTrial(name: string, text: string): Trial | undefined {
  const [, activity, subject] = NAME.exec(name) ?? [];
  const rows: number[][] = [];
  for (const line of text.split("\n")) {
    const row = line.split(",", 3).map((cell) => Number(cell) * MG_PER_BIT);
    if (row.length === 3 && row.every(Number.isFinite)) rows.push(row);
  }
  if (activity === undefined || subject === undefined || rows.length < SET_HZ) return undefined;
  const samples = averaged(rows, SET_HZ / RATE_HZ);
  return { set: "SisFall", name, subject, activity, fall: activity.startsWith("F"), samples };
}
