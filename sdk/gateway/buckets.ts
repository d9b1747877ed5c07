// Token buckets: so many at once, so many a second after that. Counts; never decides what is shed.

import type { Clock } from "../clock.ts";

export interface Rate {
  perSecond: number;
  burst: number;
}

export interface Buckets {
  /** Takes one token of this name; false when there is none. */
  take(name: string): boolean;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** The oldest bucket goes when there are more: a forger may make as many names as it likes. */
const BUCKETS_MAX = 10_000;

export function makeBuckets(clock: Clock, rate: Rate): Buckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(name) {
      const nowMs = clock.nowMs();
      const bucket = buckets.get(name) ?? { tokens: rate.burst, atMs: nowMs };
      const earned = (Math.max(0, nowMs - bucket.atMs) * rate.perSecond) / 1000;
      const tokens = Math.min(rate.burst, bucket.tokens + earned);
      const taken = tokens >= 1;
      buckets.delete(name);
      buckets.set(name, { tokens: taken ? tokens - 1 : tokens, atMs: nowMs });
      if (buckets.size > BUCKETS_MAX) buckets.delete(buckets.keys().next().value as string);
      return taken;
    },
  };
}
