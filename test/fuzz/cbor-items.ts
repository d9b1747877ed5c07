// CBOR as an attacker writes it: any item in any width, with heads that lie. The reader is ours alone.

export type Item = number | null | Uint8Array | readonly Item[] | Raw;

/** Octets that stand for an item, whatever they are. */
export interface Raw {
  readonly raw: readonly number[];
}

/** Octets of argument behind a head; the fewest where it is absent. */
export type Width = 0 | 1 | 2 | 4 | 8;

const NULL = 0xf6;
const INFO: Record<Width, number> = { 0: 0, 1: 24, 2: 25, 4: 26, 8: 27 };

function widthOf(value: bigint): Width {
  if (value < 24n) return 0;
  if (value < 0x100n) return 1;
  if (value < 0x10000n) return 2;
  return value < 0x100000000n ? 4 : 8;
}

/** A head of this major type; what doesn't fit the width is cut. */
export function head(major: number, value: number | bigint, width?: Width): number[] {
  const whole = BigInt(value);
  const octets = width ?? widthOf(whole);
  if (octets === 0) return [major * 32 + Number(whole % 24n)];
  const argument = Array.from({ length: octets }, (_, at) =>
    Number((whole >> BigInt(8 * (octets - 1 - at))) & 255n),
  );
  return [major * 32 + INFO[octets], ...argument];
}

export function integer(value: number, width?: Width): number[] {
  return value < 0 ? head(1, -1 - value, width) : head(0, value, width);
}

export function octetsOfItem(item: Item): number[] {
  if (item === null) return [NULL];
  if (typeof item === "number") return integer(item);
  if (item instanceof Uint8Array) return [...head(2, item.length), ...item];
  if ("raw" in item) return [...item.raw];
  return [...head(4, item.length), ...item.flatMap(octetsOfItem)];
}
