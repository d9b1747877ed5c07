// The tables behind one-octet codes: uncertainty, age, battery, and names; a code is a place there.
// The last uncertainty and age mean "this or more". Rows never change: new ones need a new field.

/** Metres. A measured value goes up to the next row: the wearer is never further away. */
export const UNCERTAINTY_M: readonly number[] = [
  10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500,
  10000, 20000, 30000, 50000,
];

/** Seconds: to the minute, hour, day and week; the last row is "longer than a week". Goes up. */
export const AGE_S: readonly number[] = [
  0, 5, 10, 15, 20, 30, 45, 60, 120, 180, 300, 600, 900, 1800, 2700, 3600, 7200, 10800, 21600,
  43200, 86400, 259200, 604800, 604801,
];

/** Percent. Goes down to the next row: no battery is promised that isn't there. */
export const BATTERY_PERCENT: readonly number[] = [
  0, 1, 2, 3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100,
];

/** Code of the smallest row that is not below `value`; the last code where all are. */
export function codeUp(table: readonly number[], value: number): number {
  let code = 0;
  while (code < table.length - 1 && table[code] < value) code += 1;
  return code;
}

/** Code of the largest row that is not above `value`; code 0 where all are. */
export function codeDown(table: readonly number[], value: number): number {
  let code = table.length - 1;
  while (code > 0 && table[code] > value) code -= 1;
  return code;
}

/** How a command ended. "busy": an alarm is open; "unknown": the pager has no such word. */
export const OUTCOMES: readonly string[] = ["done", "unknown", "refused", "failed", "busy"];

/** Why an update was refused, or failed: the detail of its result. */
export const UPDATE_FAULTS: readonly string[] = [
  "",
  "noUpdates",
  "tooLong",
  "noImage",
  "wrongHash",
  "storage",
  "notProved",
  "givenUp",
];

/** What a notice tells the wearer; "text" is only what its words say. */
export const NOTICES: readonly string[] = ["text", "charge", "weCall", "weCome", "visitToday"];

/** By what radio a cell is heard; a code behind these is a newer version's. */
export const CELL_RADIOS: readonly string[] = ["gsm", "lte", "lteM", "nbIot"];

export const BOARDS: readonly string[] = [
  "virtual",
  "rak5010",
  "espruino-linux",
  "air780eg",
  "air780egh",
];
