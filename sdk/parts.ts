// The parts of a pager that a self-test tries, by the names of the API. Pure.
// A part of a newer pager is named by its bit.

/** From the lowest bit on, as protocol/fields.ts numbers them. */
export const PARTS = [
  "key",
  "light",
  "motor",
  "storage",
  "gnss",
  "sim",
  "registration",
  "roundTrip",
  "sound",
  "motion",
  "signal",
] as const;

/** Bits of a field of parts: none has more than these. */
const BITS = 16;

/** The parts whose bits are set. */
export function partsOf(bits: number): string[] {
  const parts: string[] = [];
  for (let place = 0; place < BITS; place++) {
    if (((bits >> place) & 1) === 1) parts.push(PARTS[place] ?? `part${place}`);
  }
  return parts;
}
