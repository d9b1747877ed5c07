// A trial of UMAFall: text with a heading, rows of several sensors at their own rates.
// Uses the accelerometer at the waist alone; a trial without one is passed over.

import { held, type Trial } from "./trial.ts";

const NAME = /^UMAFall_Subject_(\d+)_(ADL|Fall)_(.+?)_\d+_\d{4}-\d\d-\d\d_.*\.csv$/;
const WAIST = /^%[^;]*; *(\d+); *WAIST *;/m;
const ACCELEROMETER = "0";
const SECOND_MS = 1000;

export function isUmaFall(name: string): boolean {
  return NAME.test(name);
}

/** Undefined where the file holds no second of samples from the waist. */
export function umaFallTrial(name: string, text: string): Trial | undefined {
  const [, subject, kind, activity] = NAME.exec(name) ?? [];
  const waist = WAIST.exec(text)?.[1];
  const rows: number[][] = [];
  const times: number[] = [];
  for (const line of waist === undefined ? [] : text.split("\n")) {
    const cells = line.trim().split(";");
    if (line.startsWith("%") || cells[5] !== ACCELEROMETER || cells[6] !== waist) continue;
    rows.push(cells.slice(2, 5).map((cell) => Number(cell) * 1000));
    times.push(Number(cells[0]));
  }
  // Time stamps come in bunches: only the first and the last one count.
  const spanMs = (times[times.length - 1] ?? 0) - (times[0] ?? 0);
  if (activity === undefined || subject === undefined || !(spanMs >= SECOND_MS)) return undefined;
  const samples = held(rows, spanMs);
  return { set: "UMAFall", name, subject, activity, fall: kind === "Fall", samples };
}
