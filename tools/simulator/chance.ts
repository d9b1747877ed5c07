// Chance from a seed: the same seed gives the same numbers on every machine and in every run.
// Never used for keys or nonces.

export interface Chance {
  /** 0 <= x < 1. */
  next(): number;
  /** Whole number, 0 <= x < limit. */
  below(limit: number): number;
  /** Whole number, low <= x <= high. */
  between(low: number, high: number): number;
  /** True with this probability, 0..1. */
  happens(probability: number): boolean;
  /** A chance of its own under a name, so that one subject's draws never shift another's. */
  fork(name: string): Chance;
}

/** FNV-1a over the name, begun at the seed. */
function mixSeed(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}

/** `seed` is any whole number; 32 bits of it count. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;

  // Mulberry32: 32 bits of state are enough for a world of faults.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  }

  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    happens: (probability) => next() < probability,
    fork: (name) => createChance(mixSeed(seed >>> 0, name)),
  };
}
