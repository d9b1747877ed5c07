// A date and a time of day as seconds since 2020-01-01T00:00:00Z, which is what the wire counts.
// Knows no clock and no text: whoever reads digits hands numbers in.

export interface CivilTime {
  /** Since 2000. */
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Seconds since 2020-01-01T00:00:00Z; 0 for a time that cannot be meant (years 2020 to 2079). */
export function civilSeconds(time: CivilTime): number {
  const year = time.year;
  const month = time.month;
  const day = time.day;
  if (year < 20 || year > 79 || month < 1 || month > 12 || day < 1 || day > 31) return 0;
  if (time.hour < 0 || time.hour > 23 || time.minute < 0 || time.minute > 59) return 0;
  if (time.second < 0 || time.second > 60) return 0;
  const before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
  let days = (year - 20) * 365 + before[month - 1] + day - 1;
  for (let leap = 20; leap < year; leap += 4) days++;
  if (year % 4 === 0 && month > 2) days++;
  return ((days * 24 + time.hour) * 60 + time.minute) * 60 + time.second;
}
