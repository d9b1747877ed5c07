// How two ways of doing one thing are compared on a machine that others use too.
// They take turns within each round, and the median of the rounds' ratios counts: never one time alone.

export interface Contender {
  readonly name: string;
  /** Does the thing so many times. */
  run(times: number): void | Promise<void>;
}

export interface Row {
  readonly subject: string;
  readonly name: string;
  /** Median of the rounds. */
  readonly perSecond: number;
  /** Ours against this one, by speed: above 1, ours is the quicker. 1 in our own row. */
  readonly ratio: number;
  /** What the ratio is to be at least; absent where nothing is demanded. */
  readonly wanted?: number;
}

export interface Comparison {
  readonly subject: string;
  readonly ours: Contender;
  readonly others: readonly Contender[];
  readonly wanted?: number;
  readonly rounds: number;
  /** Things done by each in a round: enough for some tens of milliseconds. */
  readonly times: number;
}

/** Rounds that are thrown away: the engine has not made its machine code yet. */
export const WARM_ROUNDS = 3;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export async function compare(comparison: Comparison): Promise<Row[]> {
  const { subject, ours, others, wanted, rounds, times } = comparison;
  const all = [ours, ...others];
  const tookMs = all.map((): number[] => []);
  for (let round = -WARM_ROUNDS; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      // Whoever goes first changes, so that nobody always pays for the other's garbage.
      const at = (turn + round + WARM_ROUNDS) % all.length;
      const startedMs = performance.now();
      await all[at].run(times);
      if (round >= 0) tookMs[at].push(performance.now() - startedMs);
    }
  }
  return all.map(({ name }, at) => ({
    subject,
    name,
    perSecond: median(tookMs[at].map((ms) => (times * 1000) / ms)),
    ratio: median(tookMs[at].map((ms, round) => ms / tookMs[0][round])),
    wanted: at === 0 ? undefined : wanted,
  }));
}
