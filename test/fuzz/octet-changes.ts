// Octets changed without knowing what they mean: as the air, a bad line or a blind forger would.

import { DATAGRAM_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Chance } from "../../tools/simulator/chance.ts";
import { anyOctets } from "./any-message.ts";

type Change = (chance: Chance, octets: Uint8Array, other: Uint8Array) => Uint8Array;

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function set(octets: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Uint8Array.from(octets);
  if (at < changed.length) changed[at] = value;
  return changed;
}

const CHANGES = {
  bit: (chance, octets) => {
    const at = chance.below(octets.length);
    return set(octets, at, (octets[at] ?? 0) ^ (1 << chance.below(8)));
  },
  octet: (chance, octets) => set(octets, chance.below(octets.length), chance.below(256)),
  end: (chance, octets) => {
    const extreme = [0, 1, 127, 128, 254, 255][chance.below(6)];
    return set(octets, chance.below(octets.length), extreme);
  },
  left: (chance, octets) => {
    const at = chance.below(octets.length);
    return joined(octets.subarray(0, at), octets.subarray(at + 1));
  },
  added: (chance, octets) => {
    const at = chance.below(octets.length + 1);
    const more = anyOctets(chance, chance.between(1, 4));
    return joined(octets.subarray(0, at), more, octets.subarray(at));
  },
  cut: (chance, octets) => octets.subarray(0, chance.below(octets.length)),
  doubled: (chance, octets) => {
    const from = chance.below(octets.length);
    const to = from + chance.below(octets.length - from + 1);
    return joined(octets.subarray(0, to), octets.subarray(from));
  },
  crossed: (chance, octets, other) => {
    const at = chance.below(octets.length);
    return joined(octets.subarray(0, at), other.subarray(at));
  },
  long: (chance, octets) => {
    // Around the bound, and far above it.
    const length = chance.happens(0.5) ? DATAGRAM_OCTETS_MAX + chance.between(-1, 1) : 3000;
    return joined(
      octets,
      new Uint8Array(Math.max(0, length - octets.length)).fill(chance.below(256)),
    );
  },
} satisfies Record<string, Change>;

export type ChangeName = keyof typeof CHANGES;
export const CHANGE_NAMES = Object.keys(CHANGES) as ChangeName[];

/** Few changes, so that most of what is behind them is still as it was. */
const CHANGES_MAX = 3;
const LONG = 0.02;

export function changed(
  chance: Chance,
  octets: Uint8Array,
  other: Uint8Array,
): { changes: ChangeName[]; octets: Uint8Array } {
  if (chance.happens(LONG)) {
    return { changes: ["long"], octets: CHANGES.long(chance, octets) };
  }
  const changes = Array.from(
    { length: chance.between(1, CHANGES_MAX) },
    () => CHANGE_NAMES[chance.below(CHANGE_NAMES.length - 1)],
  );
  let result = octets;
  for (const name of changes) {
    if (result.length > 0) result = CHANGES[name](chance, result, other);
  }
  return { changes, octets: Uint8Array.from(result) };
}
