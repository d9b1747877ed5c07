// Memory in use at moments of a run, and whether it grows with the number of datagrams.

import type { MemoryMark } from "./tally.ts";

/**
 * The log is on disk; in memory everything that a stranger can add to is bounded: 100,000 texts by their
 * numbers (some 15 MB), four times 10,000 buckets by source (some 5 MB), bodies in pieces. A long run
 * fills these behind its first mark; whatever grows above them grows with the number of datagrams.
 */
const GROWTH_OCTETS_MAX = 24 * 1024 * 1024;

/** Without `--expose-gc` what is in use can't be told from what is only not collected yet. */
export function memoryMark(datagrams: number): MemoryMark {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  collect?.();
  const { external, heapUsed } = process.memoryUsage();
  return { datagrams, octets: collect === undefined ? 0 : heapUsed + external };
}

/** In words, when memory has grown by more than it may. */
export function growthOf(marks: readonly MemoryMark[]): string | undefined {
  if (marks.length < 2) return undefined;
  const [first, last] = [marks[0], marks[marks.length - 1]];
  const grown = last.octets - first.octets;
  if (grown <= GROWTH_OCTETS_MAX) return undefined;
  return `${grown} octets more after ${last.datagrams} datagrams than after ${first.datagrams}`;
}
