// Spans between two instants of a millisecond counter that may have wrapped.
// Never compares instants: only their difference means anything.

const HALF_LESS_ONE = 2147483647;

/**
 * Milliseconds from `thenMs` to `nowMs`, negative where `thenMs` lies ahead. Right for spans up
 * to 24.8 days across a wrap of the counter, and for host clocks that don't wrap.
 */
export function spanMs(nowMs: number, thenMs: number): number {
  const span = nowMs - thenMs;
  // Engines of 32-bit integers have wrapped the difference themselves and pass both lines.
  if (span > HALF_LESS_ONE) return span - HALF_LESS_ONE - HALF_LESS_ONE - 2;
  if (span < -1 - HALF_LESS_ONE) return span + HALF_LESS_ONE + HALF_LESS_ONE + 2;
  return span;
}
