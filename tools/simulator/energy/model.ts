// From counted states to days: charge a day of each consumer, at both ends of the range.
// Arithmetic only: no clock, no pager.

import type { Current, Usage } from "./currents.ts";

export const CAPACITY_MAH = 1000;
const DAY_S = 86400;
const HOUR_S = 3600;

export interface Share {
  readonly of: keyof Usage;
  readonly zh: string;
  readonly en: string;
  /** A day, in mAh, by the least and the most that it may draw. */
  readonly lowMah: number;
  readonly highMah: number;
}

export interface Estimate {
  /** What costs most first. */
  readonly shares: readonly Share[];
  /** Days on a full battery at the most and at the least that may be drawn. */
  readonly daysMin: number;
  readonly daysMax: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export function estimate(usage: Usage, currents: readonly Current[]): Estimate {
  const days = usage.spanS / DAY_S;
  const shares = currents.map(({ of, zh, en, low, high }) => ({
    of,
    zh,
    en,
    lowMah: (usage[of] * low) / HOUR_S / days,
    highMah: (usage[of] * high) / HOUR_S / days,
  }));
  shares.sort((one, other) => other.lowMah + other.highMah - one.lowMah - one.highMah);
  return {
    shares,
    daysMin: CAPACITY_MAH / sum(shares.map(({ highMah }) => highMah)),
    daysMax: CAPACITY_MAH / sum(shares.map(({ lowMah }) => lowMah)),
  };
}

/** Its part of what a day costs, in the midst of the range, 0 to 1. */
export function partOf(share: Share, { shares }: Estimate): number {
  const whole = sum(shares.map(({ lowMah, highMah }) => lowMah + highMah));
  return (share.lowMah + share.highMah) / whole;
}
